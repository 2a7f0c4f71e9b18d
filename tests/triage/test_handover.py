"""At the end of a shift what is open goes to the next person, who accepts it. Until then nothing changes hands."""

import pytest

from backend.triage import handover, recording, services, work_items
from backend.triage.models import Alert, Handover, WorkItem
from backend.triage.worklist import alerts_of_clinic
from tests.conftest import NOON, stools


@pytest.fixture
def alert_of_walter(walter, log):
    log(walter, stools(8))
    return Alert.objects.get(patient=walter)


@pytest.fixture
def held(alert_of_maria, joan):
    """Joan has acknowledged Maria's alert."""
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    return alert_of_maria


def offer(joan, priya, note="Busy day.", notes=None):
    return handover.offer(by=joan, to=priya, note=note, notes=notes or {}, now=NOON)


def owner(alert):
    alert.refresh_from_db()
    return alert.assigned_to or alert.acknowledged_by


def test_nothing_changes_hands_before_it_is_accepted(held, joan, priya):
    offer(joan, priya)
    assert owner(held) == joan


def test_whoever_accepts_has_the_alerts_from_then_on(held, joan, priya):
    assert handover.accept(handover=offer(joan, priya), by=priya, now=NOON) == 1
    assert owner(held) == priya
    assert list(handover.held_by(joan)) == []


def test_each_alert_says_that_it_was_assigned_by_whom_and_to_whom(held, joan, priya):
    handover.accept(handover=offer(joan, priya), by=priya, now=NOON)
    event = held.events.get(kind="assigned")
    assert (event.by, event.detail) == (joan, "Priya")


def test_an_alert_assigned_to_her_goes_with_it_though_she_has_not_acknowledged_it(alert_of_maria, joan, priya):
    services.assign(alert=alert_of_maria, to=joan, by=priya, now=NOON)
    handover.accept(handover=offer(joan, priya), by=priya, now=NOON)
    assert owner(alert_of_maria) == priya


def test_what_she_gave_to_somebody_else_is_not_hers_to_hand_over(held, joan, priya, dr_okafor):
    services.assign(alert=held, to=dr_okafor, by=joan, now=NOON)
    handover.accept(handover=offer(joan, priya), by=priya, now=NOON)
    assert owner(held) == dr_okafor


def test_what_was_resolved_meanwhile_does_not_change_hands(held, joan, priya):
    offered = offer(joan, priya)
    recording.resolve(alert=held, outcome=recording.Outcome(code="spoke_with_patient"), nurse=joan, now=NOON)
    assert handover.accept(handover=offered, by=priya, now=NOON) == 0
    assert owner(held) == joan


def test_what_somebody_else_took_meanwhile_stays_theirs(held, joan, priya, dr_okafor):
    offered = offer(joan, priya)
    services.assign(alert=held, to=dr_okafor, by=dr_okafor, now=NOON)
    handover.accept(handover=offered, by=priya, now=NOON)
    assert owner(held) == dr_okafor


def test_the_second_acceptance_is_refused_and_says_that_it_is_done(held, joan, priya):
    offered = offer(joan, priya)
    handover.accept(handover=offered, by=priya, now=NOON)
    with pytest.raises(handover.HandoverEnded) as refused:
        handover.accept(handover=offered, by=priya, now=NOON)
    assert refused.value.handover.state == "accepted"
    assert held.events.filter(kind="assigned").count() == 1


def test_until_then_it_can_be_taken_back(held, joan, priya):
    offered = offer(joan, priya)
    handover.withdraw(handover=offered, now=NOON)
    with pytest.raises(handover.HandoverEnded):
        handover.accept(handover=offered, by=priya, now=NOON)
    assert owner(held) == joan


def test_what_was_accepted_cannot_be_taken_back(held, joan, priya):
    offered = offer(joan, priya)
    handover.accept(handover=offered, by=priya, now=NOON)
    with pytest.raises(handover.HandoverEnded):
        handover.withdraw(handover=offered, now=NOON)


def test_the_notes_come_with_the_alerts(held, joan, priya):
    offered = offer(joan, priya, notes={held.pk: "  Call at 15:00. "})
    assert offered.alerts.get().note == "Call at 15:00."


def test_a_note_about_an_alert_she_does_not_have_is_refused_and_nothing_is_offered(held, alert_of_walter, joan, priya):
    with pytest.raises(handover.NotHers):
        offer(joan, priya, notes={alert_of_walter.pk: "Look."})
    assert not Handover.objects.exists()


def test_with_nothing_open_a_note_alone_can_be_handed_over(team, joan, priya):
    assert offer(joan, priya, note="Quiet night.").alerts.count() == 0


def test_nothing_at_all_is_no_handover(team, joan, priya):
    with pytest.raises(handover.NothingToHandOver):
        offer(joan, priya, note=" ")


def test_one_handover_at_a_time_waits_for_an_answer(held, joan, priya, dr_okafor):
    offer(joan, priya)
    with pytest.raises(handover.OfferedAlready):
        offer(joan, dr_okafor)


@pytest.mark.parametrize("who", ["oscar", "joan", "ada", "maria"])
def test_it_goes_to_another_nurse_or_prescriber_of_the_clinic(held, joan, who, request):
    person = request.getfixturevalue(who)
    with pytest.raises(services.NotAColleague):
        offer(joan, getattr(person, "person", person))


def test_it_does_not_go_to_somebody_who_left(held, joan, priya):
    priya.is_active = False
    priya.save()
    with pytest.raises(services.NotAColleague):
        offer(joan, priya)


def test_the_alert_stays_in_the_worklist_of_the_clinic_all_along(held, joan, priya, riverside):
    handover.accept(handover=offer(joan, priya), by=priya, now=NOON)
    assert alerts_of_clinic(riverside.pk).get().state == "acknowledged"


@pytest.fixture
def call_of_maria(maria, joan):
    """The call of Maria's fourth week, which Joan has taken."""
    work_items.find_proactive_calls(now=NOON)
    work_items.take(item=WorkItem.objects.get(), nurse=joan, now=NOON)
    return WorkItem.objects.get()


def test_work_items_go_with_the_alerts_when_they_are_accepted_and_not_before(held, call_of_maria, joan, priya):
    offered = offer(joan, priya)
    assert list(handover.work_of(joan)) == [call_of_maria]
    handover.accept(handover=offered, by=priya, now=NOON)
    assert (list(handover.work_of(joan)), list(handover.work_of(priya))) == ([], [call_of_maria])


def test_work_items_alone_can_be_handed_over(call_of_maria, joan, priya):
    assert handover.accept(handover=offer(joan, priya, note=""), by=priya, now=NOON) == 0
    assert list(handover.work_of(priya)) == [call_of_maria]


def test_what_was_finished_meanwhile_stays_with_whoever_finished_it(call_of_maria, joan, priya):
    offered = offer(joan, priya)
    work_items.finish(item=call_of_maria, outcome=recording.Outcome(code="spoke_with_patient"), nurse=joan, now=NOON)
    handover.accept(handover=offered, by=priya, now=NOON)
    assert WorkItem.objects.get().assigned_to == joan
