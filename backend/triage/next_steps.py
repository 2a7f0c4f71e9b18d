"""What comes next after a contact: a coded sentence that exists in every language, or the nurse's own words.

A day alone, or a day with an hour on the clinic's clock, says when. No sentence starts, stops, holds or changes a dose.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.care.hours import clock_shows, moment
from backend.protocol import texts

from .models import NEEDS_DAY
from .models import NextStep as Code

LATEST_SENDING = timedelta(hours=1)
"""How long after its hour a next step may still be recorded: a contact that is sent again arrives late."""


class NextStepRefused(Exception):
    """The next step cannot be kept as it was sent. Says at which field, why, and what to do."""

    def __init__(self, field: str, why: str, mend: str) -> None:
        super().__init__(f"{why} {mend}")
        self.field, self.why, self.mend = field, why, mend


@dataclass(frozen=True, slots=True)
class NextStep:
    """A next step with its day, by the clinic's calendar, and its hour as a moment. All of it may be missing."""

    code: str = ""
    words: str = ""
    on: date | None = None
    at: datetime | None = None


def in_words(code: str, language: str = "en") -> str:
    """The sentence of a coded next step, without its day: "We call you again."."""
    return str(texts.of(language)["next_steps"][code]["step"])


def answers_a_finding(*, code: str, words: str) -> bool:
    """Whether it is something that happens: "Nothing more, log as before" leaves what was heard unanswered."""
    return bool(words.strip()) if not code else code != Code.LOG_AS_BEFORE


def agreed(
    *, code: str, words: str, on: date | None, hour: time | None, time_zone: str, now: datetime
) -> NextStep:  # fmt: skip
    """Return the next step with English words, and its hour as a moment. Raise NextStepRefused.

    `on` and `hour` are by the clock of the clinic in `time_zone`.
    """
    words = words.strip()
    if code and words:
        raise NextStepRefused("next_step", "A coded next step has its own words.", "Send a code or words, not both.")
    if code in NEEDS_DAY and on is None:
        raise NextStepRefused("next_on", "This next step needs a day.", "Pick the day on which it happens.")
    if hour is not None and on is None:
        raise NextStepRefused("next_on", "An hour needs its day.", "Pick the day, or clear the hour.")
    at = _moment(on, hour, ZoneInfo(time_zone), now) if on and hour is not None else None
    return NextStep(code, in_words(code) if code else words, on, at)


def _moment(on: date, hour: time, zone: ZoneInfo, now: datetime) -> datetime:
    if not clock_shows(datetime.combine(on, hour), zone):
        raise NextStepRefused("next_time", "Clocks change on that day and skip this hour.", "Pick another hour.")
    at = moment(on, hour, zone)
    if at < now - LATEST_SENDING:
        raise NextStepRefused("next_time", "This hour has passed.", "Pick one that is still to come.")
    return at
