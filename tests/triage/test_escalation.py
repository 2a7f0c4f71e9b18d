"""An alert nobody acknowledges goes to the next person, and the patient is told to call."""

from datetime import timedelta

from backend.messaging.models import Delivery
from backend.triage import services
from backend.triage.escalation import escalate_overdue_alerts
from backend.triage.models import Alert
from tests.conftest import NOON

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
