"""Who is on duty, where the roster has a gap, and what an administrator can enter."""

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from backend.care import shifts
from backend.care.hours import merged, moment, uncovered
from backend.care.models import Shift
from backend.care.roster import gaps, on_duty
from backend.care.shifts import Copied, NewShift, OtherClinic, ShiftRefused, Taken
from backend.messaging.models import Delivery
from backend.messaging.roster_alarms import alarm_roster_gaps
from backend.messaging.selectors import reached_nobody
from backend.messaging.services import send_waiting_deliveries
from tests.conftest import CLOCK_CHANGES, NOON, TODAY, make_person
from tests.home import ZONE

NEW_YORK = ZoneInfo(ZONE)
TOMORROW = TODAY + timedelta(days=1)


def at(day: date, clock: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    return moment(day, time.fromisoformat(clock), zone)


def put(clinic, place, person, starts, ends, *, day=TODAY, shift_id=None):
    """A shift that starts on this day; one that would end before it starts ends on the day after."""
    first, last = (datetime.combine(day, time.fromisoformat(clock)) for clock in (starts, ends))
    last += timedelta(days=1) if last <= first else timedelta()
    return shifts.put_shift(
        shift_id=shift_id or uuid.uuid4(), clinic=clinic, new=NewShift(place, person.pk, first, last)
    )


def names(clinic, team, now):
    duty = on_duty(clinic_id=clinic.pk, team=team, now=now)
    return {place: person and person.given_name for place, person in duty.items()}


def named_gaps(clinic, first, last):
    return [(gap.place, gap.starts_at, gap.ends_at) for gap in gaps(clinic, first, last)]


class TestWhoIsOn:
    def test_without_a_shift_the_care_team_stands(self, riverside, team):
        assert names(riverside, team, NOON) == {"nurse": "Joan", "second_nurse": "Priya", "on_call": "Okafor"}

    def test_whoever_has_the_shift_is_on(self, riverside, team, priya):
        put(riverside, "nurse", priya, "07:00", "19:00")
        assert names(riverside, team, NOON)["nurse"] == "Priya"

    def test_a_shift_begins_with_its_first_minute_and_ends_before_its_last(self, riverside, team, priya):
        shift = put(riverside, "nurse", priya, "07:00", "19:00")
        assert names(riverside, team, shift.starts_at)["nurse"] == "Priya"
        assert names(riverside, team, shift.ends_at)["nurse"] == "Joan"

    def test_a_shift_of_another_clinic_is_nothing_here(self, riverside, hillside, team, oscar):
        put(hillside, "nurse", oscar, "07:00", "19:00")
        assert names(riverside, team, NOON)["nurse"] == "Joan"

    def test_somebody_who_left_is_on_no_duty(self, riverside, team, joan, priya):
        put(riverside, "nurse", priya, "07:00", "19:00")
        for person in (joan, priya):
            person.is_active = False
            person.save()
        team.refresh_from_db()
        assert names(riverside, team, NOON) == {"nurse": None, "second_nurse": None, "on_call": "Okafor"}


class TestShifts:
    def test_two_shifts_of_one_place_may_not_overlap_and_it_says_whose_is_there(self, riverside, joan, priya):
        put(riverside, "nurse", joan, "07:00", "15:00")
        with pytest.raises(Taken) as refused:
            put(riverside, "nurse", priya, "14:00", "22:00")
        assert refused.value.shift is not None
        assert refused.value.shift.person == joan

    def test_the_database_itself_refuses_two_at_one_place(self, riverside, joan, priya):
        shift = put(riverside, "nurse", joan, "07:00", "15:00")
        with pytest.raises(IntegrityError), transaction.atomic():
            Shift.objects.create(
                clinic=riverside, place="nurse", person=priya, starts_at=shift.starts_at, ends_at=shift.ends_at
            )

    def test_one_shift_may_begin_when_the_other_ends(self, riverside, joan, priya):
        put(riverside, "nurse", joan, "07:00", "15:00")
        put(riverside, "nurse", priya, "15:00", "22:00")
        assert Shift.objects.count() == 2

    def test_another_clinic_has_its_own_nurse_at_that_time(self, riverside, hillside, joan, oscar):
        put(riverside, "nurse", joan, "07:00", "15:00")
        put(hillside, "nurse", oscar, "07:00", "15:00")
        assert Shift.objects.count() == 2

    def test_the_same_shift_sent_again_is_one_shift(self, riverside, joan):
        shift = put(riverside, "nurse", joan, "07:00", "15:00")
        put(riverside, "nurse", joan, "07:00", "15:00", shift_id=shift.pk)
        assert Shift.objects.count() == 1

    def test_a_shift_of_another_clinic_cannot_be_changed_by_its_id(self, riverside, hillside, joan, oscar):
        shift = put(riverside, "nurse", joan, "07:00", "15:00")
        with pytest.raises(OtherClinic):
            put(hillside, "nurse", oscar, "07:00", "15:00", shift_id=shift.pk)

    def test_oscar_cannot_be_on_at_riverside(self, riverside, oscar):
        with pytest.raises(ShiftRefused) as refused:
            put(riverside, "nurse", oscar, "07:00", "15:00")
        assert refused.value.code == "not_a_colleague"

    def test_an_administrator_is_not_on_call(self, riverside, ada):
        with pytest.raises(ShiftRefused) as refused:
            put(riverside, "on_call", ada, "07:00", "15:00")
        assert refused.value.code == "not_in_this_role"

    @pytest.mark.parametrize(
        ("hours", "code"), [(0, "ends_before_it_starts"), (-1, "ends_before_it_starts"), (24.5, "too_long")]
    )
    def test_a_shift_ends_after_it_starts_and_within_a_day(self, riverside, joan, hours, code):
        starts = datetime.combine(TODAY, time(7))
        new = NewShift("nurse", joan.pk, starts, starts + timedelta(hours=hours))
        with pytest.raises(ShiftRefused) as refused:
            shifts.put_shift(shift_id=uuid.uuid4(), clinic=riverside, new=new)
        assert refused.value.code == code

    def test_a_stretch_that_a_change_of_clocks_skips_is_refused(self, riverside, joan):
        with pytest.raises(ShiftRefused) as refused:
            put(riverside, "nurse", joan, "02:30", "03:00", day=date(2026, 3, 8))
        assert refused.value.code == "no_such_time"

    @pytest.mark.parametrize(("zone", "day"), CLOCK_CHANGES)
    def test_a_night_shift_keeps_its_clock_times_when_clocks_change(self, riverside, joan, zone, day):
        riverside.time_zone = zone
        shift = put(riverside, "nurse", joan, "19:00", "07:00", day=day - timedelta(days=1))
        there = [end.astimezone(ZoneInfo(zone)) for end in (shift.starts_at, shift.ends_at)]
        assert [f"{end:%H:%M}" for end in there] == ["19:00", "07:00"]
        assert there[1].date() == day

    @pytest.mark.parametrize(("zone", "day"), CLOCK_CHANGES)
    def test_a_whole_day_on_which_clocks_change_is_one_shift(self, riverside, joan, zone, day):
        riverside.time_zone = zone
        put(riverside, "on_call", make_person("noor@example.org", "prescriber", riverside), "00:00", "00:00", day=day)
        assert Shift.objects.count() == 1


class TestCopyingAWeek:
    MONDAY = date(2026, 5, 11)

    def test_a_week_is_copied_at_the_same_clock_times(self, riverside, joan):
        put(riverside, "nurse", joan, "19:00", "07:00")
        assert shifts.copy_week(clinic=riverside, monday=self.MONDAY + shifts.WEEK) == Copied(1, 0)
        assert Shift.objects.latest("starts_at").starts_at == at(TODAY + shifts.WEEK, "19:00")

    def test_copied_twice_it_is_there_once(self, riverside, joan):
        put(riverside, "nurse", joan, "19:00", "07:00")
        shifts.copy_week(clinic=riverside, monday=self.MONDAY + shifts.WEEK)
        assert shifts.copy_week(clinic=riverside, monday=self.MONDAY + shifts.WEEK) == Copied(0, 1)

    def test_what_is_there_already_stays(self, riverside, joan, priya):
        put(riverside, "nurse", joan, "07:00", "15:00")
        put(riverside, "nurse", priya, "07:00", "15:00", day=TODAY + shifts.WEEK)
        shifts.copy_week(clinic=riverside, monday=self.MONDAY + shifts.WEEK)
        assert Shift.objects.latest("starts_at").person == priya

    def test_whoever_has_left_is_not_copied(self, riverside, joan):
        put(riverside, "nurse", joan, "07:00", "15:00")
        joan.is_active = False
        joan.save()
        assert shifts.copy_week(clinic=riverside, monday=self.MONDAY + shifts.WEEK) == Copied(0, 1)

    def test_over_a_change_of_clocks_the_clock_times_stay(self, riverside, joan):
        put(riverside, "nurse", joan, "19:00", "07:00", day=date(2026, 3, 4))
        shifts.copy_week(clinic=riverside, monday=date(2026, 3, 9))
        assert f"{Shift.objects.latest('starts_at').starts_at.astimezone(NEW_YORK):%d %H:%M}" == "11 19:00"


class TestGaps:
    def test_time_between_two_shifts_is_uncovered(self):
        one, two, three, four = (NOON + timedelta(hours=hour) for hour in range(4))
        assert uncovered(needed=[(one, four)], covered=[(one, two), (three, four)]) == [(two, three)]

    def test_shifts_that_touch_or_overlap_leave_none(self):
        one, two, three, four = (NOON + timedelta(hours=hour) for hour in range(4))
        assert uncovered(needed=[(one, four)], covered=[(one, three), (two, three), (three, four)]) == []

    def test_what_lies_before_and_after_is_uncovered(self):
        one, two, three, four = (NOON + timedelta(hours=hour) for hour in range(4))
        assert uncovered(needed=[(one, four)], covered=[(two, three)]) == [(one, two), (three, four)]

    def test_stretches_that_end_before_they_begin_are_none(self):
        assert merged([(NOON, NOON), (NOON, NOON - timedelta(hours=1))]) == []

    def test_a_clinic_without_shifts_keeps_no_roster_and_has_no_gap(self, riverside):
        assert gaps(riverside, NOON, NOON + timedelta(days=7)) == []

    def test_a_night_without_anybody_on_call_is_a_gap(self, riverside, dr_okafor):
        shifts.set_hours(clinic=riverside, hours=[(TODAY.weekday() - 1, time(8), time(9))])
        put(riverside, "on_call", dr_okafor, "07:00", "19:00")
        put(riverside, "on_call", dr_okafor, "07:00", "19:00", day=TOMORROW)
        found = named_gaps(riverside, at(TODAY, "12:00"), at(TOMORROW, "19:00"))
        assert found == [("on_call", at(TODAY, "19:00"), at(TOMORROW, "07:00"))]

    def test_nurses_are_needed_in_opening_hours_only(self, riverside, joan, priya, dr_okafor):
        shifts.set_hours(clinic=riverside, hours=[(TODAY.weekday(), time(8), time(17))])
        put(riverside, "on_call", dr_okafor, "07:00", "07:00")
        put(riverside, "nurse", joan, "08:00", "17:00")
        put(riverside, "second_nurse", priya, "08:00", "12:00")
        found = named_gaps(riverside, at(TODAY, "07:00"), at(TOMORROW, "07:00"))
        assert found == [("second_nurse", at(TODAY, "12:00"), at(TODAY, "17:00"))]

    def test_on_a_holiday_no_nurse_is_needed(self, riverside, dr_okafor):
        shifts.set_hours(clinic=riverside, hours=[(TODAY.weekday(), time(8), time(17))])
        shifts.put_holiday(clinic=riverside, day=TODAY, name="Ascension")
        put(riverside, "on_call", dr_okafor, "00:00", "00:00")
        assert named_gaps(riverside, at(TODAY, "00:00"), at(TOMORROW, "00:00")) == []

    def test_the_shift_of_somebody_who_left_covers_nothing(self, riverside, dr_okafor):
        put(riverside, "on_call", dr_okafor, "00:00", "00:00")
        dr_okafor.is_active = False
        dr_okafor.save()
        assert ("on_call", at(TODAY, "00:00"), at(TOMORROW, "00:00")) in named_gaps(
            riverside, at(TODAY, "00:00"), at(TOMORROW, "00:00")
        )

    def test_before_its_first_shift_a_roster_has_no_gap(self, riverside, dr_okafor):
        put(riverside, "on_call", dr_okafor, "07:00", "19:00", day=TOMORROW)
        assert {gap.starts_at for gap in gaps(riverside, NOON, at(TOMORROW, "19:00"))} == {at(TOMORROW, "07:00")}

    def test_a_roster_that_ran_out_is_a_gap_for_two_weeks_and_then_no_longer_kept(self, riverside, dr_okafor):
        end = put(riverside, "on_call", dr_okafor, "07:00", "19:00").ends_at
        assert gaps(riverside, end + timedelta(days=13), end + timedelta(days=15))
        assert gaps(riverside, end + timedelta(days=14), end + timedelta(days=16)) == []


class TestAlarms:
    @pytest.fixture
    def night_without_anybody(self, riverside, ada, dr_okafor):
        """Nobody is on call from 19:00 today to 07:00 tomorrow. Nurses are not needed: it is closed."""
        shifts.set_hours(clinic=riverside, hours=[((TODAY.weekday() + 3) % 7, time(8), time(9))])
        put(riverside, "on_call", dr_okafor, "07:00", "19:00")
        for ahead in range(1, 4):
            put(riverside, "on_call", dr_okafor, "07:00", "07:00", day=TODAY + timedelta(days=ahead))
        return riverside

    def test_a_gap_that_begins_within_a_day_is_told_to_the_administrator(self, night_without_anybody, ada, mailoutbox):
        alarm_roster_gaps(now=at(TODAY, "12:00"))
        send_waiting_deliveries(now=at(TODAY, "12:00"))
        assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]

    def test_it_is_told_once_however_often_the_tick_runs(self, night_without_anybody):
        for hours in range(30):
            alarm_roster_gaps(now=at(TODAY, "07:00") + timedelta(hours=hours))
        assert Delivery.objects.filter(template="roster_gap").count() == 1

    def test_a_gap_further_ahead_waits_for_its_day(self, night_without_anybody):
        assert alarm_roster_gaps(now=at(TODAY, "19:00") - timedelta(hours=24, seconds=1)) == 0

    def test_a_gap_that_has_been_filled_is_not_told(self, night_without_anybody, dr_okafor):
        put(night_without_anybody, "on_call", dr_okafor, "19:00", "07:00")
        assert alarm_roster_gaps(now=at(TODAY, "12:00")) == 0

    def test_a_clinic_without_a_roster_is_left_alone(self, hillside, riverside):
        assert alarm_roster_gaps(now=NOON) == 0

    def test_an_alarm_that_reaches_nobody_stays_visible(self, night_without_anybody, ada, joan):
        ada.is_active = False
        ada.save()
        alarm_roster_gaps(now=at(TODAY, "12:00"))
        send_waiting_deliveries(now=at(TODAY, "12:00"))
        assert reached_nobody(clinic_id=night_without_anybody.pk, now=at(TODAY, "12:30")) == 1

    def test_a_delivery_is_about_a_patient_or_a_clinic_never_neither(self, riverside):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(
                key="neither", recipient="administrators", template="roster_gap", created_at=NOON, next_attempt_at=NOON
            )
