"""Undo "Record and resolve" within a minute, as if it had not been pressed. An event on each alert keeps the trace."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from backend.accounts.models import Person
from backend.care.treatment import withdraw
from backend.messaging import services as messaging

from . import services
from .models import Alert, AlertEvent, ConfirmedGrade, Contact, Snooze, WorkItem
from .undo_window import ON_ITS_WAY, UNDO_WITHIN, TooLate

RESTORED = (
    "state", "acknowledged_by_id", "acknowledged_at", "assigned_to_id", "escalate_at", "grade", "resolved_by_id",
    "resolved_at",
)  # fmt: skip
"""What resolving changes of an alert, and undoing gives back."""


class NothingToUndo(Exception):
    """No contact of this person with this id resolved this alert."""


class ChangedSince(Exception):
    """Something has happened to one of the alerts since: a log, or a colleague."""


def as_before(alert: Alert) -> dict[str, object]:
    """What `undo` needs to know of an alert, read before it is resolved."""
    return {name: getattr(alert, name) for name in RESTORED}


def undo(*, alert: Alert, contact_id: UUID, nurse: Person, now: datetime) -> None:
    """Take back a contact with which this nurse has just resolved this alert, and others with it.

    The alerts are as before, with the same clocks. Promises, snooze, grade and dose decision recorded with it are taken
    back. Raise NothingToUndo, TooLate, ChangedSince, or what `backend.care.treatment.withdraw` refuses.
    """
    with transaction.atomic():
        contact = Contact.objects.filter(pk=contact_id, alert=alert, by=nurse, resolves=True, part_of=None).first()
        if contact is None:
            raise NothingToUndo
        if now - contact.at > UNDO_WITHIN + ON_ITS_WAY:
            raise TooLate
        contacts = [contact, *contact.parts.all()]
        _check_unchanged(contacts)
        _take_back_what_came_with(contacts, nurse, now)
        for one in contacts:
            _restore(one, nurse, now)
        Contact.objects.filter(part_of=contact).delete()
        contact.delete()


def _check_unchanged(contacts: list[Contact]) -> None:
    """Lock the alerts in the order in which a log about them is flagged, to avoid deadlocks."""
    at, wanted = contacts[0].at, [one.alert_id for one in contacts if one.alert_id]
    rows = Alert.objects.filter(pk__in=wanted).order_by("resolved_at", "pk").select_for_update(no_key=True)
    same = all(row.state == Alert.State.RESOLVED and row.resolved_at == at for row in rows)
    if not same or AlertEvent.objects.filter(alert__in=wanted, at__gt=at).exists():
        raise ChangedSince


def _take_back_what_came_with(contacts: list[Contact], nurse: Person, now: datetime) -> None:
    at, patient = contacts[0].at, contacts[0].patient_id
    WorkItem.objects.filter(promised_in__in=contacts).delete()
    WorkItem.objects.filter(patient=patient, done_at=at, done_by=nurse).update(done_at=None, done_by=None)
    Snooze.objects.filter(contact__in=contacts).delete()
    Snooze.objects.filter(patient=patient, ended_at=at, ended_by=nurse).update(ended_at=None, ended_by=None)
    for grade in ConfirmedGrade.objects.filter(contact__in=contacts):
        grade.delete()
        earlier = ConfirmedGrade.objects.filter(patient=patient, symptom=grade.symptom, day=grade.day)
        earlier.filter(superseded_at=at).update(superseded_at=None)
    for contact in contacts:
        if contact.dose_decision is not None:
            withdraw(decision=contact.dose_decision, why="Undone within a minute.", by=nurse, now=now)
    messaging.cancel(alerts=[one.alert_id for one in contacts if one.alert_id], template="team_answered", why="undone")


def _restore(contact: Contact, nurse: Person, now: datetime) -> None:
    alert = contact.alert
    if alert is None or contact.alert_before is None:
        raise NothingToUndo
    try:
        with transaction.atomic():
            Alert.objects.filter(pk=alert.pk).update(**contact.alert_before)
    except IntegrityError as error:  # the symptom has a new alert
        raise ChangedSince from error
    services.note_event(alert, AlertEvent.Kind.UNDONE, nurse, now, contact.outcome)
