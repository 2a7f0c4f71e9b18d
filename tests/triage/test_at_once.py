"""Two act on one alert, work item, grade or snooze at one moment: the first is right, the second is told."""

import uuid
from datetime import timedelta

import pytest

from backend.accounts.models import Person
from backend.care.deciding import Decision
from backend.care.models import ProtocolAdoption
from backend.care.selectors import contexts
from backend.diary.models import DailyLog
from backend.messaging.conversation import NewMessage, receive
from backend.messaging.models import Delivery
from backend.messaging.services import WAITS, Request, request_deliveries, send_next
from backend.triage import calls, can_wait, flagging, grades, handover, leaving, recording, services, snooze, work_items
from backend.triage.contacts import IdTaken
from backend.triage.grades import Found, GradedMeanwhile
from backend.triage.models import Alert, CanWait, ConfirmedGrade, Contact, Handover, Snooze, WorkItem
from backend.triage.services import AlertConflict, NotAColleague
from tests.at_once import first_and_second, first_while_second_is_held_back, has_to_wait
from tests.conftest import NOON, TODAY, hands, pressure, stools

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(minutes=20)
TOMORROW = NOON + timedelta(days=1)
RED_HANDS = hands("minimal", "mild")


def both(take_over, first, second):
    """Both take it over at one moment. Return what the second was refused with."""
    return first_and_second(lambda: take_over(first), lambda: take_over(second), (AlertConflict,))


def test_two_take_over_an_alert_and_one_has_it(alert_of_maria, joan, priya, dr_okafor):
    services.acknowledge(alert=alert_of_maria, nurse=priya, now=NOON)
    Alert.objects.update(assigned_to=None)  # she has it by her acknowledgment alone
    refused = both(
        lambda person: services.assign(alert=alert_of_maria, to=person, by=person, now=NOON, seen=priya.pk),
        joan,
        dr_okafor,
    )
    assert isinstance(refused, services.AlreadyAssigned)
    assert (refused.by, Alert.objects.get().assigned_to) == (joan, joan)
    assert alert_of_maria.events.filter(kind="assigned").count() == 1


def test_two_take_over_a_work_item_and_one_has_it(maria, joan, priya, dr_okafor):
    work_items.find_proactive_calls(now=NOON)
    item = WorkItem.objects.get()
    work_items.take(item=item, nurse=priya, now=NOON)
    refused = both(lambda person: work_items.assign(item=item, to=person, seen=priya.pk), joan, dr_okafor)
    assert isinstance(refused, work_items.AlreadyTaken)
    assert (refused.by, WorkItem.objects.get().assigned_to) == (joan, joan)


def grades_at_one_moment(patient, first, second, *, seen=None):
    """Both have read which grade stands before either writes. Return what the second was refused with."""

    def grade(nurse, found):
        grades.confirm(patient=patient, found=Found("diarrhea", TODAY, found, supersedes=seen), by=nurse, now=NOON)

    return first_while_second_is_held_back(
        "triage_confirmedgrade", lambda: grade(*first), lambda: grade(*second), (GradedMeanwhile,)
    )


def test_two_grade_the_same_day_and_the_second_is_told(maria, joan, priya):
    refused = grades_at_one_moment(maria, (joan, 1), (priya, 2))
    kept = ConfirmedGrade.objects.get()
    assert (refused.standing, kept.by, kept.grade, kept.superseded_at) == (kept, joan, 1, None)


def test_two_correct_the_same_grade_and_the_second_is_told(maria, joan, priya, dr_okafor):
    found = Found("diarrhea", TODAY, 3)
    seen = grades.confirm(patient=maria, found=found, by=dr_okafor, now=NOON)
    refused = grades_at_one_moment(maria, (joan, 1), (priya, 2), seen=seen.pk)
    standing = ConfirmedGrade.objects.get(superseded_at=None)
    assert (refused.standing, standing.by, standing.grade) == (standing, joan, 1)


def test_the_same_grade_sent_twice_at_one_moment_is_kept_once(maria, joan):
    assert grades_at_one_moment(maria, (joan, 1), (joan, 1)) is None
    assert ConfirmedGrade.objects.count() == 1


@pytest.mark.parametrize("joan_reads", [False, True])
def test_a_message_that_comes_while_the_threads_are_looked_through_is_on_the_worklist(maria, joan, joan_reads):
    def writes():
        new = NewMessage(uuid.uuid4(), maria.pk, "patient", maria.person, "May I take a bath?")
        receive(new=new, now=NOON)
        work_items.follow_messages(patient_id=maria.pk, now=NOON)

    of = {"patient_id": maria.pk, "by": joan} if joan_reads else {}
    first_while_second_is_held_back("triage_workitem", writes, lambda: work_items.follow_messages(now=NOON, **of))
    work_items.follow_messages(now=LATER)
    assert WorkItem.objects.filter(kind="unread_messages", done_at=None).count() == 1


def test_a_contact_with_a_dose_decision_waits_for_nobody_who_judges_the_patients_log(
    alert_of_maria, maria, joan, dr_okafor
):
    hold = Decision(kind="hold", reason="Grade 3", decided_by=dr_okafor.pk, effective_on=TODAY)
    outcome = recording.Outcome(code="prescriber_informed", decision=hold)
    resolve = lambda: recording.resolve(alert=alert_of_maria, outcome=outcome, nurse=joan, now=NOON)  # noqa: E731
    assert not has_to_wait(lambda: contexts([maria.pk], locked=True), resolve)


def test_a_snooze_is_ended_while_a_log_about_it_is_flagged(alert_of_maria, maria, joan, log):
    expects = recording.Outcome(code="spoke_with_patient", expected=snooze.Expected(1, TODAY + timedelta(days=5)))
    recording.resolve(alert=alert_of_maria, outcome=expects, nurse=joan, now=NOON)
    late = log(maria, stools(8), day=TOMORROW.date(), now=TOMORROW, flag=False)
    first_and_second(
        lambda: snooze.end(snooze=Snooze.objects.get(), by=joan, now=TOMORROW),
        lambda: flagging.flag_logs(ids=[late.pk], now=TOMORROW),
    )
    assert Snooze.objects.get().ended_by == joan
    assert DailyLog.objects.filter(flagged_at=None).count() == 0


def test_the_patient_says_they_called_while_the_last_try_to_ask_them_to_call_fails(alert_of_maria, maria, monkeypatch):
    def away(**_):
        raise ConnectionRefusedError

    monkeypatch.setattr("backend.messaging.services.email.send", away)
    Delivery.objects.all().delete()
    asks = Request("1", maria.pk, Delivery.Recipient.PATIENT, calls.ASKS_TO_CALL, alert_of_maria.pk)
    request_deliveries(requests=[asks], now=NOON)
    Delivery.objects.update(attempts=len(WAITS))
    first_and_second(
        lambda: send_next(now=LATER),
        lambda: calls.note_call(log=DailyLog.objects.get(), called_at=NOON, now=LATER),
    )
    assert calls.has_called(alert_of_maria)
    assert Delivery.objects.filter(template="nobody_reached").count() == 1


def test_of_two_things_with_one_contact_id_the_second_is_told(maria, joan, log):
    log(maria, {**stools(8), **pressure((165, 95))})
    one, other = Alert.objects.order_by("pk")
    contact = uuid.uuid4()

    def record(alert):
        outcome = recording.Outcome(code="message_left", id=contact)
        recording.record_contact(alert=alert, outcome=outcome, nurse=joan, now=NOON)

    refused = first_and_second(lambda: record(one), lambda: record(other), (IdTaken,))
    assert isinstance(refused, IdTaken)
    assert Contact.objects.get().alert == one


def test_nothing_is_handed_over_to_somebody_who_leaves_at_that_moment(alert_of_maria, joan, priya, ada):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    leaver = Person.objects.get(pk=priya.pk)
    refused = first_and_second(
        lambda: leaving.end_work(person=leaver, by=ada, now=NOON),
        lambda: handover.offer(by=joan, to=priya, note="", notes={}, now=NOON),
        (NotAColleague,),
    )
    assert isinstance(refused, NotAColleague)
    assert not Handover.objects.exists()


@pytest.fixture
def held_back(maria, joan, log):
    """A hand-foot skin reaction that Joan resolved at noon, and the next day's log about it."""
    log(maria, RED_HANDS)
    outcome = recording.Outcome(code="spoke_with_patient")
    recording.resolve(alert=Alert.objects.get(), outcome=outcome, nurse=joan, now=LATER)
    return log(maria, RED_HANDS, day=TODAY + timedelta(days=1), now=TOMORROW)


def cannot_wait(log, minute):
    at = TOMORROW + timedelta(minutes=minute)
    return can_wait.note_can_wait(log=log, can_wait=False, said_at=at, now=at)


def test_it_cannot_wait_said_twice_at_one_moment_reopens_the_alert_once(held_back):
    assert first_and_second(lambda: cannot_wait(held_back, 1), lambda: cannot_wait(held_back, 2)) is None
    alert = Alert.objects.get()
    assert (alert.state, alert.events.filter(kind="reopened").count()) == ("open", 1)


def test_it_cannot_wait_while_a_late_log_has_the_day_judged_again_reopens_the_alert_once(maria, held_back, log):
    day_before = TODAY - timedelta(days=1)
    late = log(maria, stools(1), day=day_before, now=TOMORROW, flag=False)
    flag = lambda: flagging.flag_logs(ids=[late.pk], now=TOMORROW)  # noqa: E731
    assert first_and_second(flag, lambda: cannot_wait(held_back, 1)) is None
    late = log(maria, stools(2), day=day_before, corrects=late.pk, now=TOMORROW, flag=False)
    assert first_and_second(lambda: cannot_wait(held_back, 2), flag) is None
    alert = Alert.objects.get()
    assert (alert.state, alert.events.filter(kind="reopened").count()) == ("open", 1)


def test_it_cannot_wait_while_the_answers_are_corrected_is_not_lost(maria, held_back, log):
    corrected = lambda: log(  # noqa: E731
        maria,
        hands("minimal", "moderate"),
        day=held_back.day,
        corrects=held_back.pk,
        now=TOMORROW,
        flag=False,
    )
    assert first_and_second(corrected, lambda: cannot_wait(held_back, 1)) is None
    flagging.flag_waiting_logs(now=TOMORROW, batch=10)
    assert Alert.objects.get().state == "open"


def test_the_word_is_kept_and_the_log_waits_where_it_cannot_be_flagged(held_back, riverside):
    ProtocolAdoption.objects.create(
        clinic=riverside,
        drug="sorafenib",
        version=99,
        adopted_at=NOON,
        adopted_by=Person.objects.get(email="joan@example.org"),
    )
    cannot_wait(held_back, 1)
    held_back.refresh_from_db()
    assert (CanWait.objects.get().can_wait, held_back.flagged_at) == (False, None)
