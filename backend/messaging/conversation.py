"""Messages between a patient and the care team: taken in once, read once, told of once, never changed.

Everything that changes a thread locks its patient first. So a thread only grows at its end, whoever writes at the
same moment: what somebody has read up to holds nothing they have not seen. It also means that nothing is taken after
care has ended.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.audit import services as audit
from backend.care.models import Patient

from .models import Delivery, Message
from .selectors import messages_by_id, oldest_unread, thread_of
from .services import MESSAGE_WAITING, Request, request_deliveries

Origin = Message.Origin
NEXT = timedelta(microseconds=1)


class OtherMessage(Exception):
    """The same id came before with another text, from somebody else, or for somebody else."""


class CareEnded(Exception):
    """The patient is no longer in the care of this clinic: nothing is sent to them or taken from them."""


class MessageUnknown(Exception):
    """The thread has no message with this id."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message as it was sent, validated and trimmed. `origin` is patient or team."""

    id: UUID
    patient_id: UUID
    origin: str
    by: Person
    text: str
    written_at: datetime | None = None


def receive(*, new: NewMessage, now: datetime) -> Message:
    """Keep a message and return it; sent again, return what was kept first. Safe to run twice and side by side.

    One from the team asks for a delivery to the patient. Raise OtherMessage or CareEnded, with nothing kept.
    """
    with transaction.atomic():
        status = _lock(new.patient_id)
        kept = messages_by_id([new.id]).get(new.id)
        if kept is not None:
            return _same(kept, new)
        if status != Patient.Status.ACTIVE:
            raise CareEnded
        kept = _same(_keep(new, now), new)
        audit.record(
            now=now, person=new.by.pk, patients=[new.patient_id], verb="changed", what="message", subject=new.id
        )
        if new.origin == Origin.TEAM:
            _ask_to_tell(new.patient_id, now)
    return kept


def mark_read(*, patient_id: UUID, reader: Person, side: str, up_to: UUID, now: datetime) -> int:
    """Note that `reader`, of this `side`, has read what the other side wrote up to this message. Return how many.

    The first reader stays. Safe to run twice. Raise MessageUnknown.
    """
    with transaction.atomic():
        _lock(patient_id)
        last = thread_of(patient_id).filter(pk=up_to).first()
        if last is None:
            raise MessageUnknown
        theirs = thread_of(patient_id).filter(received_at__lte=last.received_at, read_at__isnull=True)
        read = theirs.exclude(origin=side).update(read_at=now, read_by=reader)
        if read:
            audit.record(
                now=now, person=reader.pk, patients=[patient_id], verb="changed", what="message", subject=up_to
            )
        if side == Origin.PATIENT:
            _ask_to_tell(patient_id, now)
    return read


def _lock(patient_id: UUID) -> str:
    """Let one writer or reader at a time at this patient's thread, and return how the patient's care stands."""
    locked = Patient.objects.select_for_update(no_key=True).only("status").get(pk=patient_id)
    return locked.status


def _keep(new: NewMessage, now: datetime) -> Message:
    """Add the message at the end of its thread, also when the clock has stood still or gone back.

    A conflict is an answer, not an error: PostgreSQL writes failed statements, and so a message's text, into its log.
    """
    newest = thread_of(new.patient_id).values_list("received_at", flat=True).first()
    received_at = now if newest is None else max(now, newest + NEXT)
    message = Message(
        id=new.id,
        patient_id=new.patient_id,
        origin=new.origin,
        by=new.by,
        text=new.text,
        written_at=min(new.written_at or now, received_at),
        received_at=received_at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return messages_by_id([new.id])[new.id]


def _same(kept: Message, new: NewMessage) -> Message:
    if (kept.patient_id, kept.origin, kept.by_id, kept.text) != (new.patient_id, new.origin, new.by.pk, new.text):
        raise OtherMessage
    return kept


def _ask_to_tell(patient_id: UUID, now: datetime) -> None:
    """One delivery for all that waits unread: its occasion is the oldest of them, so more of them are no new one."""
    oldest = oldest_unread(patient_id, Origin.TEAM)
    if oldest is not None:
        key = f"{MESSAGE_WAITING}:{oldest}"
        request = Request(key, patient_id, Delivery.Recipient.PATIENT, MESSAGE_WAITING)
        request_deliveries(requests=[request], now=now)
