"""An alert nobody acknowledges goes to the next person, and the patient is told to call."""

import uuid
from datetime import datetime, time, timedelta

from backend.care.shifts import NewShift, put_shift
from backend.messaging.models import Delivery
from backend.messaging.services import send_waiting_deliveries
from backend.triage import services
from backend.triage.escalation import escalate_overdue_alerts
from backend.triage.models import Alert
from backend.triage.tasks import escalate_overdue_alerts as tick
from tests.conftest import NOON, TODAY, client_of, make_person

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


def test_an_acknowledged_alert_is_not_passed_on(alert_of_maria, joan):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    assert escalate_overdue_alerts(now=DUE + timedelta(days=1)) == 0


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
