"""The acts on an alert: acknowledge, assign, record a contact, resolve, reopen. The database decides who was first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from backend.accounts.models import Person
from backend.care.deciding import Decision, DecisionRefused
from backend.care.models import DoseDecision, Patient
from backend.care.selectors import running_treatment
from backend.care.treatment import decide
from backend.messaging.models import Delivery
from backend.messaging.services import Request, cancel_all, request_deliveries

from . import contacts, grades, guided, snooze
from .models import Alert, AlertEvent, Contact

State = Alert.State
Kind = AlertEvent.Kind


class AlertConflict(Exception):
    """Somebody else was first. Says who, and when."""

    def __init__(self, by: Person | None, at: datetime | None) -> None:
        super().__init__(str(by))
        self.by, self.at = by, at


class AlreadyAcknowledged(AlertConflict):
    """The alert is no longer open."""


class AlreadyResolved(AlertConflict):
    """The alert has been resolved."""


class AnotherIsOpen(AlertConflict):
    """The symptom has a live alert already, so the resolved one cannot be opened again."""


class NotResolved(Exception):
    """Only a resolved alert can be opened again."""


class OutcomeKeepsOpen(Exception):
    """A message left, or nobody reached, is no answer: the alert stays open."""


class NoteMissing(Exception):
    """This outcome has to say why."""


class NotAColleague(Exception):
    """The person does not work at this clinic, or not in the role needed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a contact. `grade` is the clinician's CTCAE grade, 0 to 4; `guide` the answers to the call guide."""

    code: str
    note: str = ""
    next_step: str = ""
    next_on: date | None = None
    grade: int | None = None
    decision: Decision | None = None
    expected: snooze.Expected | None = None
    guide: Mapping[str, bool] = field(default_factory=dict)


def acknowledge(*, alert: Alert, nurse: Person, now: datetime) -> None:
    """Take an open alert. Raise AlreadyAcknowledged, naming who has it, if it is no longer open."""
    with transaction.atomic():
        taken = Alert.objects.filter(pk=alert.pk, state=State.OPEN).update(
            state=State.ACKNOWLEDGED,
            acknowledged_by=nurse,
            acknowledged_at=now,
            assigned_to=nurse,
            escalate_at=None,
        )
        if not taken:
            current = Alert.objects.select_related("acknowledged_by").get(pk=alert.pk)
            raise AlreadyAcknowledged(current.acknowledged_by, current.acknowledged_at)
        _note(alert, Kind.ACKNOWLEDGED, nurse, now)
        _tell_patient(alert, now)


def assign(*, alert: Alert, to: Person, by: Person, now: datetime) -> None:
    """Give a live alert to a colleague. Raise AlreadyResolved or NotAColleague."""
    if (
        to.clinic_id != alert.clinic_id
        or not to.is_active
        or to.role not in (Person.Role.NURSE, Person.Role.PRESCRIBER)
    ):
        raise NotAColleague
    with transaction.atomic():
        if not Alert.objects.filter(pk=alert.pk).exclude(state=State.RESOLVED).update(assigned_to=to):
            _raise_resolved(alert)
        _note(alert, Kind.ASSIGNED, by, now, to.name)


def record_contact(*, alert: Alert, outcome: Outcome, nurse: Person, now: datetime) -> Contact:
    """Record a contact and keep the alert open, acknowledged by whoever recorded it.

    What was heard may make it more urgent, never less. Raise QuestionNotAsked or SnoozeRefused as well.
    """
    _check(alert, outcome)
    if outcome.expected is not None:
        raise snooze.SnoozeRefused(
            "snooze", "Only what is resolved can be snoozed.", "Resolve it, or do not snooze it."
        )
    with transaction.atomic():
        current = Alert.objects.select_for_update().get(pk=alert.pk)
        if current.state == State.RESOLVED:
            _raise_resolved(alert)
        if current.state == State.OPEN:
            acknowledge(alert=alert, nurse=nurse, now=now)
        contact = _contact(current, outcome, nurse, now, resolves=False)
        _note(alert, Kind.CONTACT, nurse, now, outcome.code)
        heard = guided.heard(alert=current, answers=outcome.guide, now=now)
        if heard is not None:
            guided.worsen(alert=current, heard=heard, nurse=nurse, now=now)
    return contact


def resolve(*, alert: Alert, outcome: Outcome, nurse: Person, now: datetime) -> Contact:
    """Close an alert with its outcome, and snooze its symptom if the nurse says what she expects.

    The patient is told that somebody has answered. Raise AlreadyResolved, OutcomeKeepsOpen, NoteMissing,
    WarningSignNeedsNote, QuestionNotAsked, SnoozeRefused, or what `backend.care.treatment.decide` refuses.
    """
    if outcome.code in Contact.KEEPS_OPEN:
        raise OutcomeKeepsOpen
    _check(alert, outcome)
    with transaction.atomic():
        current = Alert.objects.select_for_update().get(pk=alert.pk)
        if current.state == State.RESOLVED:
            _raise_resolved(alert)
        guided.check_closing(alert=current, answers=outcome.guide, note=outcome.note, now=now)
        contact = _contact(current, outcome, nurse, now, resolves=True)
        current.state, current.resolved_by, current.resolved_at = State.RESOLVED, nurse, now
        current.acknowledged_by = current.acknowledged_by or nurse
        current.acknowledged_at = current.acknowledged_at or now
        current.escalate_at = None
        if outcome.grade is not None:
            current.grade = outcome.grade
        if outcome.expected is not None:
            snooze.check(alert=current, expected=outcome.expected, grade=current.grade, now=now)
            snooze.begin(alert=current, expected=outcome.expected, contact=contact, now=now)
        current.save()
        _note(alert, Kind.RESOLVED, nurse, now, outcome.code)
        _tell_patient(alert, now)
    return contact


def reopen(*, alert: Alert, note: str, nurse: Person, now: datetime) -> None:
    """Open a resolved alert again, with a new clock; its snooze ends.

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
            alert.snoozes.filter(ended_at=None).update(ended_at=now, ended_by=nurse)
            _note(alert, Kind.REOPENED, nurse, now, note)
    except IntegrityError as error:
        raise AnotherIsOpen(None, None) from error


def end_care(*, patient: Patient, status: str, now: datetime) -> None:
    """The patient has withdrawn, died or moved to another clinic: from here on nothing is sent on any channel."""
    with transaction.atomic():
        Patient.objects.filter(pk=patient.pk).update(status=status, status_since=now)
        cancel_all(patient=patient, why=f"patient {status}")
        contacts.end_work(patient_id=patient.pk, now=now)


def _check(alert: Alert, outcome: Outcome) -> None:
    guided.check(alert=alert, answers=outcome.guide)
    if outcome.code == Contact.Outcome.NO_ACTION_NEEDED and not outcome.note.strip():
        raise NoteMissing


def _contact(alert: Alert, outcome: Outcome, nurse: Person, now: datetime, *, resolves: bool) -> Contact:
    decision = _decide_dose(alert, outcome.decision, nurse, now) if outcome.decision else None
    contact = contacts.keep(
        patient=alert.patient,
        by=nurse,
        now=now,
        alert=alert,
        outcome=outcome.code,
        note=outcome.note.strip(),
        next_step=outcome.next_step.strip(),
        next_on=outcome.next_on,
        grade=outcome.grade,
        resolves=resolves,
        dose_decision=decision,
        guide=dict(outcome.guide),
    )
    if outcome.grade is not None:
        grades.confirm_at_contact(contact=contact, alert=alert, grade=outcome.grade)
    return contact


def _decide_dose(alert: Alert, decision: Decision, nurse: Person, now: datetime) -> DoseDecision:
    treatment = running_treatment(alert.patient)
    if treatment is None:
        raise DecisionRefused("kind", "This patient has no treatment yet.", "Record the treatment first.")
    return decide(treatment=treatment, decision=decision, recorded_by=nurse, now=now)


def _raise_resolved(alert: Alert) -> None:
    current = Alert.objects.select_related("resolved_by").get(pk=alert.pk)
    raise AlreadyResolved(current.resolved_by, current.resolved_at)


def _note(alert: Alert, kind: str, by: Person | None, now: datetime, detail: str = "") -> None:
    AlertEvent.objects.create(alert=alert, kind=kind, at=now, by=by, detail=detail)


def _tell_patient(alert: Alert, now: datetime) -> None:
    key = f"team_answered:{alert.pk}:{now.isoformat()}"
    answered = Request(key, alert.patient_id, Delivery.Recipient.PATIENT, "team_answered", alert.pk)
    request_deliveries(requests=[answered], now=now)
