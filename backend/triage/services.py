"""The acts on an alert: acknowledge, assign, reopen; recording.py has contacts and resolving. The database decides who
was first."""

from datetime import datetime, timedelta
from typing import NoReturn

from django.db import IntegrityError, transaction
from django.db.models import Case, F, When
from django.db.models.functions import Coalesce, Greatest, Least

from backend.accounts.models import Person
from backend.care.deciding import NOT_ASKED, Seen
from backend.care.models import Patient
from backend.messaging.models import Delivery
from backend.messaging.services import Request, cancel_all, request_deliveries

from . import contacts
from .escalation import step
from .models import Alert, AlertEvent, Snooze

State = Alert.State
Kind = AlertEvent.Kind


class AlertConflict(Exception):
    """Somebody else was first. Says who, and when."""

    def __init__(self, by: Person | None, at: datetime | None) -> None:
        super().__init__(str(by))
        self.by, self.at = by, at


class AlreadyAcknowledged(AlertConflict):
    """The alert is no longer open."""


class AlreadyAssigned(AlertConflict):
    """The alert has changed hands: somebody else has it than was seen, or nobody."""


class AlreadyResolved(AlertConflict):
    """The alert has been resolved."""


class AnotherIsOpen(AlertConflict):
    """The symptom has a live alert already, so the resolved one cannot be opened again."""


class NotResolved(Exception):
    """Only a resolved alert can be opened again."""


class NoteMissing(Exception):
    """This outcome has to say why."""


class NotAColleague(Exception):
    """The person does not work at this clinic, or not in the role needed."""


def acknowledge(*, alert: Alert, nurse: Person, now: datetime) -> None:
    """Take an open alert and let the patient know. Raise AlreadyAcknowledged, naming who has it, if it is not open."""
    with transaction.atomic():
        take(alert=alert, nurse=nurse, now=now)
        tell_patient(alert, now)


def take(*, alert: Alert, nurse: Person, now: datetime) -> None:
    """Take an open alert; its clock runs on. Raise AlreadyAcknowledged as above. Call it inside a transaction.

    One step before the alert is due the tick warns its owner, see `escalation`. One that was passed on keeps its clock.
    """
    warned_at = F("due_at") - step(alert)
    taken = Alert.objects.filter(pk=alert.pk, state=State.OPEN).update(
        state=State.ACKNOWLEDGED,
        acknowledged_by=nurse,
        acknowledged_at=now,
        assigned_to=nurse,
        escalate_at=Case(When(escalation_level=0, then=Least(F("due_at"), Greatest(warned_at, now))),
                         default=F("escalate_at")),
    )  # fmt: skip
    if not taken:
        current = Alert.objects.select_related("acknowledged_by").get(pk=alert.pk)
        raise AlreadyAcknowledged(current.acknowledged_by, current.acknowledged_at)
    note_event(alert, Kind.ACKNOWLEDGED, nurse, now)


def assign(*, alert: Alert, to: Person, by: Person, now: datetime, seen: Seen = NOT_ASKED) -> None:
    """Give a live alert to a colleague.

    `seen` is who had it when whoever assigns it looked, None for nobody. Raise AlreadyAssigned, naming who has it, when
    that has changed; one who has it already keeps it, so it is safe to send twice. Raise AlreadyResolved or
    NotAColleague.
    """
    if (
        to.clinic_id != alert.clinic_id
        or not to.is_active
        or to.role not in (Person.Role.NURSE, Person.Role.PRESCRIBER)
    ):
        raise NotAColleague
    with transaction.atomic():
        live = Alert.objects.filter(pk=alert.pk).live().annotate(owner=Coalesce("assigned_to", "acknowledged_by"))
        as_seen = live if seen == NOT_ASKED else live.filter(owner=seen)
        if as_seen.update(assigned_to=to):
            note_event(alert, Kind.ASSIGNED, by, now, to.name)
        else:
            _raise_unless_owner(alert, to)


def _raise_unless_owner(alert: Alert, person: Person) -> None:
    current = Alert.objects.select_related("assigned_to", "acknowledged_by").get(pk=alert.pk)
    if current.state == State.RESOLVED:
        raise_resolved(alert)
    owner = current.assigned_to or current.acknowledged_by
    if owner != person:
        raise AlreadyAssigned(owner, None)


def reopen(*, alert: Alert, note: str, nurse: Person, now: datetime) -> None:
    """Open a resolved alert again, with a new clock; whatever snooze of its symptom runs ends.

    Raise NotResolved, AnotherIsOpen or NoteMissing.
    """
    if not note.strip():
        raise NoteMissing
    due = now + timedelta(minutes=alert.due_minutes)
    try:
        with transaction.atomic():
            reopened = Alert.objects.filter(pk=alert.pk, state=State.RESOLVED).update(
                state=State.OPEN, due_at=due, escalate_at=due, escalation_level=0, acknowledged_by=None,
                acknowledged_at=None, resolved_by=None, resolved_at=None, change=Alert.Change.REPEAT,
            )  # fmt: skip
            if not reopened:
                raise NotResolved
            running = Snooze.objects.filter(patient=alert.patient_id, symptom=alert.symptom, ended_at=None)
            running.update(ended_at=now, ended_by=nurse)
            note_event(alert, Kind.REOPENED, nurse, now, note)
    except IntegrityError as error:
        raise AnotherIsOpen(None, None) from error


def end_care(*, patient: Patient, status: str, now: datetime) -> None:
    """The patient has withdrawn, died or moved to another clinic: from here on nothing is sent on any channel."""
    with transaction.atomic():
        Patient.objects.filter(pk=patient.pk).update(status=status, status_since=now)
        cancel_all(patient=patient, why=f"patient {status}")
        contacts.end_work(patient_id=patient.pk, now=now)


def raise_resolved(alert: Alert) -> NoReturn:
    """Raise AlreadyResolved, naming who has resolved it and when."""
    current = Alert.objects.select_related("resolved_by").get(pk=alert.pk)
    raise AlreadyResolved(current.resolved_by, current.resolved_at)


def note_event(alert: Alert, kind: str, by: Person | None, now: datetime, detail: str = "") -> None:
    """Keep what happened to an alert."""
    AlertEvent.objects.create(alert=alert, kind=kind, at=now, by=by, detail=detail)


def tell_patient(alert: Alert, now: datetime) -> None:
    """Let the patient know that somebody has answered."""
    key = f"team_answered:{alert.pk}:{now.isoformat()}"
    answered = Request(key, alert.patient_id, Delivery.Recipient.PATIENT, "team_answered", alert.pk)
    request_deliveries(requests=[answered], now=now)
