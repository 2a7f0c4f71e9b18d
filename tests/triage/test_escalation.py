"""An alert goes to the next person until somebody tried to reach the patient, who is told to call."""

import uuid
from datetime import datetime, time, timedelta

import pytest
from django.db import connection

from backend.care.shifts import NewShift, put_shift
from backend.messaging.models import Delivery
from backend.messaging.services import send_waiting_deliveries
from backend.triage import recording, services
from backend.triage.escalation import due, escalate_overdue_alerts
from backend.triage.models import Alert
from backend.triage.recording import Outcome
from backend.triage.tasks import escalate_overdue_alerts as tick
from tests.at_once import first_and_second
from tests.conftest import NOON, TODAY, client_of, make_person, pressure, stools

DUE = NOON + timedelta(hours=4)


def told(template):
    return list(Delivery.objects.filter(template=template).order_by("created_at").values_list("recipient", flat=True))


def test_lesson_1_an_overdue_alert_escalates_when_nothing_else_happens(alert_of_maria):
    assert escalate_overdue_alerts(now=DUE) == 1
    alert = Alert.objects.get()
    assert (alert.escalation_level, alert.escalate_at) == (1, DUE + timedelta(hours=1))
    assert told("alert_escalated") == ["second_nurse"]


def test_an_alert_that_is_not_due_yet_stays_with_its_nurse(alert_of_maria):
    assert escalate_overdue_alerts(now=DUE - timedelta(seconds=1)) == 0


def test_the_patient_is_told_to_call_once(alert_of_maria):
    for hours in range(5):
        escalate_overdue_alerts(now=DUE + timedelta(hours=hours))
    assert told("please_call") == ["patient"]
    assert Alert.objects.get().events.filter(kind="patient_told_to_call").count() == 1


def test_it_goes_from_second_nurse_to_the_clinician_on_call_and_is_never_forgotten(alert_of_maria):
    for hours in range(4):
        escalate_overdue_alerts(now=DUE + timedelta(hours=hours))
    assert sorted(told("alert_escalated")) == sorted(
        ["second_nurse", "on_call", "on_call", "administrators", "on_call", "administrators"]
    )
    assert Alert.objects.get().escalate_at == DUE + timedelta(hours=4)


def test_an_acknowledged_alert_goes_on_when_its_time_is_up_and_nobody_tried_to_reach_the_patient(alert_of_maria, joan):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    assert escalate_overdue_alerts(now=DUE) == 1
    alert = Alert.objects.get()
    assert (alert.state, alert.escalation_level, alert.acknowledged_by, alert.assigned_to) == ("open", 1, None, None)
    assert (alert.passed_on_from, alert.escalate_at) == (joan, DUE + timedelta(hours=1))
    assert told("alert_escalated") == ["second_nurse"]
    assert told("please_call") == ["patient"]


def test_who_has_an_alert_is_told_one_step_before_it_goes_on(alert_of_maria, joan, mailoutbox):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    Delivery.objects.all().delete()
    warned_at = DUE - timedelta(hours=1)
    assert escalate_overdue_alerts(now=warned_at - timedelta(seconds=1)) == 0
    assert escalate_overdue_alerts(now=warned_at) == 0
    assert (Alert.objects.get().state, told("contact_due")) == ("acknowledged", ["owner"])
    send_waiting_deliveries(now=warned_at)
    assert [mail.to for mail in mailoutbox] == [[joan.email]]
    assert escalate_overdue_alerts(now=DUE - timedelta(seconds=1)) == 0
    assert told("contact_due") == ["owner"]
    assert escalate_overdue_alerts(now=DUE) == 1


def test_who_had_an_alert_that_was_passed_on_hears_of_it(alert_of_maria, joan, mailoutbox):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    escalate_overdue_alerts(now=DUE)
    Delivery.objects.exclude(template="alert_passed_on").delete()
    send_waiting_deliveries(now=DUE)
    assert [mail.to for mail in mailoutbox] == [[joan.email]]


def test_an_alert_assigned_to_a_colleague_warns_the_colleague(alert_of_maria, joan, priya, mailoutbox):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    services.assign(alert=alert_of_maria, to=priya, by=joan, now=NOON)
    Delivery.objects.all().delete()
    escalate_overdue_alerts(now=DUE - timedelta(hours=1))
    send_waiting_deliveries(now=DUE)
    assert [mail.to for mail in mailoutbox] == [[priya.email]]


def test_the_warning_is_not_sent_once_a_contact_is_recorded(alert_of_maria, joan, mailoutbox):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    Delivery.objects.all().delete()
    escalate_overdue_alerts(now=DUE - timedelta(hours=1))
    recording.record_contact(alert=alert_of_maria, outcome=Outcome("could_not_reach"), nurse=joan, now=DUE)
    send_waiting_deliveries(now=DUE)
    assert mailoutbox == []


@pytest.mark.parametrize(
    "code", ["spoke_with_patient", "message_left", "visit_booked", "sent_to_emergency_care", "could_not_reach"]
)
def test_an_attempt_to_reach_the_patient_stops_the_clock(alert_of_maria, joan, code):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    recording.record_contact(alert=alert_of_maria, outcome=Outcome(code), nurse=joan, now=NOON)
    assert escalate_overdue_alerts(now=DUE + timedelta(days=1)) == 0


@pytest.mark.parametrize("code", ["prescriber_informed", "no_action_needed"])
def test_a_record_without_an_attempt_to_reach_the_patient_leaves_the_clock_running(alert_of_maria, joan, code):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    outcome = Outcome(code, note="Dr. Okafor looks at it.")
    recording.record_contact(alert=alert_of_maria, outcome=outcome, nurse=joan, now=NOON)
    assert escalate_overdue_alerts(now=DUE) == 1


def test_a_contact_about_an_open_alert_stops_its_clock_too(alert_of_maria, joan):
    recording.record_contact(alert=alert_of_maria, outcome=Outcome("could_not_reach"), nurse=joan, now=NOON)
    assert escalate_overdue_alerts(now=DUE + timedelta(days=1)) == 0


def test_one_call_about_two_alerts_stops_both_clocks(maria, log, joan):
    log(maria, {**stools(8), **pressure((172, 104), (172, 104))})
    first, *others = Alert.objects.order_by("pk")
    assert others, "Maria has two alerts"
    for alert in (first, *others):
        services.acknowledge(alert=alert, nurse=joan, now=NOON)
    outcome = Outcome("could_not_reach", also=frozenset(one.pk for one in others))
    recording.record_contact(alert=first, outcome=outcome, nurse=joan, now=NOON)
    assert not Alert.objects.filter(pk__in=[first.pk, *(one.pk for one in others)], escalate_at__isnull=False).exists()


def test_taking_a_passed_on_alert_does_not_stop_the_clock_either(alert_of_maria, joan, priya):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    escalate_overdue_alerts(now=DUE)
    services.acknowledge(alert=alert_of_maria, nurse=priya, now=DUE + timedelta(minutes=20))
    assert escalate_overdue_alerts(now=DUE + timedelta(minutes=59)) == 0
    assert escalate_overdue_alerts(now=DUE + timedelta(hours=1)) == 1
    assert Alert.objects.get().escalation_level == 2


def test_the_row_says_who_has_an_alert_now_and_who_had_it(alert_of_maria, joan, monkeypatch):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    escalate_overdue_alerts(now=DUE)
    row = client_of(joan).get("/api/v1/alerts").json()["results"][0]
    assert (row["escalation"]["to"], row["escalation"]["from"]) == ("Priya", "Joan")
    assert row["acknowledged_by"] is None


def test_the_row_says_whether_anybody_tried_to_reach_the_patient(alert_of_maria, joan):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    client = client_of(joan)
    assert client.get("/api/v1/alerts").json()["results"][0]["needs_contact"] is True
    recording.record_contact(alert=alert_of_maria, outcome=Outcome("could_not_reach"), nurse=joan, now=NOON)
    assert client.get("/api/v1/alerts").json()["results"][0]["needs_contact"] is False


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("contact_first", [True, False])
def test_a_contact_recorded_at_the_moment_of_the_tick_ends_the_chain(alert_of_maria, joan, contact_first):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)

    def record():
        recording.record_contact(alert=alert_of_maria, outcome=Outcome("could_not_reach"), nurse=joan, now=DUE)

    def pass_on():
        escalate_overdue_alerts(now=DUE)

    first_and_second(*((record, pass_on) if contact_first else (pass_on, record)))
    alert = Alert.objects.get()
    assert (alert.state, alert.acknowledged_by, alert.escalate_at) == ("acknowledged", joan, None)
    assert (alert.contacts.count(), alert.escalation_level) == (1, 0 if contact_first else 1)


def test_the_tick_finds_what_is_due_by_its_index(alert_of_maria):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + str(due(DUE).only("pk").query).replace(str(DUE), f"'{DUE}'"))
        assert "alerts_to_escalate" in str(cursor.fetchall())


def test_an_emergency_tells_everybody_at_once(maria, log):
    log(maria, {"warning_signs": ["chest_pain"]})
    assert sorted(told("alert_emergency")) == ["nurse", "on_call", "second_nurse"]
    assert Alert.objects.get().due_at == NOON + timedelta(hours=1)


def on_tonight(place, person):
    """A shift from noon to midnight."""
    starts = datetime.combine(TODAY, time(12))
    new = NewShift(place, person.pk, starts, starts + timedelta(hours=12))
    return put_shift(shift_id=uuid.uuid4(), clinic=person.clinic, new=new)


def test_an_overdue_alert_goes_to_whoever_is_on_call_tonight(alert_of_maria, riverside, mailoutbox):
    on_tonight("on_call", make_person("noor@example.org", "prescriber", riverside))
    for hours in range(2):
        escalate_overdue_alerts(now=DUE + timedelta(hours=hours))
    Delivery.objects.exclude(recipient="on_call").delete()
    send_waiting_deliveries(now=DUE + timedelta(hours=1))
    assert [mail.to for mail in mailoutbox] == [["noor@example.org"]]


def test_it_goes_to_whoever_is_on_when_it_is_sent_not_when_it_was_asked_for(alert_of_maria, riverside, mailoutbox):
    escalate_overdue_alerts(now=DUE)
    on_tonight("second_nurse", make_person("noor@example.org", "nurse", riverside))
    Delivery.objects.exclude(recipient="second_nurse").delete()
    send_waiting_deliveries(now=DUE)
    assert [mail.to for mail in mailoutbox] == [["noor@example.org"]]


def test_the_row_names_whoever_it_was_passed_on_to(alert_of_maria, riverside, joan, monkeypatch):
    on_tonight("second_nurse", make_person("noor@example.org", "nurse", riverside))
    escalate_overdue_alerts(now=DUE)
    monkeypatch.setattr("backend.api.alerts.timezone.now", lambda: DUE)
    assert client_of(joan).get("/api/v1/alerts").json()["results"][0]["escalation"]["to"] == "Noor"


def test_without_a_shift_it_is_the_care_teams_own_second_nurse(alert_of_maria, joan):
    escalate_overdue_alerts(now=DUE)
    assert client_of(joan).get("/api/v1/alerts").json()["results"][0]["escalation"]["to"] == "Priya"


def test_a_second_nurse_who_left_is_not_named(alert_of_maria, joan, priya):
    priya.is_active = False
    priya.save()
    escalate_overdue_alerts(now=DUE)
    assert client_of(joan).get("/api/v1/alerts").json()["results"][0]["escalation"]["to"] == "Okafor"


def test_the_tick_opens_again_what_somebody_who_left_holds(alert_of_maria, joan):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    joan.is_active = False
    joan.save()
    tick()
    assert Alert.objects.get().acknowledged_by is None
