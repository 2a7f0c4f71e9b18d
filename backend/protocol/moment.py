"""Whether a text is an ISO date and time. Written out by hand so that both twins agree on every character."""

import re
from datetime import UTC, datetime

FIRST_YEAR, LAST_YEAR = 1900, 2199
MOMENTS = (datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))
"""The first and the last moment that is taken from anybody, or kept in the database."""
_FORM = re.compile(
    r"(19[0-9]{2}|2[01][0-9]{2})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"(?:Z|[+-]([0-9]{2}):([0-9]{2}))?"
)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_moment(text: str) -> bool:
    """True for "2026-05-14T08:12:00Z" and the like, of the years 1900 to 2199, with or without an offset.

    The API asks for more of a moment that is sent now; this also reads what was kept before it did.
    """
    found = _FORM.fullmatch(text)
    if not found:
        return False
    year, month, day, hour, minute, second, off_hour, off_minute = (int(part or 0) for part in found.groups())
    if not 1 <= month <= 12 or max(hour, off_hour) > 23 or max(minute, second, off_minute) > 59:
        return False
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _LENGTHS[month - 1] + leap
