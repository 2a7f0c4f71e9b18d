"""Recording what came of a contact: the alert stays open or is resolved. One contact may be about several alerts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.care.deciding import Decision, DecisionRefused
from backend.care.models import DoseDecision
from backend.care.selectors import running_treatment
from backend.care.treatment import decide

from . import contacts, grades, guided, next_steps, services, snooze, undo
from .models import RANKS, Alert, AlertEvent, Contact, NextStep, Urgency

State = Alert.State
Kind = AlertEvent.Kind


class OutcomeKeepsOpen(Exception):
    """A message left, or nobody reached, is no answer: the alert stays open."""


class AlsoNotOpen(Exception):
    """Another alert this contact is said to be about is not open, is not this patient's, or is an emergency."""


class ChangedMeanwhile(Exception):
    """The alert became worse, or got another grade than the one corrected here, after the nurse looked at it."""

    def __init__(self, alert: Alert) -> None:
        super().__init__(str(alert.pk))
        self.alert = alert


@dataclass(frozen=True, slots=True)
class SeenAlert:
    """What the nurse saw of an alert when she began to record: its urgency, and its grade if it has one."""

    urgency: str
    grade: int | None

    def allows(self, alert: Alert, *, grade: int | None) -> bool:
        """Whether she may record, with this grade of hers, about the alert as it is now."""
        if alert.urgency_rank > RANKS[Urgency(self.urgency)] or (alert.grade or 0) > (self.grade or 0):
            return False
        return grade is None or alert.grade == self.grade


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a contact.

    `grade` is the clinician's CTCAE grade, 0 to 4; `guide` the answers to the call guide; `set_aside` why what they
    found needs nothing more; `also` other alerts of the
    same patient that the contact was about: they end, or stay open, with it. An emergency is none of them: it has a
    record of its own. `id` is the sender's: however often the contact is sent, it is kept once. `seen` is what the
    nurse saw of these alerts, by id: with it none is ended, or its clock stopped, that became worse meanwhile.
    """

    code: str
    note: str = ""
    next_step: str = ""
    next_on: date | None = None
    next_code: str = ""
    next_at: datetime | None = None
    grade: int | None = None
    decision: Decision | None = None
    expected: snooze.Expected | None = None
    guide: Mapping[str, bool] = field(default_factory=dict)
    set_aside: str = ""
    also: frozenset[UUID] = frozenset()
    id: UUID | None = None
    seen: Mapping[UUID, SeenAlert] = field(default_factory=dict)

    def words(self) -> dict[str, Any]:
        """What is kept of it whatever it is about, by the fields of Contact."""
        return {
            "outcome": self.code,
            "note": self.note.strip(),
            "next_step": self.next_step.strip(),
            "next_on": self.next_on,
            "next_code": self.next_code,
            "next_at": self.next_at,
            "set_aside": self.set_aside.strip(),
        }

    def answered(self) -> guided.Answered:
        """How it answers what the call guide found."""
        care = self.code == Contact.Outcome.SENT_TO_EMERGENCY_CARE or self.next_code == NextStep.GO_TO_EMERGENCY
        follows = next_steps.answers_a_finding(code=self.next_code, words=self.next_step)
        return guided.Answered(follows, care, self.set_aside.strip())

    def about_another(self) -> "Outcome":
        """The same contact, of an alert it was also about: what was graded, decided and asked is the first alert's."""
        return replace(
            self, id=None, grade=None, decision=None, expected=None, guide={}, set_aside="", also=frozenset()
        )


def record_contact(*, alert: Alert, outcome: Outcome, nurse: Person, now: datetime) -> Contact:
    """Record a contact and keep the alert open, acknowledged by whoever recorded it. An attempt to reach the patient
    stops its clock.

    What was heard may make it more urgent, never less. Raise AlreadyKept, AlreadyResolved, AlsoNotOpen,
    ChangedMeanwhile, IdTaken, NoteMissing, QuestionNotAsked, SnoozeRefused, or what
    `backend.care.treatment.decide` refuses.
    """
    _check(alert, outcome)
    if outcome.expected is not None:
        raise snooze.SnoozeRefused(
            "snooze", "Only what is resolved can be snoozed.", "Resolve it, or do not snooze it."
        )
    with transaction.atomic():
        current, others = _locked(alert, outcome, nurse, resolves=False)
        if State.OPEN in {one.state for one in (current, *others)}:
            services.tell_patient(alert, now)
        contact = _keep_open(current, outcome, nurse, now)
        heard = guided.heard(alert=current, answers=outcome.guide, now=now)
        if heard is not None:
            guided.worsen(alert=current, heard=heard, nurse=nurse, now=now)
        for other in others:
            _keep_open(other, outcome.about_another(), nurse, now, part_of=contact)
    return contact


def resolve(*, alert: Alert, outcome: Outcome, nurse: Person, now: datetime) -> Contact:
    """Close an alert with its outcome, and snooze its symptom if the nurse says what she expects.

    The patient is told once that somebody has answered. Raise AlreadyKept, AlreadyResolved, AlsoNotOpen,
    ChangedMeanwhile, IdTaken, OutcomeKeepsOpen, NoteMissing, FindingNotAnswered, QuestionNotAsked,
    SnoozeRefused, or what `backend.care.treatment.decide` refuses.
    """
    if outcome.code in Contact.KEEPS_OPEN:
        raise OutcomeKeepsOpen
    _check(alert, outcome)
    with transaction.atomic():
        current, others = _locked(alert, outcome, nurse, resolves=True)
        guided.check_closing(alert=current, answers=outcome.guide, answered=outcome.answered(), now=now)
        contact = _close(current, outcome, nurse, now)
        services.tell_patient(alert, now)
        for other in others:
            _close(other, outcome.about_another(), nurse, now, part_of=contact)
    return contact


def _check(alert: Alert, outcome: Outcome) -> None:
    guided.check(alert=alert, answers=outcome.guide)
    undecided = outcome.code == Contact.Outcome.PRESCRIBER_INFORMED and outcome.decision is None
    if (undecided or outcome.code == Contact.Outcome.NO_ACTION_NEEDED) and not outcome.note.strip():
        raise services.NoteMissing


def _locked(alert: Alert, outcome: Outcome, nurse: Person, *, resolves: bool) -> tuple[Alert, list[Alert]]:
    """Lock the alert and the others in the order in which a log about them is flagged: nobody waits in a circle."""
    also = outcome.also
    wanted = {alert.pk, *also}
    rows = Alert.objects.filter(pk__in=wanted, patient=alert.patient_id).order_by("resolved_at", "pk")
    locked = rows.select_for_update(of=("self",), no_key=True)
    found = {row.pk: row for row in locked.select_related("patient")}
    current = found.pop(alert.pk)
    contacts.refuse_twice(
        outcome.id, by=nurse, alert_id=alert.pk, resolves=resolves, grade=outcome.grade, **outcome.words()
    )
    if current.state == State.RESOLVED:
        services.raise_resolved(alert)
    others = [row for row in found.values() if row.state != State.RESOLVED and row.urgency != Urgency.EMERGENCY]
    if len(others) != len(also - {alert.pk}):
        raise AlsoNotOpen
    _check_seen(current, others, outcome)
    return current, others


def _check_seen(current: Alert, others: list[Alert], outcome: Outcome) -> None:
    for alert in (current, *others):
        seen = outcome.seen.get(alert.pk)
        grade = outcome.grade if alert is current else None
        if seen is not None and not seen.allows(alert, grade=grade):
            raise ChangedMeanwhile(alert)


def _keep_open(
    alert: Alert, outcome: Outcome, nurse: Person, now: datetime, *, part_of: Contact | None = None
) -> Contact:
    if alert.state == State.OPEN:
        services.take(alert=alert, nurse=nurse, now=now)
    if outcome.code in Contact.TRIED_TO_REACH:
        Alert.objects.filter(pk=alert.pk).update(escalate_at=None)
    contact = _contact(alert, outcome, nurse, now, resolves=False, part_of=part_of)
    services.note_event(alert, Kind.CONTACT, nurse, now, outcome.code)
    return contact


def _close(alert: Alert, outcome: Outcome, nurse: Person, now: datetime, *, part_of: Contact | None = None) -> Contact:
    before = undo.as_before(alert)
    contact = _contact(alert, outcome, nurse, now, resolves=True, part_of=part_of, before=before)
    alert.state, alert.resolved_by, alert.resolved_at = State.RESOLVED, nurse, now
    alert.acknowledged_by = alert.acknowledged_by or nurse
    alert.acknowledged_at = alert.acknowledged_at or now
    alert.escalate_at = None
    if outcome.grade is not None:
        alert.grade = outcome.grade
    if outcome.expected is not None:
        snooze.check(alert=alert, expected=outcome.expected, grade=alert.grade, now=now)
        snooze.begin(alert=alert, expected=outcome.expected, contact=contact, now=now)
    alert.save()
    services.note_event(alert, Kind.RESOLVED, nurse, now, outcome.code)
    return contact


def _contact(
    alert: Alert,
    outcome: Outcome,
    nurse: Person,
    now: datetime,
    *,
    resolves: bool,
    part_of: Contact | None,
    before: dict[str, object] | None = None,
) -> Contact:
    decision = _decide_dose(alert, outcome.decision, nurse, now) if outcome.decision else None
    contact = contacts.keep(
        patient=alert.patient,
        by=nurse,
        now=now,
        pk=outcome.id,
        alert=alert,
        grade=outcome.grade,
        resolves=resolves,
        dose_decision=decision,
        guide=dict(outcome.guide),
        part_of=part_of,
        alert_before=before,
        **outcome.words(),
    )
    if outcome.grade is not None:
        grades.confirm_at_contact(contact=contact, alert=alert, grade=outcome.grade)
    return contact


def _decide_dose(alert: Alert, decision: Decision, nurse: Person, now: datetime) -> DoseDecision:
    treatment = running_treatment(alert.patient)
    if treatment is None:
        raise DecisionRefused("kind", "This patient has no treatment yet.", "Record the treatment first.")
    return decide(treatment=treatment, decision=decision, recorded_by=nurse, now=now)
