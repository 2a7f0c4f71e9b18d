""" "I have called": the first word stays, the nurse sees it, and nobody is asked to call once more."""

from datetime import timedelta

import pytest

from backend.messaging.models import Delivery
from backend.messaging.services import send_waiting_deliveries
from backend.triage import flagging, services
from backend.triage.calls import note_call
from backend.triage.escalation import escalate_overdue_alerts
from backend.triage.models import Alert, PatientCall
from backend.triage.worklist import alerts_of_clinic, around, rows_of
from tests.conftest import NOON, TODAY, stools

DUE = NOON + timedelta(hours=4)
CALLED = NOON + timedelta(hours=2, minutes=5)


@pytest.fixture
def call():
    """The patient says that they have called about a log."""

    def say(log, at=CALLED, *, now=None, reached_at=None):
        return note_call(log=log, called_at=at, reached_at=reached_at, now=now or reached_at or at)

    return say


def shown_to_the_nurse(clinic):
    row = rows_of(alerts_of_clinic(clinic.pk)).get()
    return around([row], clinic_id=clinic.pk, now=NOON).beside[row.id].called_at


def please_call(state):
    return Delivery.objects.filter(template="please_call", state=state).count()


def test_the_first_time_said_stays_however_often_it_is_sent(maria, log, call):
    kept = log(maria, stools(8))
    call(kept)
    again = call(kept, CALLED + timedelta(hours=1))
    assert (again.called_at, PatientCall.objects.count()) == (CALLED, 1)


def test_that_somebody_told_them_what_to_do_is_added_once(maria, log, call):
    kept = log(maria, stools(8))
    call(kept)
    next_morning = NOON + timedelta(hours=20)
    assert call(kept, reached_at=next_morning).reached_at == next_morning
    later = call(kept, next_morning, reached_at=next_morning + timedelta(hours=1))
    assert (later.called_at, later.reached_at) == (CALLED, next_morning)


def test_a_phone_whose_clock_is_days_ahead_did_not_call_in_the_future(maria, log, call):
    assert call(log(maria, stools(8)), NOON + timedelta(days=3), now=NOON).called_at == NOON


def test_the_alert_stays_open_and_goes_to_the_next_person_all_the_same(maria, log, call):
    call(log(maria, stools(8)))
    assert escalate_overdue_alerts(now=DUE) == 1
    alert = Alert.objects.get()
    assert (alert.state, alert.escalation_level) == ("open", 1)
    assert Delivery.objects.filter(template="alert_escalated").count() == 1


def test_who_has_called_is_not_asked_to_call(maria, log, call):
    call(log(maria, stools(8)))
    escalate_overdue_alerts(now=DUE)
    assert please_call("waiting") == 0
    assert not Alert.objects.get().events.filter(kind="patient_told_to_call").exists()


def test_a_message_that_waits_already_is_cancelled_by_the_call(maria, log, call):
    kept = log(maria, stools(8))
    escalate_overdue_alerts(now=DUE)
    assert please_call("waiting") == 1
    call(kept, DUE + timedelta(minutes=1))
    send_waiting_deliveries(now=DUE + timedelta(minutes=2))
    assert (please_call("cancelled"), please_call("sent")) == (1, 0)


def test_a_call_about_an_earlier_day_does_not_stand_for_a_newer_one(maria, joan, log, call):
    call(log(maria, stools(5), day=TODAY - timedelta(days=1), now=NOON - timedelta(days=1)), NOON - timedelta(hours=20))
    services.acknowledge(alert=Alert.objects.get(), nurse=joan, now=NOON - timedelta(hours=1))
    log(maria, stools(9))
    escalate_overdue_alerts(now=DUE)
    assert please_call("waiting") == 1


def test_a_call_that_comes_before_the_log_is_flagged_counts_as_well(maria, riverside, log, call):
    call(log(maria, stools(8), flag=False))
    flagging.flag_waiting_logs(now=CALLED, batch=10)
    assert shown_to_the_nurse(riverside) == CALLED
    escalate_overdue_alerts(now=CALLED + timedelta(hours=5))
    assert please_call("waiting") == 0


def test_the_worklist_says_when_and_only_for_the_day_it_is_about(maria, riverside, log, call):
    call(log(maria, stools(8)))
    assert shown_to_the_nurse(riverside) == CALLED
    tomorrow = NOON + timedelta(days=1)
    log(maria, stools(8), day=TODAY + timedelta(days=1), now=tomorrow)
    assert shown_to_the_nurse(riverside) is None
