"""What an administrator does to the roster: shifts, hours, holidays and the out-of-hours line."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from backend.accounts.models import Person
from backend.protocol.moment import MOMENTS

from .hours import clock_shows, moment
from .models import Clinic, Holiday, OpeningHours, Shift
from .selectors import colleagues

LONGEST = timedelta(hours=24)
"""By the clock on the wall: a night on which clocks go back may last an hour more."""
MIDNIGHT = time()
WEEK = timedelta(days=7)
AT_A_PLACE = {
    Shift.Place.NURSE: (Person.Role.NURSE,),
    Shift.Place.SECOND_NURSE: (Person.Role.NURSE,),
    Shift.Place.ON_CALL: (Person.Role.PRESCRIBER, Person.Role.NURSE),
}
"""Which roles may have which place."""


class ShiftRefused(Exception):
    """The shift cannot be kept. `field` is where to mend it."""

    def __init__(self, code: str, field: str, why: str, mend: str) -> None:
        super().__init__(why)
        self.code, self.field, self.why, self.mend = code, field, why, mend


class Taken(Exception):
    """Somebody else has this place at this time. `shift` says who, and from when to when; None if it has just ended."""

    def __init__(self, shift: Shift | None) -> None:
        super().__init__(str(shift and shift.pk))
        self.shift = shift


class OtherClinic(Exception):
    """The shift with this id is not this clinic's."""


class NewShift(NamedTuple):
    """A shift as it is entered: times on the clinic's clock, without zone."""

    place: str
    person_id: UUID
    starts: datetime
    ends: datetime


class Copied(NamedTuple):
    """How many shifts of the week before were copied, and how many were not because the place was taken, or who had
    it left."""

    copied: int
    left_out: int


def put_shift(*, shift_id: UUID, clinic: Clinic, new: NewShift) -> Shift:
    """Keep a shift under this id, instead of the one that was there. Safe to run twice.

    Raise ShiftRefused, Taken, naming whose shift is in the way, or OtherClinic.
    """
    zone = ZoneInfo(clinic.time_zone)
    starts_at, ends_at = _moments(new, zone)
    _check_clock(new, zone)
    if Shift.objects.filter(pk=shift_id).exclude(clinic=clinic).exists():
        raise OtherClinic
    try:
        with transaction.atomic():
            values = {
                "place": new.place,
                "person": _person_for(new, clinic),
                "starts_at": starts_at,
                "ends_at": ends_at,
            }
            shift, _ = Shift.objects.update_or_create(pk=shift_id, clinic=clinic, defaults=values)
    except IntegrityError as error:
        raise Taken(_in_the_way(shift_id, clinic, new.place, starts_at, ends_at)) from error
    return shift


def remove_shift(*, shift_id: UUID, clinic: Clinic) -> bool:
    """Take a shift off this clinic's roster. Return whether it was there."""
    removed, _ = Shift.objects.filter(pk=shift_id, clinic=clinic).delete()
    return removed > 0


def copy_week(*, clinic: Clinic, monday: date) -> Copied:
    """Copy the shifts that began in the week before into the week that begins on this Monday, at the same clock times.

    A shift whose place is taken then is left out, and so is that of somebody who left. Safe to run twice.
    """
    zone = ZoneInfo(clinic.time_zone)
    first, last = moment(monday - WEEK, MIDNIGHT, zone), moment(monday, MIDNIGHT, zone)
    before = Shift.objects.filter(clinic=clinic, starts_at__gte=first, starts_at__lt=last)
    copied, left_out = 0, 0
    for shift in before.order_by("starts_at"):
        if _copy(shift, zone):
            copied += 1
        else:
            left_out += 1
    return Copied(copied, left_out)


def _copy(shift: Shift, zone: ZoneInfo) -> bool:
    starts, ends = (at.astimezone(zone).replace(tzinfo=None) + WEEK for at in (shift.starts_at, shift.ends_at))
    new = NewShift(shift.place, shift.person_id, starts, ends)
    try:
        starts_at, ends_at = _moments(new, zone)
        with transaction.atomic():
            if _locked(shift.clinic_id, shift.person_id) is None:
                return False
            Shift.objects.create(
                clinic_id=shift.clinic_id, place=shift.place, person_id=shift.person_id,
                starts_at=starts_at, ends_at=ends_at,
            )  # fmt: skip
    except (IntegrityError, ShiftRefused):
        return False
    return True


def set_hours(*, clinic: Clinic, hours: Iterable[tuple[int, time, time]]) -> None:
    """Keep these hours, by weekday, instead of all that were there. Without any the clinic is always open."""
    rows = [OpeningHours(clinic=clinic, weekday=day, opens=opens, closes=closes) for day, opens, closes in hours]
    with transaction.atomic():
        Clinic.objects.select_for_update().get(pk=clinic.pk)
        OpeningHours.objects.filter(clinic=clinic).delete()
        OpeningHours.objects.bulk_create(rows)


def put_holiday(*, clinic: Clinic, day: date, name: str) -> None:
    """The clinic does not open on this day. Safe to run twice."""
    Holiday.objects.update_or_create(clinic=clinic, day=day, defaults={"name": name})


def remove_holiday(*, clinic: Clinic, day: date) -> None:
    """The clinic opens on this day as on others of its weekday. Safe to run twice."""
    Holiday.objects.filter(clinic=clinic, day=day).delete()


def set_out_of_hours_line(*, clinic: Clinic, line: str) -> None:
    """Whom to call while the clinic is closed; empty: the care line, which is answered at all hours."""
    Clinic.objects.filter(pk=clinic.pk).update(out_of_hours_line=line)


def free_shifts(*, person: Person, now: datetime) -> None:
    """Whoever leaves has no shift from now on; a shift that runs ends now."""
    Shift.objects.filter(person=person, starts_at__gte=now).delete()
    Shift.objects.filter(person=person, ends_at__gt=now).update(ends_at=now)


def _locked(clinic_id: UUID, person_id: UUID) -> Person | None:
    """A colleague, if she works here. Whoever ends her work at this moment finds her new shift, or is seen here."""
    return colleagues(clinic_id).select_for_update(no_key=True).filter(pk=person_id).first()


def _person_for(new: NewShift, clinic: Clinic) -> Person:
    person = _locked(clinic.pk, new.person_id)
    if person is None:
        raise ShiftRefused("not_a_colleague", "person", "This person does not work at your clinic.",
                           "Choose somebody from the list.")  # fmt: skip
    if person.role not in AT_A_PLACE[Shift.Place(new.place)]:
        needed = " or ".join(AT_A_PLACE[Shift.Place(new.place)])
        raise ShiftRefused("not_in_this_role", "person", f"{person.name} is no {needed}.",
                           f"Choose a {needed} for this place.")  # fmt: skip
    return person


def _moments(new: NewShift, zone: ZoneInfo) -> tuple[datetime, datetime]:
    if new.ends <= new.starts:
        raise ShiftRefused("ends_before_it_starts", "ends", "The shift ends before it starts.",
                           "Choose a later end; a night ends on the next day.")  # fmt: skip
    if new.ends - new.starts > LONGEST:
        raise ShiftRefused("too_long", "ends", "The shift is longer than 24 hours.", "Enter one shift a day.")
    starts_at, ends_at = (moment(at.date(), at.time(), zone) for at in (new.starts, new.ends))
    if ends_at <= starts_at:
        raise ShiftRefused("no_such_time", "starts", "Clocks change in this night, so this stretch does not exist.",
                           "Choose times before or after the change.")  # fmt: skip
    if not MOMENTS[0] <= starts_at < ends_at <= MOMENTS[1]:
        raise ShiftRefused("out_of_range", "starts", "The shift lies outside the years 1900 to 2199.",
                           "Choose another day.")  # fmt: skip
    return starts_at, ends_at


def _check_clock(new: NewShift, zone: ZoneInfo) -> None:
    """Raise ShiftRefused for a time the clinic's clock never shows. A copied shift moves on by the missing hour.

    Midnight always means where the day begins, also where clocks skip it.
    """
    for field, at in (("starts", new.starts), ("ends", new.ends)):
        if at.time() != MIDNIGHT and not clock_shows(at, zone):
            raise ShiftRefused("no_such_time", field, f"Clocks go forward in this night: there is no {at:%H:%M}.",
                               "Choose a time before or after the change.")  # fmt: skip


def _in_the_way(shift_id: UUID, clinic: Clinic, place: str, starts_at: datetime, ends_at: datetime) -> Shift | None:
    there = Shift.objects.filter(clinic=clinic, place=place, starts_at__lt=ends_at, ends_at__gt=starts_at)
    return there.exclude(pk=shift_id).select_related("person").order_by("starts_at").first()
