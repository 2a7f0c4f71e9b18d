"""A nurse who resolved the wrong alert undoes it within a minute: all stands as before, and the trace stays."""

from datetime import timedelta

import pytest

from backend.messaging.models import Delivery
from backend.triage import recording, undo
from backend.triage.models import Alert, AlertEvent, ConfirmedGrade, Contact, Snooze, WorkItem
from backend.triage.services import acknowledge
from backend.triage.snooze import Expected
from backend.triage.undo_window import TooLate
from tests.conftest import NOON, TODAY, client_of, hands, stools

LATER = NOON + timedelta(minutes=20)
SOON = LATER + timedelta(seconds=50)
FRIDAY = TODAY + timedelta(days=3)


def spoke(**more):
    return recording.Outcome(code="spoke_with_patient", note="Drinks enough.", **more)


def resolved(alert, nurse, **more):
    return recording.resolve(alert=alert, outcome=spoke(**more), nurse=nurse, now=LATER)


def stands(alert):
    return Alert.objects.filter(pk=alert.pk).values(*undo.RESTORED, "urgency", "due_at").get()


def test_a_resolved_alert_stands_as_before_with_its_own_clock(alert_of_maria, joan):
    acknowledge(alert=alert_of_maria, nurse=joan, now=NOON + timedelta(minutes=10))
    before = stands(alert_of_maria)
    contact = resolved(alert_of_maria, joan, grade=2)
    undo.undo(alert=alert_of_maria, contact_id=contact.pk, nurse=joan, now=SOON)
    assert stands(alert_of_maria) == before
    assert not Contact.objects.exists()
    assert not ConfirmedGrade.objects.exists()
    last = AlertEvent.objects.filter(alert=alert_of_maria).latest("pk")
    assert (last.kind, last.by, last.detail) == ("undone", joan, "spoke_with_patient")


def test_what_was_promised_expected_and_told_with_it_is_taken_back(alert_of_maria, joan):
    promise = recording.record_contact(
        alert=alert_of_maria, outcome=spoke(next_step="We call you.", next_on=FRIDAY), nurse=joan,
        now=NOON + timedelta(minutes=10),
    )  # fmt: skip
    expected = Expected(2, TODAY + timedelta(days=5))
    contact = resolved(alert_of_maria, joan, grade=2, expected=expected, next_step="A visit.", next_on=FRIDAY)
    undo.undo(alert=alert_of_maria, contact_id=contact.pk, nurse=joan, now=SOON)
    assert not Snooze.objects.exists()
    [left] = WorkItem.objects.filter(kind="follow_up")
    assert (left.promised_in, left.done_at) == (promise, None)
    told = Delivery.objects.filter(alert=alert_of_maria, template="team_answered", created_at=LATER)
    assert not told.filter(state="waiting").exists()


def test_one_call_about_two_alerts_is_undone_for_both(alert_of_maria, maria, log, joan):
    log(maria, hands("moderate", "moderate"), day=TODAY - timedelta(days=1), now=NOON + timedelta(minutes=5))
    skin = Alert.objects.get(patient=maria, symptom="hand_foot")
    contact = resolved(alert_of_maria, joan, also=frozenset([skin.pk]))
    undo.undo(alert=alert_of_maria, contact_id=contact.pk, nurse=joan, now=SOON)
    assert set(Alert.objects.values_list("state", flat=True)) == {"open"}
    assert not Contact.objects.exists()


def test_after_the_minute_it_is_reopened_with_a_reason_instead(alert_of_maria, joan):
    contact = resolved(alert_of_maria, joan)
    with pytest.raises(TooLate):
        undo.undo(alert=alert_of_maria, contact_id=contact.pk, nurse=joan, now=LATER + timedelta(seconds=76))
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_nothing_is_undone_after_a_new_log_has_come_in(alert_of_maria, maria, log, joan):
    contact = resolved(alert_of_maria, joan)
    log(maria, stools(12), day=TODAY - timedelta(days=1), now=LATER + timedelta(seconds=20))
    with pytest.raises(undo.ChangedSince):
        undo.undo(alert=alert_of_maria, contact_id=contact.pk, nurse=joan, now=SOON)


def test_only_the_nurse_who_resolved_it_undoes_it(alert_of_maria, joan, dr_okafor):
    contact = resolved(alert_of_maria, joan)
    with pytest.raises(undo.NothingToUndo):
        undo.undo(alert=alert_of_maria, contact_id=contact.pk, nurse=dr_okafor, now=SOON)


def test_over_the_api_the_answer_is_the_alert_as_it_stands(alert_of_maria, joan):
    desk = client_of(joan)
    key = "018f6d2e-0000-7000-8000-000000000001"
    address = f"/api/v1/alerts/{alert_of_maria.pk}"
    done = {"id": key, "outcome": "spoke_with_patient", "note": "Drinks enough."}
    assert desk.post(f"{address}/resolve", done, format="json").json()["state"] == "resolved"
    undone = desk.post(f"{address}/undo", {"contact": key}, format="json")
    assert (undone.status_code, undone.json()["state"]) == (200, "open")
    again = desk.post(f"{address}/undo", {"contact": key}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_undo")
