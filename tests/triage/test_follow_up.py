"""The day after an advice to call, the patient is asked whether they reached the team: daily, until it is resolved."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.messaging.models import Delivery
from backend.messaging.services import send_waiting_deliveries
from backend.triage import recording, services
from backend.triage.calls import note_call
from backend.triage.follow_up import send_follow_ups
from backend.triage.models import Alert, Contact
from tests.conftest import CLOCK_CHANGES, NOON, TODAY, hands, make_patient, stools

DAY = timedelta(days=1)


def asked(patient):
    return Delivery.objects.filter(patient=patient, template="follow_up").count()


@pytest.mark.parametrize(
    ("urgency", "facts"), [("contact_24h", hands("moderate", "mild")), ("contact_today", stools(8))]
)
def test_the_next_day_the_patient_is_asked(maria, log, urgency, facts):
    log(maria, facts)
    assert Alert.objects.get().urgency == urgency
    send_follow_ups(now=NOON + DAY)
    assert asked(maria) == 1


def test_nobody_is_asked_on_the_same_day(maria, log):
    log(maria, stools(8))
    send_follow_ups(now=NOON + timedelta(hours=11))
    assert asked(maria) == 0


def test_a_day_that_needs_no_call_is_not_followed_up(maria, log):
    log(maria, stools(1))
    send_follow_ups(now=NOON + DAY)
    assert asked(maria) == 0


def test_an_alert_because_of_silence_is_not_followed_up(maria):
    Alert.objects.create(
        clinic=maria.clinic, patient=maria, symptom="no_log", urgency="contact_24h", day=TODAY, rule="no_log",
        protocol="sorafenib", version=1, reason="No log.", source="-", raised_at=NOON, due_at=NOON, due_minutes=1440,
        escalate_at=NOON,
    )  # fmt: skip
    send_follow_ups(now=NOON + DAY)
    assert asked(maria) == 0


def test_it_is_one_message_a_day_however_often_the_tick_runs_and_however_many_symptoms_wait(maria, log):
    log(maria, {**stools(8), **hands("severe", "severe")})
    assert Alert.objects.count() == 2
    for hour in range(10):
        send_follow_ups(now=NOON + DAY + timedelta(hours=hour))
    assert asked(maria) == 1


def test_it_is_asked_every_day_until_a_nurse_has_resolved_it(maria, joan, log):
    log(maria, stools(8))
    send_follow_ups(now=NOON + DAY)
    send_follow_ups(now=NOON + 2 * DAY)
    spoke = recording.Outcome(code="spoke_with_patient")
    recording.resolve(alert=Alert.objects.get(), outcome=spoke, nurse=joan, now=NOON + 2 * DAY)
    send_follow_ups(now=NOON + 3 * DAY)
    assert asked(maria) == 2


def test_a_message_left_is_no_answer_but_somebody_who_spoke_with_them_is(maria, joan, log):
    log(maria, stools(8))
    alert = Alert.objects.get()
    recording.record_contact(alert=alert, outcome=recording.Outcome(code="message_left"), nurse=joan, now=NOON)
    send_follow_ups(now=NOON + DAY)
    assert asked(maria) == 1
    spoke = recording.Outcome(code=Contact.Outcome.SPOKE_WITH_PATIENT)
    recording.record_contact(alert=alert, outcome=spoke, nurse=joan, now=NOON + DAY)
    send_follow_ups(now=NOON + 2 * DAY)
    assert asked(maria) == 1


def test_who_says_that_they_were_told_what_to_do_is_not_asked_again_but_a_call_alone_is_no_answer(maria, log):
    kept = log(maria, stools(8))
    note_call(log=kept, called_at=NOON, now=NOON)
    send_follow_ups(now=NOON + DAY)
    assert asked(maria) == 1
    note_call(log=kept, called_at=NOON, reached_at=NOON + DAY, now=NOON + DAY)
    send_follow_ups(now=NOON + 2 * DAY)
    assert asked(maria) == 1


def test_nobody_is_asked_at_night(maria, log):
    log(maria, stools(8))
    send_follow_ups(now=datetime(2026, 5, 15, 8, 59, tzinfo=ZoneInfo("America/New_York")))
    assert asked(maria) == 0


def test_lesson_3_after_withdrawal_nobody_is_asked_not_even_by_what_waits_already(maria, log, mailoutbox):
    log(maria, stools(8))
    send_follow_ups(now=NOON + DAY)
    services.end_care(patient=maria, status="withdrawn", now=NOON + DAY)
    send_follow_ups(now=NOON + 2 * DAY)
    send_waiting_deliveries(now=NOON + 2 * DAY)
    assert asked(maria) == 1
    assert [mail for mail in mailoutbox if maria.person.email in mail.to] == []


def test_a_message_that_waits_is_not_sent_once_the_alert_is_resolved(maria, joan, log):
    log(maria, stools(8))
    send_follow_ups(now=NOON + DAY)
    spoke = recording.Outcome(code="spoke_with_patient")
    recording.resolve(alert=Alert.objects.get(), outcome=spoke, nurse=joan, now=NOON + DAY)
    send_waiting_deliveries(now=NOON + DAY)
    assert Delivery.objects.get(template="follow_up").state == "cancelled"


def test_it_is_sent_while_a_nurse_has_the_alert_and_has_not_called_yet(maria, joan, log):
    log(maria, stools(8))
    services.acknowledge(alert=Alert.objects.get(), nurse=joan, now=NOON)
    send_follow_ups(now=NOON + DAY)
    send_waiting_deliveries(now=NOON + DAY)
    assert Delivery.objects.get(template="follow_up").state == "sent"


@pytest.mark.parametrize(("zone", "changes_on"), CLOCK_CHANGES)
def test_lesson_15_once_per_local_day_while_the_clocks_change(team, log, zone, changes_on):
    patient = make_patient("lou@example.org", team, time_zone=zone, started_on=changes_on - 9 * DAY)
    noon_before = datetime.combine(changes_on - DAY, datetime.min.time(), ZoneInfo(zone)) + timedelta(hours=12)
    log(patient, stools(8), day=changes_on - DAY, now=noon_before)
    start = datetime.combine(changes_on, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    for tick in range(25 * 6):
        now = start + timedelta(minutes=10 * tick)
        if now.astimezone(ZoneInfo(zone)).date() == changes_on:
            send_follow_ups(now=now)
    assert asked(patient) == 1
