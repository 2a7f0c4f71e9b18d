"""Riverside's hours, holidays and shifts around today, made through the services. One night ahead is a gap."""

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.accounts.models import Person
from backend.care import shifts
from backend.care.models import Clinic, Shift

DAY, NIGHT = time(7), time(19)
BEFORE, AHEAD = 7, 14
GAP_AHEAD = 3
"""On the evening so many days from now Dr. Okafor's shift ends, and nobody is on call until the morning."""
PRIYA_FIRST = (2, 4)
"""On Wednesdays and Fridays Priya is the nurse and Joan the second; today it is Joan whatever the day."""
HOLIDAYS = ((1, 1, "New Year's Day"), (7, 4, "Independence Day"), (12, 25, "Christmas Day"))
Place = Shift.Place


def keep_roster(*, clinic: Clinic, now: datetime) -> None:
    """Enter what Ada would have entered: hours, an out-of-hours line, the next two holidays, and three weeks of
    shifts."""
    today = now.astimezone(ZoneInfo(clinic.time_zone)).date()
    shifts.set_hours(clinic=clinic, hours=[(weekday, time(8), time(17)) for weekday in range(5)])
    shifts.set_out_of_hours_line(clinic=clinic, line="555 0143")
    for day, name in _next_holidays(today):
        shifts.put_holiday(clinic=clinic, day=day, name=name)
    people = {person.given_name: person for person in clinic.staff.all()}
    for ahead in range(-BEFORE, AHEAD):
        _one_day(clinic, people, today + timedelta(days=ahead), ahead)


def _next_holidays(today: date) -> list[tuple[date, str]]:
    coming = [(date(year, month, day), name) for year in (today.year, today.year + 1) for month, day, name in HOLIDAYS]
    return [one for one in coming if one[0] > today][:2]


def _one_day(clinic: Clinic, people: dict[str, Person], day: date, ahead: int) -> None:
    first, second = people["Joan"], people["Priya"]
    if ahead and day.weekday() in PRIYA_FIRST:
        first, second = second, first
    dusk, dawn = datetime.combine(day, NIGHT), datetime.combine(day + timedelta(days=1), DAY)
    rows = [
        (Place.NURSE, first, dusk),
        (Place.SECOND_NURSE, second, dusk),
        (Place.ON_CALL, people["Dr. Okafor"], dusk if ahead == GAP_AHEAD else dawn),
    ]
    for place, person, ends in rows:
        new = shifts.NewShift(place, person.pk, datetime.combine(day, DAY), ends)
        shifts.put_shift(shift_id=uuid.uuid4(), clinic=clinic, new=new)
