"""Work items: what is to be done that no log asked for is on the worklist once, with an owner, a day and an end."""

import uuid
from datetime import timedelta

import pytest

from backend.messaging.conversation import NewMessage, mark_read, receive
from backend.messaging.models import Delivery
from backend.messaging.services import Request, request_deliveries, send_waiting_deliveries
from backend.protocol.care_plan import care_plan
from backend.triage import consents, contacts, recording, services, to_do, work_items
from backend.triage.models import Contact, WorkItem
from tests.conftest import NOON, TODAY, client_of, make_patient
from tests.home import ZONE

DAY = timedelta(days=1)
LATER = NOON + timedelta(minutes=20)
SPOKE = recording.Outcome(code="spoke_with_patient", note="All is well.")
NO_ANSWER = recording.Outcome(code="could_not_reach")
CALLS_AGAIN = recording.Outcome(code="spoke_with_patient", next_step="Joan looks at the feet.", next_on=TODAY + 3 * DAY)


def on_the_worklist(clinic, now=NOON):
    return [(item.kind, item.week) for item in to_do.to_do(clinic.pk, today=to_do.today_of(ZONE, now))]


@pytest.fixture
def chen(team):
    """On his fourth day of treatment."""
    return make_patient("chen@example.org", team, started_on=TODAY - 3 * DAY)


@pytest.fixture
def call_of_chen(chen):
    work_items.find_proactive_calls(now=NOON)
    return WorkItem.objects.get()


def test_proactive_calls_come_in_the_weeks_1_2_and_4_of_treatment(chen, riverside):
    weeks = []
    for day in range(40):
        now = NOON + (day - 3) * DAY
        before = WorkItem.objects.count()
        work_items.find_proactive_calls(now=now)
        if WorkItem.objects.count() > before:
            weeks.append(day + 1)
    assert weeks == [1, 8, 22]
    assert [item.week for item in WorkItem.objects.order_by("begins_on")] == [1, 2, 4]


def test_a_proactive_call_may_wait_until_the_end_of_its_week(call_of_chen, chen):
    assert (call_of_chen.begins_on, call_of_chen.due_on) == (TODAY - 3 * DAY, TODAY + 3 * DAY)


def test_the_hourly_tick_finds_each_call_once_however_often_it_runs(chen, riverside):
    for hour in range(5):
        work_items.find_proactive_calls(now=NOON + timedelta(hours=hour))
    assert on_the_worklist(riverside) == [("proactive_call", 1)]


def test_a_patient_longer_on_treatment_is_not_called_for_weeks_gone_by(maria, riverside):
    """Maria is on day 23, in week 4: weeks 1 and 2 are over."""
    work_items.find_proactive_calls(now=NOON)
    assert on_the_worklist(riverside) == [("proactive_call", 4)]


def test_the_weeks_come_from_the_care_plan_and_not_from_code():
    assert care_plan().call_weeks == (1, 2, 4)
    assert [care_plan().week_of(day) for day in (0, 1, 7, 8, 14, 15, 21, 22, 28, 29)] == [
        None, 1, 1, 2, 2, None, None, 4, 4, None,
    ]  # fmt: skip


def test_a_promised_next_step_is_on_the_worklist_on_its_day_and_not_before(alert_of_maria, joan, riverside):
    recording.resolve(alert=alert_of_maria, outcome=CALLS_AGAIN, nurse=joan, now=NOON)
    assert on_the_worklist(riverside, NOON + 2 * DAY) == []
    assert on_the_worklist(riverside, NOON + 3 * DAY) == [("follow_up", None)]
    assert WorkItem.objects.get().assigned_to == joan


def test_a_new_contact_about_the_same_alert_replaces_what_was_promised(alert_of_maria, joan, riverside):
    recording.record_contact(alert=alert_of_maria, outcome=CALLS_AGAIN, nurse=joan, now=NOON)
    recording.resolve(alert=alert_of_maria, outcome=SPOKE, nurse=joan, now=LATER)
    assert on_the_worklist(riverside, NOON + 3 * DAY) == []


def test_an_attempt_in_vain_keeps_what_was_promised_on_the_list_and_before_the_patient(
    alert_of_maria, joan, priya, maria, riverside
):
    recording.record_contact(alert=alert_of_maria, outcome=CALLS_AGAIN, nurse=joan, now=NOON)
    recording.record_contact(alert=alert_of_maria, outcome=NO_ANSWER, nurse=priya, now=LATER)
    assert on_the_worklist(riverside, NOON + 3 * DAY) == [("follow_up", None)]
    [log] = client_of(maria.person).get("/api/v1/logs").json()["results"]
    assert (log["team"]["outcome"], log["team"]["next_step"]) == ("could_not_reach", "Joan looks at the feet.")


def test_a_promise_about_another_alert_stays(alert_of_maria, joan, maria, riverside, log):
    recording.resolve(alert=alert_of_maria, outcome=CALLS_AGAIN, nurse=joan, now=NOON)
    log(maria, {"blood_pressure": [{"systolic": 172, "diastolic": 104}]}, day=TODAY - DAY)
    other = maria.alerts.get(symptom="blood_pressure")
    recording.resolve(alert=other, outcome=SPOKE, nurse=joan, now=LATER)
    assert on_the_worklist(riverside, NOON + 3 * DAY) == [("follow_up", None)]


def test_a_follow_up_that_promises_again_ends_and_comes_back_on_its_new_day(alert_of_maria, joan, riverside):
    recording.resolve(alert=alert_of_maria, outcome=CALLS_AGAIN, nurse=joan, now=NOON)
    again = recording.Outcome(code="spoke_with_patient", next_step="Once more.", next_on=TODAY + 9 * DAY)
    work_items.finish(item=WorkItem.objects.get(), outcome=again, nurse=joan, now=NOON + 3 * DAY)
    assert on_the_worklist(riverside, NOON + 4 * DAY) == []
    assert on_the_worklist(riverside, NOON + 9 * DAY) == [("follow_up", None)]


def test_the_second_nurse_who_takes_it_is_told_who_has_it(call_of_chen, joan, priya):
    work_items.take(item=call_of_chen, nurse=priya, now=NOON)
    with pytest.raises(work_items.AlreadyTaken) as refused:
        work_items.take(item=call_of_chen, nurse=joan, now=LATER)
    assert refused.value.by == priya


def test_two_nurses_finish_it_at_once_and_the_second_is_told(call_of_chen, joan, priya):
    work_items.finish(item=call_of_chen, outcome=SPOKE, nurse=priya, now=NOON)
    with pytest.raises(work_items.AlreadyDone) as refused:
        work_items.finish(item=call_of_chen, outcome=SPOKE, nurse=joan, now=LATER)
    assert (refused.value.by, refused.value.at, Contact.objects.count()) == (priya, NOON, 1)


def test_nobody_reached_keeps_it_on_the_worklist_with_the_attempt(call_of_chen, joan, riverside):
    with pytest.raises(recording.OutcomeKeepsOpen):
        work_items.finish(item=call_of_chen, outcome=NO_ANSWER, nurse=joan, now=NOON)
    work_items.record_contact(item=call_of_chen, outcome=NO_ANSWER, nurse=joan, now=NOON)
    assert on_the_worklist(riverside) == [("proactive_call", 1)]
    assert (Contact.objects.get().outcome, WorkItem.objects.get().assigned_to) == ("could_not_reach", joan)


def test_no_action_needed_has_to_say_why(call_of_chen, joan):
    with pytest.raises(services.NoteMissing):
        work_items.finish(item=call_of_chen, outcome=recording.Outcome(code="no_action_needed"), nurse=joan, now=NOON)
    assert WorkItem.objects.get().done_at is None


def test_it_is_given_only_to_a_nurse_or_prescriber_of_the_clinic(call_of_chen, oscar, ada, priya):
    for other in (oscar, ada):
        with pytest.raises(services.NotAColleague):
            work_items.assign(item=call_of_chen, to=other)
    work_items.assign(item=call_of_chen, to=priya)
    assert WorkItem.objects.get().assigned_to == priya


def test_taking_it_over_again_changes_nothing_and_nobody_takes_it_past_her(call_of_chen, joan, priya, dr_okafor):
    work_items.take(item=call_of_chen, nurse=priya, now=NOON)
    for _ in range(2):
        work_items.assign(item=call_of_chen, to=joan, seen=priya.pk)
    with pytest.raises(work_items.AlreadyTaken) as refused:
        work_items.assign(item=call_of_chen, to=dr_okafor, seen=priya.pk)
    assert (refused.value.by, WorkItem.objects.get().assigned_to) == (joan, joan)


def lost_mail(patient, recipient, key, at=NOON):
    request_deliveries(requests=[Request(key, patient.pk, recipient, "log_missing")], now=at)
    Delivery.objects.filter(key=key).update(state=Delivery.State.FAILED)


def test_lesson_9_a_patient_whom_nothing_reaches_is_on_the_worklist_once(maria, riverside):
    lost_mail(maria, "patient", "a")
    lost_mail(maria, "patient", "b")
    for minute in range(3):
        work_items.find_unreached(now=NOON + timedelta(minutes=minute))
    assert on_the_worklist(riverside) == [("patient_not_reached", None)]


def test_lesson_3_an_alert_nobody_can_receive_is_on_the_worklist(alert_of_maria, joan, priya, dr_okafor, riverside):
    for person in (joan, priya, dr_okafor):
        person.is_active = False
        person.save()
    send_waiting_deliveries(now=NOON)
    work_items.find_unreached(now=NOON)
    assert on_the_worklist(riverside) == [("team_not_reached", None)]


def test_what_was_dealt_with_comes_back_only_when_another_message_is_lost(maria, joan, riverside):
    lost_mail(maria, "patient", "a")
    work_items.find_unreached(now=LATER)
    work_items.finish(item=WorkItem.objects.get(), outcome=SPOKE, nurse=joan, now=LATER)
    work_items.find_unreached(now=LATER)
    assert on_the_worklist(riverside) == []
    lost_mail(maria, "patient", "b", at=LATER + timedelta(hours=1))
    work_items.find_unreached(now=LATER + timedelta(hours=2))
    assert on_the_worklist(riverside) == [("patient_not_reached", None)]


def test_after_withdrawal_nothing_is_left_to_do_and_nothing_new_is_found(call_of_chen, chen, riverside):
    services.end_care(patient=chen, status="withdrawn", now=NOON)
    lost_mail(chen, "patient", "a")
    work_items.find_proactive_calls(now=NOON + 7 * DAY)
    work_items.find_unreached(now=NOON)
    assert on_the_worklist(riverside, NOON + 7 * DAY) == []


def test_consent_given_again_brings_back_what_was_to_be_done_and_not_what_was_finished(call_of_chen, chen, joan):
    writes(chen)
    work_items.follow_messages(now=NOON)
    work_items.finish(item=call_of_chen, outcome=CALLS_AGAIN, nurse=joan, now=NOON)
    consent = consents.give(patient=chen, text_version="1", given_on=TODAY - DAY, recorded_by=joan, now=NOON)
    consents.withdraw(consent=consent, withdrawn_on=TODAY, recorded_by=joan, now=LATER)
    assert not WorkItem.objects.filter(done_at=None).exists()
    consents.give(patient=chen, text_version="1", given_on=TODAY, recorded_by=joan, now=LATER + DAY)
    left = WorkItem.objects.filter(done_at=None).values_list("kind", flat=True)
    assert set(left) == {"unread_messages", "follow_up"}


def test_unread_messages_leave_the_list_by_being_read_and_in_no_other_way(chen, joan):
    writes(chen)
    work_items.follow_messages(now=NOON)
    answer = client_of(joan).post(
        f"/api/v1/work-items/{WorkItem.objects.get().pk}/finish", {"outcome": "spoke_with_patient"}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "ends_by_reading")
    assert WorkItem.objects.get().done_at is None


def test_oscar_sees_no_work_of_riverside(call_of_chen, oscar):
    answer = client_of(oscar).get("/api/v1/work-items").json()
    assert (answer["results"], answer["counts"]) == ([], {"all": 0, "mine": 0, "unassigned": 0})


def test_a_contact_nobody_asked_for_is_kept_with_the_patient(maria, joan):
    work_items.record_contact_with(patient=maria, outcome=CALLS_AGAIN, nurse=joan, now=NOON)
    contact = Contact.objects.get()
    assert (contact.alert, contact.work_item, contact.patient) == (None, None, maria)
    assert WorkItem.objects.get().begins_on == TODAY + 3 * DAY


def writes(patient, text="My hands itch.", now=NOON):
    new = NewMessage(uuid.uuid4(), patient.pk, "patient", patient.person, text, None)
    return receive(new=new, now=now)


def test_unread_messages_of_a_patient_are_one_work_item_however_many_there_are(maria, riverside):
    writes(maria)
    work_items.follow_messages(now=NOON)
    writes(maria, "Hello?", now=LATER)
    work_items.follow_messages(now=LATER)
    assert on_the_worklist(riverside) == [("unread_messages", None)]


def test_messages_may_wait_as_long_as_the_care_plan_says(maria):
    writes(maria)
    work_items.follow_messages(now=NOON + 5 * DAY)
    assert WorkItem.objects.get().due_on == TODAY + care_plan().messages_read_within_days * DAY


def test_reading_them_ends_it_and_says_who_did_and_the_next_message_makes_another(maria, joan, riverside):
    first = writes(maria)
    work_items.follow_messages(now=NOON)
    mark_read(patient_id=maria.pk, reader=joan, side="team", up_to=first.pk, now=LATER)
    work_items.follow_messages(patient_id=maria.pk, by=joan, now=LATER)
    assert (on_the_worklist(riverside), WorkItem.objects.get().done_by) == ([], joan)
    writes(maria, "Thank you", now=LATER + DAY)
    work_items.follow_messages(patient_id=maria.pk, now=LATER + DAY)
    assert on_the_worklist(riverside, LATER + DAY) == [("unread_messages", None)]


def test_following_one_patient_leaves_the_messages_of_others_on_the_list(maria, walter, joan, riverside):
    writes(walter)
    work_items.follow_messages(now=NOON)
    work_items.follow_messages(patient_id=maria.pk, by=joan, now=LATER)
    assert on_the_worklist(riverside) == [("unread_messages", None)]


def test_what_a_tick_finds_for_a_patient_in_the_moment_they_withdraw_ends_and_comes_back_with_consent(chen, joan):
    consent = consents.give(patient=chen, text_version="1", given_on=TODAY, recorded_by=joan, now=NOON)
    consents.withdraw(consent=consent, withdrawn_on=TODAY, recorded_by=joan, now=NOON)
    chen.refresh_from_db()
    item = WorkItem.objects.create(
        clinic=chen.clinic, patient=chen, kind="proactive_call", occasion="proactive_call:1", week=1, begins_on=TODAY,
        due_on=TODAY, created_at=NOON,
    )  # fmt: skip
    contacts.end_work_of_who_left_care()
    item.refresh_from_db()
    assert (item.done_at, item.done_by) == (chen.status_since, None)
    consents.give(patient=chen, text_version="1", given_on=TODAY, recorded_by=joan, now=LATER)
    item.refresh_from_db()
    assert item.done_at is None


def test_the_net_leaves_what_was_promised_about_an_alert_that_is_still_open(alert_of_maria, maria, joan):
    consent = consents.give(patient=maria, text_version="1", given_on=TODAY, recorded_by=joan, now=NOON)
    consents.withdraw(consent=consent, withdrawn_on=TODAY, recorded_by=joan, now=NOON)
    recording.record_contact(alert=alert_of_maria, outcome=CALLS_AGAIN, nurse=joan, now=LATER)
    contacts.end_work_of_who_left_care()
    assert WorkItem.objects.get(done_at=None).kind == "follow_up"
