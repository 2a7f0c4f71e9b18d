"""Who is on duty, whether the clinic is open, and where the roster has a gap: read for a moment that is passed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min, QuerySet

from backend.accounts.models import Person

from .hours import Span, Week, open_times, uncovered, within
from .models import CareTeam, Clinic, Holiday, OpeningHours, Shift

Place = Shift.Place
PLACES = (Place.NURSE.value, Place.SECOND_NURSE.value, Place.ON_CALL.value)
"""In the order of escalation."""
LOOKS_AHEAD = timedelta(days=60)
LINES_KNOWN_FOR = timedelta(days=14)
FORGOTTEN_AFTER = timedelta(days=14)
"""A roster whose last shift ended longer ago than this is no longer kept: it has no gaps, and the care team stands."""
_Somebody = TypeVar("_Somebody")


class Hours(NamedTuple):
    """Whether a clinic is open, and when that changes; None where it does not within the next two months."""

    open: bool
    opens_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time in which nobody on the roster has a place that somebody has to have."""

    place: str
    starts_at: datetime
    ends_at: datetime


def shifts_at(clinic_id: UUID, now: datetime) -> QuerySet[Shift]:
    """The shifts that run at `now`, at most one a place. The shift of somebody who left is none."""
    running = Shift.objects.filter(clinic_id=clinic_id, starts_at__lte=now, ends_at__gt=now)
    return running.filter(person__is_active=True)


def on_duty(*, clinic_id: UUID, team: CareTeam | None, now: datetime) -> dict[str, Person | None]:
    """Who has each place now: whoever's shift it is; without a shift the care team's own person, unless they left."""
    shifts = {shift.place: shift.person for shift in shifts_at(clinic_id, now).select_related("person")}
    standing = standing_people(team)
    return {place: shifts.get(place) or standing[place] for place in PLACES}


def standing_people(team: CareTeam | None) -> dict[str, Person | None]:
    """Whom a care team names for each place, without those who left."""
    named = {place: getattr(team, place) if team else None for place in PLACES}
    return {place: person if person and person.is_active else None for place, person in named.items()}


def in_turn(place: str, duty: Mapping[str, _Somebody | None]) -> _Somebody | None:
    """Whose turn it is at this place: its own person, else the next one's in the order of escalation, else the first's.

    None when nobody has any place.
    """
    start = PLACES.index(place)
    people = [duty[one] for one in PLACES[start:] + PLACES[:start]]
    return next((person for person in people if person is not None), None)


def hours_now(clinic: Clinic, now: datetime) -> Hours:
    """Whether the clinic is open at `now`. One that entered no hours counts as always open."""
    week = week_of(clinic)
    if not week:
        return Hours(True, None, None)
    spans = _open_spans(clinic, week, now, now + LOOKS_AHEAD)
    running = next((span for span in spans if span[0] <= now < span[1]), None)
    if running is not None:
        return Hours(True, None, None if running is spans[-1] else running[1])
    return Hours(False, next((start for start, _ in spans if start > now), None), None)


def line_to_call(clinic: Clinic, *, is_open: bool) -> str:
    """The telephone number that is answered: the care line, or another one out of hours."""
    return clinic.care_line if is_open else clinic.out_of_hours_line or clinic.care_line


def line_now(clinic: Clinic, now: datetime) -> str:
    """The telephone number that is answered at `now`: the one that every screen and every message gives."""
    return line_to_call(clinic, is_open=hours_now(clinic, now).open)


def lines_ahead(clinic: Clinic, now: datetime) -> list[tuple[datetime, str]]:
    """Which number is answered from when, from `now` on for two weeks: for a phone without signal."""
    until = now + LINES_KNOWN_FOR
    week = week_of(clinic)
    spans = within(_open_spans(clinic, week, now, until), now, until) if week else []
    moments = sorted({now, *(moment for span in spans for moment in span if moment < until)})
    lines = [(at, line_to_call(clinic, is_open=not week or any(a <= at < b for a, b in spans))) for at in moments]
    return [one for place, one in enumerate(lines) if place == 0 or one[1] != lines[place - 1][1]]


def gaps(clinic: Clinic, first: datetime, last: datetime) -> list[Gap]:
    """Where nobody is on the roster between two moments, by time; none for a clinic that keeps no roster.

    Nurse and second nurse are needed in opening hours, on-call always. A roster begins with its first shift.
    """
    shifts = Shift.objects.filter(clinic=clinic)
    begins = shifts.aggregate(begins=Min("starts_at"))["begins"]
    if begins is None or not shifts.filter(ends_at__gt=first - FORGOTTEN_AFTER).exists():
        return []
    first = max(first, begins)
    covered: dict[str, list[Span]] = {place: [] for place in PLACES}
    running = shifts.filter(ends_at__gt=first, starts_at__lt=last, person__is_active=True)
    for place, start, end in running.values_list("place", "starts_at", "ends_at"):
        covered[place].append((start, end))
    open_spans = _needed_in_hours(clinic, first, last)
    needed: dict[str, list[Span]] = dict.fromkeys(PLACES, open_spans) | {Place.ON_CALL: [(first, last)]}
    found = [Gap(place, *span) for place in PLACES for span in uncovered(needed=needed[place], covered=covered[place])]
    return sorted(found, key=lambda gap: gap.starts_at)


def _needed_in_hours(clinic: Clinic, first: datetime, last: datetime) -> list[Span]:
    week = week_of(clinic)
    if not week:
        return [(first, last)]
    return within(_open_spans(clinic, week, first, last), first, last)


def week_of(clinic: Clinic) -> Week:
    """The clinic's hours by weekday; empty if it entered none."""
    rows = OpeningHours.objects.filter(clinic=clinic).values_list("weekday", "opens", "closes")
    return {weekday: (opens, closes) for weekday, opens, closes in rows}


def _open_spans(clinic: Clinic, week: Week, first: datetime, last: datetime) -> list[Span]:
    """The open times of the days that touch this stretch, from the day before: its hours may pass midnight."""
    zone = ZoneInfo(clinic.time_zone)
    day, last_day = first.astimezone(zone).date() - timedelta(days=1), last.astimezone(zone).date()
    holidays = set(Holiday.objects.filter(clinic=clinic, day__range=(day, last_day)).values_list("day", flat=True))
    return open_times(week=week, holidays=holidays, zone=zone, first=day, last=last_day)
