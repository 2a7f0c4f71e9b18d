"""When a clinic is open, and what a clock time means on the nights on which clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.care import shifts
from backend.care.hours import moment, open_times
from backend.care.roster import hours_now, line_to_call, lines_ahead
from tests.conftest import CLOCK_CHANGES
from tests.home import ZONE

NEW_YORK = ZoneInfo(ZONE)
WEEKDAYS = range(5)


def at(day: date, clock: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    return moment(day, time.fromisoformat(clock), zone)


@pytest.fixture
def open_on_weekdays(riverside):
    """Riverside is open Monday to Friday from 8 to 17."""
    shifts.set_hours(clinic=riverside, hours=[(day, time(8), time(17)) for day in WEEKDAYS])
    return riverside


THURSDAY, FRIDAY, SATURDAY, MONDAY = date(2026, 5, 14), date(2026, 5, 15), date(2026, 5, 16), date(2026, 5, 18)


def test_a_clinic_that_entered_no_hours_is_always_open(riverside):
    assert hours_now(riverside, at(SATURDAY, "03:00")) == (True, None, None)


def test_on_thursday_at_noon_it_is_open_until_five(open_on_weekdays):
    assert hours_now(open_on_weekdays, at(THURSDAY, "12:00")) == (True, None, at(THURSDAY, "17:00"))


def test_it_opens_at_eight_and_not_a_second_before(open_on_weekdays):
    eight = at(THURSDAY, "08:00")
    assert hours_now(open_on_weekdays, eight).open
    assert hours_now(open_on_weekdays, eight - timedelta(seconds=1)) == (False, eight, None)


def test_at_five_it_is_closed(open_on_weekdays):
    assert not hours_now(open_on_weekdays, at(THURSDAY, "17:00")).open


def test_on_friday_evening_it_opens_next_on_monday(open_on_weekdays):
    assert hours_now(open_on_weekdays, at(FRIDAY, "18:00")).opens_at == at(MONDAY, "08:00")


def test_a_holiday_is_closed_and_the_day_after_opens(open_on_weekdays):
    shifts.put_holiday(clinic=open_on_weekdays, day=THURSDAY, name="Ascension")
    assert hours_now(open_on_weekdays, at(THURSDAY, "12:00")) == (False, at(FRIDAY, "08:00"), None)


def test_hours_that_pass_midnight_end_on_the_next_day(riverside):
    shifts.set_hours(clinic=riverside, hours=[(3, time(18), time(2))])
    assert hours_now(riverside, at(FRIDAY, "01:00")) == (True, None, at(FRIDAY, "02:00"))


def test_a_holiday_does_not_cut_the_night_before_it(riverside):
    shifts.set_hours(clinic=riverside, hours=[(3, time(18), time(2))])
    shifts.put_holiday(clinic=riverside, day=FRIDAY, name="Bridge day")
    assert hours_now(riverside, at(FRIDAY, "01:00")).open


def test_hours_from_midnight_to_midnight_on_every_day_never_close(riverside):
    shifts.set_hours(clinic=riverside, hours=[(day, time(0), time(0)) for day in range(7)])
    assert hours_now(riverside, at(THURSDAY, "23:59")) == (True, None, None)


def test_a_clinic_in_tokyo_opens_by_its_own_clock(riverside):
    riverside.time_zone = "Asia/Tokyo"
    shifts.set_hours(clinic=riverside, hours=[(day, time(8), time(17)) for day in WEEKDAYS])
    assert hours_now(riverside, datetime(2026, 5, 13, 23, 30, tzinfo=UTC)).open  # Thursday 08:30 in Tokyo
    assert not hours_now(riverside, datetime(2026, 5, 14, 8, 30, tzinfo=UTC)).open  # Thursday 17:30 in Tokyo


def test_while_it_is_closed_the_out_of_hours_line_is_called(open_on_weekdays):
    open_on_weekdays.out_of_hours_line = "555 0143"
    assert line_to_call(open_on_weekdays, is_open=False) == "555 0143"
    assert line_to_call(open_on_weekdays, is_open=True) == "555 0142"


def test_a_phone_without_signal_knows_which_line_is_answered_from_when(open_on_weekdays):
    open_on_weekdays.out_of_hours_line = "555 0143"
    monday = FRIDAY + timedelta(days=3)
    assert lines_ahead(open_on_weekdays, at(FRIDAY, "12:00"))[:4] == [
        (at(FRIDAY, "12:00"), "555 0142"),
        (at(FRIDAY, "17:00"), "555 0143"),
        (at(monday, "08:00"), "555 0142"),
        (at(monday, "17:00"), "555 0143"),
    ]
    assert lines_ahead(open_on_weekdays, at(FRIDAY, "22:00"))[0] == (at(FRIDAY, "22:00"), "555 0143")


def test_a_clinic_with_one_line_has_one_line_ahead(open_on_weekdays):
    assert lines_ahead(open_on_weekdays, at(FRIDAY, "12:00")) == [(at(FRIDAY, "12:00"), "555 0142")]


def test_without_an_out_of_hours_line_it_is_the_care_line(open_on_weekdays):
    assert line_to_call(open_on_weekdays, is_open=False) == "555 0142"


@pytest.mark.parametrize(("zone", "day"), CLOCK_CHANGES)
def test_hours_keep_their_clock_times_on_the_day_clocks_change(zone, day):
    week = {weekday: (time(8), time(17)) for weekday in range(7)}
    (found,) = open_times(week=week, holidays=(), zone=ZoneInfo(zone), first=day, last=day)
    assert [f"{end.astimezone(ZoneInfo(zone)):%H:%M}" for end in found] == ["08:00", "17:00"]


def test_a_clock_time_that_is_skipped_means_that_much_later():
    skipped = at(date(2026, 3, 8), "02:30")
    assert f"{skipped.astimezone(NEW_YORK):%H:%M}" == "03:30"


def test_a_clock_time_that_comes_twice_means_the_first():
    assert at(date(2026, 11, 1), "01:30") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # still summer time


def test_on_lord_howe_half_an_hour_is_skipped():
    zone = ZoneInfo("Australia/Lord_Howe")
    assert f"{at(date(2026, 10, 4), '02:15', zone).astimezone(zone):%H:%M}" == "02:45"
