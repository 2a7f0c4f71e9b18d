"""A missing day is not a good day: reminders on the patient's own calendar, then the nurse."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.care.deciding import Decision
from backend.care.models import Treatment
from backend.care.treatment import decide
from backend.messaging.models import Delivery
from backend.triage import consents, recording
from backend.triage.missed_logs import find_missed_logs
from backend.triage.models import Alert
from tests.conftest import CLOCK_CHANGES, NOON, TODAY, make_patient, stools

DAY = timedelta(days=1)


def reminders(patient):
    return list(
        Delivery.objects.filter(patient=patient, alert=None).order_by("created_at").values_list("template", flat=True)
    )


def test_after_one_day_a_reminder_after_two_another_after_three_the_nurse(maria, log):
    log(maria, stools(1), day=TODAY)
    for days in range(1, 5):
        find_missed_logs(now=NOON + days * DAY)
    assert reminders(maria) == ["log_missing", "log_missing_again"]
    alert = Alert.objects.get()
    assert (alert.symptom, alert.urgency, alert.reason) == ("no_log", "contact_24h", "No log for 3 days.")


def test_today_without_a_log_is_not_missed_yet(maria, log):
    log(maria, stools(1), day=TODAY - DAY)
    find_missed_logs(now=NOON)
    assert reminders(maria) == []


def test_a_patient_who_never_logged_is_missed_from_the_first_day_of_treatment(team):
    chen = make_patient("chen@example.org", team, started_on=TODAY - DAY)
    find_missed_logs(now=NOON)
    assert reminders(chen) == ["log_missing"]


def test_the_hourly_tick_reminds_once_a_day_however_often_it_runs(maria, log):
    log(maria, stools(1), day=TODAY - 2 * DAY)
    for hour in range(10):
        find_missed_logs(now=NOON + timedelta(hours=hour))
    assert reminders(maria) == ["log_missing"]


def test_nobody_is_woken_at_night(maria, log):
    log(maria, stools(1), day=TODAY - 2 * DAY)
    find_missed_logs(now=datetime(2026, 5, 14, 8, 59, tzinfo=ZoneInfo("America/New_York")))
    assert reminders(maria) == []


def test_between_two_treatments_no_log_is_due_until_the_next_one_has_begun(maria, log):
    log(maria, stools(1), day=TODAY - 13 * DAY)
    maria.treatments.update(ended_on=TODAY - 13 * DAY)
    Treatment.objects.create(patient=maria, drug="regorafenib", dose="160 mg once a day", started_on=TODAY + 2 * DAY)
    for days in range(4):
        find_missed_logs(now=NOON + days * DAY)
        assert reminders(maria) == ([] if days < 3 else ["log_missing"]), f"in {days} days"
    assert not Alert.objects.exists()


def test_a_switch_of_drug_ends_no_silence(maria, joan, dr_okafor, log):
    log(maria, stools(1), day=TODAY - 4 * DAY)
    switch = Decision(
        kind="switch", reason="Rash", decided_by=dr_okafor.pk, effective_on=TODAY - DAY, drug="regorafenib",
        dose="160 mg once a day",
    )  # fmt: skip
    decide(treatment=maria.treatments.get(), decision=switch, recorded_by=joan, now=NOON)
    find_missed_logs(now=NOON)
    assert Alert.objects.get().reason == "No log for 3 days."


def test_while_there_was_no_consent_no_log_was_due(maria, joan, log):
    log(maria, stools(1), day=TODAY - 22 * DAY, now=NOON - 22 * DAY)
    consent = consents.give(
        patient=maria, text_version="1", given_on=TODAY - 22 * DAY, recorded_by=joan, now=NOON - 22 * DAY
    )
    consents.withdraw(consent=consent, withdrawn_on=TODAY - 21 * DAY, recorded_by=joan, now=NOON - 21 * DAY)
    consents.give(patient=maria, text_version="1", given_on=TODAY, recorded_by=joan, now=NOON)
    find_missed_logs(now=NOON)
    assert (reminders(maria), Alert.objects.count()) == ([], 0)
    find_missed_logs(now=NOON + DAY)
    assert reminders(maria) == ["log_missing"]


def test_a_silence_the_nurse_answered_rests_for_three_days(maria, joan):
    find_missed_logs(now=NOON)
    spoke = recording.Outcome(code="spoke_with_patient")
    recording.resolve(alert=Alert.objects.get(), outcome=spoke, nurse=joan, now=NOON)
    find_missed_logs(now=NOON + DAY)
    assert Alert.objects.count() == 1
    find_missed_logs(now=NOON + 3 * DAY)
    assert Alert.objects.count() == 2


@pytest.mark.parametrize(("zone", "changes_on"), CLOCK_CHANGES)
def test_lesson_15_one_reminder_per_local_day_while_the_clocks_change(team, log, zone, changes_on):
    patient = make_patient("lou@example.org", team, time_zone=zone, started_on=changes_on - 9 * DAY)
    log(
        patient,
        stools(1),
        day=changes_on - 2 * DAY,
        now=datetime.combine(changes_on - 2 * DAY, datetime.min.time(), UTC),
    )
    start = datetime.combine(changes_on, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    for tick in range(25 * 6):
        now = start + timedelta(minutes=10 * tick)
        if now.astimezone(ZoneInfo(zone)).date() == changes_on:
            find_missed_logs(now=now)
    assert reminders(patient) == ["log_missing"]
