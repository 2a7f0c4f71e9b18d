"""When the readings of a log were taken: moments with an offset, within a day of the day of their log."""

from datetime import date, timedelta
from typing import Any

from rest_framework import serializers as s

from .errors import Problem
from .inputs import Moment

SLACK = timedelta(days=1)
"""A log begun in the evening may be measured after midnight, and a plane may land on another date."""
OTHER_DAY = "A reading was taken on another day than the day of this log."
MEND = "Send it with the log of its own day, or without its time."


def checked_times(facts: Any, *, day: date, from_our_page: bool) -> Any:
    """Return the facts with every `taken_at` checked, by the date on the clock that showed it.

    Raise a problem for what is no moment, and for a reading of another day. From our own page such a reading is kept
    without its time: the patient was asked for the day, so the phone's clock is wrong or the log was moved, and a
    phone with an older page has no other way on.
    """
    readings = facts.get("blood_pressure") if isinstance(facts, dict) else None
    if not isinstance(readings, list):
        return facts
    return {**facts, "blood_pressure": [_checked(reading, day, from_our_page) for reading in readings]}


def _checked(reading: Any, day: date, from_our_page: bool) -> Any:
    if not isinstance(reading, dict) or reading.get("taken_at") is None:
        return reading
    try:
        taken_at = Moment().run_validation(reading["taken_at"])
    except s.ValidationError as refused:
        reason = str(refused.detail[0])  # type: ignore[index]
        raise _problem("invalid_facts", "This log is not right yet.", reason, reason) from None
    if abs(taken_at.date() - day) <= SLACK:
        return reading
    if not from_our_page:
        raise _problem("reading_of_another_day", f"{OTHER_DAY} {MEND}", OTHER_DAY, MEND)
    return {name: value for name, value in reading.items() if name != "taken_at"}


def _problem(code: str, detail: str, reason: str, mend: str) -> Problem:
    return Problem(422, code, f"{detail} Nothing was kept.", [("blood_pressure", reason, mend)])
