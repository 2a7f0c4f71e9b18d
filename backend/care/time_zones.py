"""The calendar of each place. Python turns moments into days and clock times; PostgreSQL stores moments only.

PostgreSQL brings rules of its own for time zones. They may be of another year than Python's, so nothing may depend on
them; `differing_zones` compares the two, to be shown where the site's state is shown.
"""

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import connection
from tzdata import IANA_VERSION

from .hours import moment
from .models import Clinic, Patient

COMPARED_BEFORE, COMPARED_AFTER = timedelta(days=366), timedelta(days=730)
STEP = timedelta(days=7)
AHEAD = timedelta(days=400)
"""How far ahead a page is given the changes of its clocks."""

_POSTGRESQL = """
SELECT zone,
    array_agg(round(extract(epoch FROM (at AT TIME ZONE zone) - (at AT TIME ZONE 'UTC')) / 60)::int ORDER BY at)
FROM unnest(%(zones)s::text[]) AS zone, generate_series(%(first)s::timestamptz, %(last)s::timestamptz, %(step)s) AS at
GROUP BY zone
"""


class LocalDay(NamedTuple):
    """The calendar day in one time zone, and the moment in UTC at which it began there."""

    time_zone: str
    day: date
    begins_at: datetime


def local_days(*, now: datetime, from_hour: int) -> list[LocalDay]:
    """The day at `now` in each time zone of an active patient where it is `from_hour` o'clock or later. One query.

    A zone that is not known is left out, so that it holds up nobody else; `unknown_zones` names it.
    """
    names = Patient.objects.filter(status=Patient.Status.ACTIVE).values_list("time_zone", flat=True).distinct()
    days = []
    for name in sorted(names):
        zone = _zone_or_none(name)
        here = now.astimezone(zone) if zone else None
        if zone and here and here.hour >= from_hour:
            days.append(LocalDay(name, here.date(), moment(here.date(), time(0), zone)))
    return days


def local_day(at: datetime, time_zone: str) -> date:
    """The calendar day that this moment is on in this time zone."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def problems(*, now: datetime) -> list[str]:
    """What is wrong with the time zones of this site's clinics and patients, in sentences; empty when all is well."""
    used, unknown = zones_in_use(), unknown_zones()
    found = [f"time zone {name}: not known; name one of the IANA list for the clinic or patient" for name in unknown]
    differing = differing_zones([name for name in used if name not in unknown], now=now)
    return found + [
        f"time zone {name}: Python (tzdata {IANA_VERSION}, used for everything) and PostgreSQL have different rules"
        for name in differing
    ]


def is_known(name: str) -> bool:
    """Whether Python has rules for this time zone."""
    return _zone_or_none(name) is not None


def zones_in_use() -> list[str]:
    """The time zones of all clinics and patients, by name."""
    found: set[str] = set()
    for model in (Clinic, Patient):
        found.update(model.objects.values_list("time_zone", flat=True).distinct())
    return sorted(found)


def unknown_zones() -> list[str]:
    """The time zones in use that Python has no rules for."""
    return [name for name in zones_in_use() if not is_known(name)]


def differing_zones(
    names: Collection[str], *, now: datetime, zone_of: Callable[[str], ZoneInfo] = ZoneInfo
) -> list[str]:
    """The zones for which PostgreSQL and Python disagree in any week from a year ago to two years ahead."""
    first, last = now - COMPARED_BEFORE, now + COMPARED_AFTER
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_timezone_names WHERE name = ANY(%s)", [list(names)])
        known = [name for (name,) in cursor.fetchall()]
        values: dict[str, Any] = {"zones": known, "first": first, "last": last, "step": STEP}
        cursor.execute(_POSTGRESQL, values)
        theirs = dict(cursor.fetchall())
    moments = [first + step * STEP for step in range((last - first) // STEP + 1)]
    return [name for name in names if theirs.get(name) != [_minutes(at, zone_of(name)) for at in moments]]


def offsets(time_zone: str, first: datetime, last: datetime) -> list[tuple[datetime, int]]:
    """The offsets from UTC in minutes from `first` to `last`: each with the moment in UTC from which it counts."""
    zone, at = ZoneInfo(time_zone), first.astimezone(UTC)
    found = [(at, _minutes(at, zone))]
    while at < last:
        later = at + timedelta(days=1)
        if _minutes(later, zone) != found[-1][1]:
            change = _change_between(at, later, zone)
            found.append((change, _minutes(change, zone)))
        at = later
    return found


@lru_cache(maxsize=256)
def offsets_ahead(time_zone: str, day: date) -> tuple[tuple[datetime, int], ...]:
    """The offsets from the begin of this day in UTC on, for as long as a page may stand open. For it to compare."""
    first = datetime.combine(day, time(0), tzinfo=UTC)
    return tuple(offsets(time_zone, first, first + AHEAD))


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The minute at which the offset changes between two moments that have different ones."""
    old = _minutes(before, zone)
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) / 2
        before, after = (middle, after) if _minutes(middle, zone) == old else (before, middle)
    return after.replace(second=0, microsecond=0)


def _minutes(at: datetime, zone: ZoneInfo) -> int:
    offset = at.astimezone(zone).utcoffset() or timedelta()
    return round(offset / timedelta(minutes=1))


def _zone_or_none(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
