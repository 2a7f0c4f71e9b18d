"""Acknowledge, assign, record, resolve, reopen: the database decides who was first."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from backend.care.deciding import Decision, DecisionRefused, NotAPrescriber
from backend.care.models import DoseDecision
from backend.messaging.models import Delivery
from backend.triage import recording, services
from backend.triage.models import Alert, AlertEvent, Contact
from tests.conftest import NOON, TODAY, make_person, stools

SPOKE = recording.Outcome(code="spoke_with_patient", note="Drinks enough.", next_step="We look again tomorrow.")
LATER = NOON + timedelta(minutes=20)


def test_the_second_nurse_who_acknowledges_is_told_who_has_it(alert_of_maria, joan, priya):
    services.acknowledge(alert=alert_of_maria, nurse=priya, now=NOON)
    with pytest.raises(services.AlreadyAcknowledged) as refused:
        services.acknowledge(alert=alert_of_maria, nurse=joan, now=LATER)
    assert (refused.value.by, refused.value.at) == (priya, NOON)


def test_resolving_keeps_who_when_and_what_came_of_it(alert_of_maria, joan):
    recording.resolve(alert=alert_of_maria, outcome=SPOKE, nurse=joan, now=LATER)
    alert = Alert.objects.get()
    assert (alert.state, alert.resolved_by, alert.resolved_at) == ("resolved", joan, LATER)
    assert (alert.acknowledged_by, alert.escalate_at) == (joan, None)
    assert Contact.objects.get().next_step == "We look again tomorrow."


def test_two_nurses_resolve_at_once_and_the_second_is_told(alert_of_maria, joan, priya):
    recording.resolve(alert=alert_of_maria, outcome=SPOKE, nurse=priya, now=NOON)
    with pytest.raises(services.AlreadyResolved) as refused:
        recording.resolve(alert=alert_of_maria, outcome=SPOKE, nurse=joan, now=LATER)
    assert refused.value.by == priya
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("outcome", ["message_left", "could_not_reach"])
def test_nobody_reached_keeps_the_alert_open(alert_of_maria, joan, outcome):
    with pytest.raises(recording.OutcomeKeepsOpen):
        recording.resolve(alert=alert_of_maria, outcome=recording.Outcome(code=outcome), nurse=joan, now=NOON)
    recording.record_contact(alert=alert_of_maria, outcome=recording.Outcome(code=outcome), nurse=joan, now=NOON)
    assert Alert.objects.get().state == "acknowledged"


def test_no_action_needed_has_to_say_why(alert_of_maria, joan):
    silent = recording.Outcome(code="no_action_needed", note="  ")
    with pytest.raises(services.NoteMissing):
        recording.resolve(alert=alert_of_maria, outcome=silent, nurse=joan, now=NOON)


def test_the_database_refuses_a_reasonless_no_action_needed(alert_of_maria, joan, maria):
    with pytest.raises(IntegrityError, match="no_action_needed_says_why"), transaction.atomic():
        Contact.objects.create(
            alert=alert_of_maria, patient=maria, at=NOON, by=joan, outcome="no_action_needed", resolves=True
        )


def test_a_resolved_alert_can_be_opened_again_with_a_new_clock(alert_of_maria, joan):
    recording.resolve(alert=alert_of_maria, outcome=SPOKE, nurse=joan, now=NOON)
    services.reopen(alert=alert_of_maria, note="Her daughter called: worse.", nurse=joan, now=LATER)
    alert = Alert.objects.get()
    assert (alert.state, alert.due_at, alert.resolved_by) == ("open", LATER + timedelta(hours=4), None)
    assert alert.events.filter(kind="reopened").get().detail == "Her daughter called: worse."


def test_an_alert_is_not_reopened_beside_a_live_one_of_the_same_symptom(alert_of_maria, maria, joan, log):
    recording.resolve(alert=alert_of_maria, outcome=SPOKE, nurse=joan, now=NOON - timedelta(days=9))
    log(maria, stools(9), day=TODAY - timedelta(days=1))
    assert Alert.objects.filter(state="open").count() == 1
    with pytest.raises(services.AnotherIsOpen):
        services.reopen(alert=alert_of_maria, note="again", nurse=joan, now=LATER)


def test_an_alert_is_assigned_to_clinicians_of_the_clinic_only(alert_of_maria, joan, priya, ada, oscar):
    services.assign(alert=alert_of_maria, to=priya, by=joan, now=NOON)
    assert Alert.objects.get().assigned_to == priya
    for stranger in (oscar, ada):
        with pytest.raises(services.NotAColleague):
            services.assign(alert=alert_of_maria, to=stranger, by=joan, now=NOON)


def test_taking_over_again_what_one_has_changes_nothing(alert_of_maria, joan, priya):
    services.acknowledge(alert=alert_of_maria, nurse=priya, now=NOON)
    for _ in range(2):
        services.assign(alert=alert_of_maria, to=joan, by=joan, now=LATER, seen=priya.pk)
    assert (Alert.objects.get().assigned_to, alert_of_maria.events.filter(kind="assigned").count()) == (joan, 1)


def test_an_alert_somebody_acknowledged_meanwhile_is_not_assigned_past_them(alert_of_maria, joan, priya, dr_okafor):
    services.acknowledge(alert=alert_of_maria, nurse=priya, now=NOON)
    with pytest.raises(services.AlreadyAssigned) as refused:
        services.assign(alert=alert_of_maria, to=dr_okafor, by=joan, now=LATER, seen=None)
    assert (refused.value.by, Alert.objects.get().assigned_to) == (priya, priya)


def test_whoever_assigns_what_was_resolved_meanwhile_is_told_by_whom(alert_of_maria, joan, priya):
    recording.resolve(alert=alert_of_maria, outcome=SPOKE, nurse=priya, now=NOON)
    with pytest.raises(services.AlreadyResolved) as refused:
        services.assign(alert=alert_of_maria, to=joan, by=joan, now=LATER, seen=priya.pk)
    assert refused.value.by == priya


def decided(by, **changes):
    values = {
        "kind": "hold",
        "reason": "Diarrhea grade 3",
        "decided_by": by.pk,
        "effective_on": TODAY,
        **changes,
    }
    return recording.Outcome(code="prescriber_informed", decision=Decision(**values))


def test_a_dose_decision_says_who_decided_and_why(alert_of_maria, joan, dr_okafor):
    recording.resolve(alert=alert_of_maria, outcome=decided(dr_okafor), nurse=joan, now=NOON)
    decision = DoseDecision.objects.get()
    assert (decision.decided_by, decision.recorded_by, decision.reason) == (
        dr_okafor,
        joan,
        "Diarrhea grade 3",
    )


def test_only_a_prescriber_of_the_clinic_decides_on_the_dose(alert_of_maria, joan, oscar):
    for stranger in (joan, oscar):
        with pytest.raises(NotAPrescriber):
            recording.resolve(alert=alert_of_maria, outcome=decided(stranger), nurse=joan, now=NOON)
    assert not Contact.objects.exists(), "nothing is kept in part"


def test_a_dose_decision_before_the_treatment_is_refused(alert_of_maria, joan, dr_okafor):
    early = decided(dr_okafor, effective_on=TODAY - timedelta(days=90))
    with pytest.raises(DecisionRefused, match="began on"):
        recording.resolve(alert=alert_of_maria, outcome=early, nurse=joan, now=NOON)


def test_the_patient_is_told_that_somebody_answered(alert_of_maria, joan):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    assert Delivery.objects.filter(recipient="patient", template="team_answered").count() == 1


def test_what_happened_to_an_alert_can_never_be_rewritten(alert_of_maria):
    with pytest.raises(ProgrammingError, match="only ever added"), transaction.atomic():
        AlertEvent.objects.update(detail="nothing happened")
    with (
        pytest.raises(ProgrammingError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM triage_alertevent")


def test_an_alert_without_a_clock_cannot_be_open(alert_of_maria):
    with pytest.raises(IntegrityError, match="open_alerts_have_a_clock"), transaction.atomic():
        Alert.objects.update(escalate_at=None)


def test_an_acknowledged_alert_names_someone(alert_of_maria):
    with pytest.raises(IntegrityError, match="acknowledged_alerts_name_someone"), transaction.atomic():
        Alert.objects.update(state="acknowledged")


def test_a_nurse_who_left_is_no_colleague(alert_of_maria, joan, riverside):
    left = make_person("left@example.org", "nurse", riverside, is_active=False)
    with pytest.raises(services.NotAColleague):
        services.assign(alert=alert_of_maria, to=left, by=joan, now=NOON)


def test_a_prescriber_who_was_informed_has_said_something_or_decided(alert_of_maria, joan):
    with pytest.raises(services.NoteMissing):
        recording.resolve(
            alert=alert_of_maria, outcome=recording.Outcome(code="prescriber_informed"), nurse=joan, now=NOON
        )
    said = recording.Outcome(code="prescriber_informed", note="Go on as it is.")
    recording.resolve(alert=alert_of_maria, outcome=said, nurse=joan, now=NOON)
    assert Alert.objects.get().state == "resolved"
