"""Clock times of a clinic as moments, and the stretches of time between them. Pure: no database, no clock.

A time that a change of clocks skips means that much later (02:30 is 03:30 on that night); a time that comes twice means
the first time. The end of one shift and the begin of the next are therefore always the same moment.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]
Week = Mapping[int, tuple[time, time]]
"""When a clinic opens and closes by weekday, 0 for Monday. A weekday that is missing is closed."""


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which the clocks of this zone show this time on this day."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def clock_shows(at: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of this zone ever show this time, given without a zone: not in the hour that spring skips."""
    return at.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == at


def open_times(*, week: Week, holidays: Collection[date], zone: ZoneInfo, first: date, last: date) -> list[Span]:
    """When a clinic is open from the first to the last of these days, in order. A holiday's hours do not begin."""
    spans = []
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if day in holidays or day.weekday() not in week:
            continue
        opens, closes = week[day.weekday()]
        closing_day = day if closes > opens else day + timedelta(days=1)
        spans.append((moment(day, opens, zone), moment(closing_day, closes, zone)))
    return merged(spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time as stretches that neither touch nor overlap, in order. What ends before it begins is left out."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def within(spans: Iterable[Span], first: datetime, last: datetime) -> list[Span]:
    """What of these stretches lies between two moments."""
    return merged((max(start, first), min(end, last)) for start, end in spans)


def uncovered(*, needed: Iterable[Span], covered: Iterable[Span]) -> list[Span]:
    """What of the time needed nobody covers, in order."""
    left: list[Span] = []
    shifts = merged(covered)
    for start, end in merged(needed):
        for shift_start, shift_end in within(shifts, start, end):
            left.append((start, shift_start))
            start = shift_end
        left.append((start, end))
    return merged(left)
