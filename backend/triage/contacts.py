"""Contacts as they are kept: about an alert, for a work item, or about neither; a promised next step becomes work."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from backend.accounts.models import Person
from backend.care.models import Patient

from .models import Contact, WorkItem


class AlreadyKept(Exception):
    """This very contact is kept: it was sent again because nobody heard the answer."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(str(contact.pk))
        self.contact = contact


class IdTaken(Exception):
    """Something else was kept as a contact with this id."""


_OF_CONTACT = (
    "id", "at", "by__name", "outcome", "note", "next_code", "next_step", "next_on", "next_at", "grade",
    "guide", "set_aside", "alert_id", "alert__symptom",
    "work_item_id", "part_of_id", "snooze__id", "snooze__symptom", "snooze__expected_grade", "snooze__until",
    "snooze__at", "snooze__ended_at",
)  # fmt: skip


def rows_of(contacts: QuerySet[Contact], *more: str) -> QuerySet[Contact, Any]:
    """The same contacts as plain rows, each with its alert's symptom and its snooze, and `more` annotations."""
    return contacts.values_list(*_OF_CONTACT, *more, named=True)


def refuse_twice(pk: UUID | None, **told: Any) -> None:
    """Raise AlreadyKept if a contact with the sender's id was kept that says the same, and IdTaken if it says something
    else. `told` are fields of Contact. Call it when what the contact is about is locked, so that of two one waits."""
    kept = Contact.objects.filter(pk=pk).first() if pk else None
    if kept is None:
        return
    if any(getattr(kept, name) != value for name, value in told.items()):
        raise IdTaken
    raise AlreadyKept(kept)


def keep(*, patient: Patient, by: Person, now: datetime, pk: UUID | None = None, **told: Any) -> Contact:
    """Keep a contact with a patient; `told` are the other fields of Contact. Call it inside a transaction.

    A next step with a day becomes a work item from that day on, one for all alerts the contact was about. What was
    promised before about the same alert, or for the same work item, is replaced by it. Raise IdTaken.
    """
    contact = Contact(pk=pk or uuid4(), patient=patient, at=now, by=by, **told)
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError:  # another contact with this id was kept at the same moment
        if Contact.objects.filter(pk=contact.pk).exists():
            raise IdTaken from None
        raise
    _replace_promises(contact, by, now)
    if contact.next_on is not None and contact.part_of is None:
        WorkItem.objects.create(
            clinic_id=patient.clinic_id, patient=patient, kind=WorkItem.Kind.FOLLOW_UP, promised_in=contact,
            occasion=f"{WorkItem.Kind.FOLLOW_UP}:{contact.pk}", begins_on=contact.next_on, due_on=contact.next_on,
            created_at=now, assigned_to=by,
        )  # fmt: skip
    return contact


def _replace_promises(contact: Contact, by: Person, now: datetime) -> None:
    """The work item a contact was recorded for ends by its own act, or stays. An attempt in vain ends no promise."""
    if contact.outcome in Contact.KEEPS_OPEN and contact.next_on is None:
        return
    promises = WorkItem.objects.filter(patient=contact.patient_id, kind=WorkItem.Kind.FOLLOW_UP, done_at=None)
    if contact.alert_id is not None:
        same = Q(promised_in__alert=contact.alert_id)
    elif contact.work_item_id is not None:
        same = Q(promised_in__work_item=contact.work_item_id) & ~Q(pk=contact.work_item_id)
    else:
        return
    promises.filter(same).exclude(promised_in=contact).update(done_at=now, done_by=by)


def end_work(*, patient_id: UUID, now: datetime) -> None:
    """Nothing is to be done for this patient any more: their work items end by themselves."""
    WorkItem.objects.filter(patient=patient_id, done_at=None).update(done_at=now)


def end_work_of_who_left_care() -> None:
    """The net: what a tick found for a patient in the moment their care ended, ends as if it had been there then.

    What a nurse promises about an alert that is still open stays. Safe to run twice and side by side.
    """
    since = Patient.objects.filter(pk=OuterRef("patient")).values("status_since")
    found = WorkItem.objects.filter(done_at=None).exclude(kind=WorkItem.Kind.FOLLOW_UP)
    left = found.exclude(patient__status=Patient.Status.ACTIVE)
    left.update(done_at=Subquery(since))


def resume_work(*, patient_id: UUID, ended_at: datetime) -> None:
    """What ended by itself at that moment is to be done again; what somebody had finished stays finished."""
    WorkItem.objects.filter(patient=patient_id, done_at=ended_at, done_by=None).update(done_at=None)
