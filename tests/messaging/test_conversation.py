"""Messages between patient and team: kept once, read once, told of once, and nothing after care has ended."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from backend.audit.models import AuditEvent
from backend.messaging import selectors
from backend.messaging import services as messaging
from backend.messaging.conversation import CareEnded, MessageUnknown, NewMessage, OtherMessage, mark_read, receive
from backend.messaging.models import Delivery, Message
from backend.triage import services
from backend.triage.models import Alert
from tests.conftest import NOON, make_patient

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=10)


def write(patient, text="May I take a bath?", *, by=None, now=NOON, message_id=None, written_at=None):
    """Somebody writes: the patient, or `by` of the team."""
    origin = Message.Origin.TEAM if by else Message.Origin.PATIENT
    new = NewMessage(message_id or uuid.uuid4(), patient.pk, origin, by or patient.person, text, written_at)
    return receive(new=new, now=now)


def read(patient, up_to, *, by=None, now=LATER):
    side = Message.Origin.TEAM if by else Message.Origin.PATIENT
    return mark_read(patient_id=patient.pk, reader=by or patient.person, side=side, up_to=up_to.pk, now=now)


def test_oscar_counts_no_unread_message_of_riverside(maria, oscar):
    write(maria)
    assert selectors.number_of_unread_threads(oscar.clinic_id) == 0
    assert list(selectors.threads_of(oscar.clinic_id)) == []


def test_a_message_sent_again_is_kept_once_and_answered_as_the_first_time(maria):
    message_id = uuid.uuid4()
    first = write(maria, message_id=message_id)
    again = write(maria, message_id=message_id, now=LATER)
    assert (again.pk, again.received_at) == (first.pk, first.received_at)
    assert Message.objects.count() == 1


def test_the_same_id_with_other_words_is_refused_and_the_first_words_stay(maria):
    kept = write(maria)
    with pytest.raises(OtherMessage):
        write(maria, "May I swim?", message_id=kept.pk)
    assert Message.objects.get().text == "May I take a bath?"


def test_the_same_id_from_somebody_else_is_refused(maria, walter, joan):
    kept = write(maria)
    for other in ({"patient": walter}, {"patient": maria, "by": joan}):
        with pytest.raises(OtherMessage):
            write(message_id=kept.pk, **other)


def test_a_phone_whose_clock_is_ahead_writes_no_message_of_tomorrow(maria):
    assert write(maria, written_at=NOON + timedelta(days=1)).written_at == NOON


def test_a_message_written_without_signal_keeps_the_time_it_was_written(maria):
    hours_ago = NOON - timedelta(hours=3)
    kept = write(maria, written_at=hours_ago)
    assert (kept.written_at, kept.received_at) == (hours_ago, NOON)


def test_a_thread_only_grows_at_its_end_even_when_the_clock_goes_back(maria, joan):
    first = write(maria)
    second = write(maria, "And a sauna?", by=joan, now=NOON - timedelta(minutes=5))
    assert second.received_at > first.received_at


def test_joan_reads_what_maria_wrote_and_the_first_reader_stays(maria, joan, priya):
    message = write(maria)
    assert read(maria, message, by=joan) == 1
    assert read(maria, message, by=priya, now=LATER + timedelta(minutes=1)) == 0
    message.refresh_from_db()
    assert (message.read_by, message.read_at) == (joan, LATER)


def test_what_came_after_the_message_she_read_up_to_stays_unread(maria, joan):
    seen, unseen = write(maria), write(maria, "One more thing.", now=LATER)
    read(maria, seen, by=joan)
    unseen.refresh_from_db()
    assert unseen.read_at is None


def test_nobody_reads_their_own_side_for_the_other(maria, joan):
    mine = write(maria, by=joan)
    assert read(maria, mine, by=joan) == 0
    mine.refresh_from_db()
    assert mine.read_at is None


def test_reading_up_to_a_message_of_another_thread_is_refused(maria, walter, joan):
    with pytest.raises(MessageUnknown):
        read(maria, write(walter), by=joan)


def test_an_unread_thread_waits_since_its_oldest_message(team, maria, walter, joan):
    write(walter, now=NOON)
    first = write(maria, now=NOON - timedelta(hours=1))
    write(maria, "Hello?", now=LATER)
    write(make_patient("answered@example.org", team), by=joan)
    waiting = selectors.unread_threads()
    assert set(waiting) == {maria.pk, walter.pk}
    assert waiting[maria.pk] == selectors.UnreadThread(first.pk, NOON - timedelta(hours=1))
    assert set(selectors.unread_threads(patient_id=walter.pk)) == {walter.pk}
    assert selectors.number_of_unread_threads(joan.clinic_id) == 2


def test_the_threads_of_a_clinic_begin_with_the_one_that_waits_longest_then_the_newest(team, maria, walter, joan):
    quiet, old = (make_patient(f"{name}@example.org", team) for name in ("quiet", "old"))
    write(old, by=joan, now=NOON - timedelta(days=2))
    write(quiet, by=joan, now=LATER)
    write(walter, now=NOON)
    write(maria, now=NOON - timedelta(hours=1))
    rows: Any = selectors.threads_of(joan.clinic_id).order_by(*selectors.THREADS_IN_ORDER)
    assert list(rows) == [maria, walter, quiet, old]
    assert [row.unread for row in rows] == [1, 1, 0, 0]


def test_maria_is_told_that_something_waits_and_never_what(maria, joan):
    write(maria, "Put cream on your hands twice a day.", by=joan)
    messaging.send_waiting_deliveries(now=NOON)
    assert [message.to for message in mail.outbox] == [["maria@example.org"]]
    text = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    assert "cream" not in text
    assert "hands" not in text
    assert mail.outbox[0].subject == "Handhold has a message for you"


def test_maria_is_told_in_her_language(maria, joan):
    type(maria).objects.update(language="es")
    write(maria, by=joan)
    messaging.send_waiting_deliveries(now=NOON)
    assert mail.outbox[0].subject == "Handhold tiene un mensaje para usted"


def test_three_unread_messages_are_one_delivery(maria, joan):
    for text in ("First", "Second", "Third"):
        write(maria, text, by=joan)
    assert Delivery.objects.count() == 1


def test_after_she_has_read_a_new_message_is_a_new_delivery(maria, joan):
    read(maria, write(maria, by=joan))
    write(maria, "One more thing.", by=joan, now=LATER)
    assert Delivery.objects.count() == 2


def test_what_came_while_she_read_is_told_too(maria, joan):
    seen = write(maria, by=joan)
    messaging.send_waiting_deliveries(now=NOON)
    write(maria, "One more thing.", by=joan, now=NOON)
    read(maria, seen)
    messaging.send_waiting_deliveries(now=LATER)
    assert len(mail.outbox) == 2


def test_what_she_has_read_meanwhile_is_not_sent(maria, joan):
    read(maria, write(maria, by=joan))
    messaging.send_waiting_deliveries(now=LATER)
    assert mail.outbox == []
    assert Delivery.objects.get().outcome == "message read"


@pytest.mark.parametrize("status", ["withdrawn", "died", "transferred"])
def test_lesson_3_after_care_has_ended_nothing_is_sent_or_taken_and_the_thread_can_be_read(maria, joan, status):
    message = write(maria)
    write(maria, "Yes.", by=joan)
    services.end_care(patient=maria, status=status, now=NOON)
    for by in (None, joan):
        with pytest.raises(CareEnded):
            write(maria, "Still there?", by=by, now=LATER)
    messaging.send_waiting_deliveries(now=LATER)
    assert mail.outbox == []
    assert read(maria, message, by=joan) == 1
    assert selectors.thread_of(maria.pk).count() == 2


def test_a_message_raises_no_alert_whatever_its_words(maria):
    write(maria, "I have chest pain and a fever.")
    assert not Alert.objects.exists()


def test_every_message_and_every_reading_is_in_the_audit(maria, joan):
    message = write(maria)
    read(maria, message, by=joan)
    events = AuditEvent.objects.filter(patient_id=maria.pk, what="message", subject_id=message.pk).order_by("at")
    assert [(event.person_id, event.verb) for event in events] == [
        (maria.person_id, "changed"),
        (joan.pk, "changed"),
    ]


@pytest.mark.parametrize(
    "change",
    [{"text": ""}, {"read_at": NOON}, {"written_at": LATER}],
    ids=["without words", "read by nobody", "written after it came"],
)
def test_the_database_refuses_what_cannot_be(maria, change):
    kept = write(maria)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=kept.pk).update(**change)


def test_a_message_never_shows_its_words_in_a_log_line(maria):
    assert "bath" not in f"{write(maria)} {write(maria, now=LATER)!r}"
