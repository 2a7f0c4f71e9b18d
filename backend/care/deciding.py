"""What a dose decision has to be before it is kept: who decided, when, and whether it follows from what was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.accounts.models import Person
from backend.protocol import dose as doses

from . import course
from .models import DoseDecision, Patient, Treatment, Withdrawal
from .selectors import starting_dose, steps_of, usual_schedule

PLANNED_AT_MOST = 28
"""Days ahead a decision may be dated: one cycle. What is planned for later is decided again before it comes."""
NOT_ASKED: Literal["not asked"] = "not asked"
Seen = UUID | None | Literal["not asked"]
DAY = timedelta(days=1)


class DecisionRefused(Exception):
    """The decision cannot be kept: which field, why, and what to do."""

    def __init__(self, field: str, why: str, mend: str) -> None:
        super().__init__(f"{why} {mend}")
        self.field, self.why, self.mend = field, why, mend


class NotAPrescriber(Exception):
    """Who decided is no prescriber of this clinic."""


class RecordedMeanwhile(Exception):
    """Somebody recorded something else first: who, when and what."""

    def __init__(self, by: Person | None, at: datetime | None, kind: str | None) -> None:
        super().__init__(str(kind))
        self.by, self.at, self.kind = by, at, kind


class AlreadyRuns(Exception):
    """The patient has a running treatment, so another cannot be started beside it."""

    def __init__(self, running: Treatment | None) -> None:
        super().__init__("running")
        self.running = running


class AlreadyTakenBack(Exception):
    """The decision was taken back before: by whom and when."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        super().__init__("taken back")
        self.by, self.at = withdrawal.by, withdrawal.at


class StandsUnderOthers(Exception):
    """Later decisions follow from this one; they have to be taken back first. The message names them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A dose: a level of a ladder, or another dose in words, with its mg a day where they are known."""

    dose: str = ""
    level: int | None = None
    mg_a_day: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a prescriber decided about the dose. `drug` and `use` are those of the treatment a switch leads to."""

    kind: str
    reason: str
    decided_by: UUID
    effective_on: date
    dose: str = ""
    level: int | None = None
    mg_a_day: Decimal | None = None
    drug: str = ""
    use: str = ""


def named(drug: str, use: str, chosen: Chosen | Decision) -> tuple[str, int | None, Decimal | None]:
    """The words, level and mg to keep. A level has the words of its ladder."""
    if chosen.level is None:
        if not chosen.dose.strip():
            raise DecisionRefused("level", "The dose from then on is missing.", "Choose a dose, or write another one.")
        return chosen.dose.strip(), None, chosen.mg_a_day
    ladder = doses.use(drug, use)
    found = ladder.at(chosen.level) if ladder is not None else None
    if found is None:
        raise DecisionRefused("level", "The label has no such level.", "Choose a dose from the list.")
    return found.words, found.level, None


def prescriber_of(person: UUID, patient: Patient) -> Person:
    """The prescriber of the patient's clinic with this id. Raise NotAPrescriber."""
    found = Person.objects.filter(
        pk=person, clinic_id=patient.clinic_id, role=Person.Role.PRESCRIBER, is_active=True
    ).first()
    if found is None:
        raise NotAPrescriber
    return found


def reason_of(reason: str) -> str:
    """The reason as kept. Raise DecisionRefused where there is none."""
    if not reason.strip():
        raise DecisionRefused("reason", "The reason is missing.", "Write why, in a few words.")
    return reason.strip()


def check_seen(before: Sequence[DoseDecision], seen: Seen) -> None:
    """Raise RecordedMeanwhile unless the decision recorded last is the one that was seen."""
    last = sorted(before, key=lambda one: one.recorded_at)[-1] if before else None
    if seen in (NOT_ASKED, last.pk if last else None):
        return
    if last is None:
        raise RecordedMeanwhile(None, None, None)
    raise RecordedMeanwhile(last.recorded_by, last.recorded_at, last.kind)


def check_day(treatment: Treatment, decision: Decision, now: datetime) -> None:
    """Raise DecisionRefused for a day before the treatment, after its end, or too far ahead."""
    day, began = decision.effective_on, course.in_words(treatment.started_on)
    if day < treatment.started_on:
        raise DecisionRefused("effective_on", f"The treatment began on {began}.", "Choose that day or a later one.")
    if treatment.ended_on is not None and day > treatment.ended_on:
        ended = course.in_words(treatment.ended_on)
        raise DecisionRefused("effective_on", f"The treatment ended on {ended}.", "Choose that day or an earlier one.")
    if decision.kind not in course.ENDS:
        return check_not_too_late(day, treatment.patient, now, field="effective_on")
    if day == treatment.started_on:
        why = f"The treatment began on {began}: it would have no day."
        raise DecisionRefused("effective_on", why, "Choose a later day, or take back the start.")
    if day > _today(treatment.patient, now):
        why = "The phone's questions end with the treatment."
        raise DecisionRefused("effective_on", why, "Record it on the day it counts from.")
    return None


def check_not_too_late(day: date, patient: Patient, now: datetime, *, field: str) -> None:
    """Raise DecisionRefused for a day further ahead than a plan reaches."""
    last = _today(patient, now) + PLANNED_AT_MOST * DAY
    if day > last:
        why = f"This is more than {PLANNED_AT_MOST} days ahead."
        raise DecisionRefused(field, why, f"Choose {course.in_words(last)} or an earlier day.")


def _today(patient: Patient, now: datetime) -> date:
    return now.astimezone(ZoneInfo(patient.time_zone)).date()


def check_course(treatment: Treatment, decisions: Sequence[DoseDecision], new: DoseDecision) -> None:
    """Play the course with the new decision in it. Raise DecisionRefused, in other words where a later one suffers."""
    try:
        _play(treatment, decisions)
    except course.OutOfStep as refused:
        if refused.step.id == new.pk:
            raise DecisionRefused(refused.field, refused.why, refused.mend) from refused
        day = course.in_words(refused.step.effective_on)
        why = f"What was decided for {day} would not follow any more."
        raise DecisionRefused("effective_on", why, "Choose a later day, or take that decision back first.") from refused


def check_still_follows(treatment: Treatment, left: Sequence[DoseDecision]) -> None:
    """Play the course without one decision. Raise StandsUnderOthers, naming the first day that would not follow."""
    try:
        _play(treatment, left)
    except course.OutOfStep as refused:
        raise StandsUnderOthers(course.in_words(refused.step.effective_on)) from refused


def _play(treatment: Treatment, decisions: Sequence[DoseDecision]) -> None:
    course.spans(
        started_on=treatment.started_on,
        dose=starting_dose(treatment),
        usual=usual_schedule(treatment),
        steps=steps_of(treatment, decisions),
    )
