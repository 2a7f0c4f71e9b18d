"""The course of one treatment: its dose decisions played in order, as spans at one dose, on hold, or ended. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from backend.protocol.dose import Dose, Schedule

ENDS = frozenset({"stop", "switch"})
NAMES_A_DOSE = frozenset({"start", "reduction", "increase", "resumption"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One dose decision, with the dose it names."""

    id: UUID
    kind: str
    effective_on: date
    dose: Dose | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which the same holds: a dose, taken or on hold. `last` is None while it goes on.

    `step` is the decision that began it, None for the start of the treatment.
    """

    first: date
    last: date | None
    dose: Dose
    held: bool = False
    step: Step | None = None


class OutOfStep(Exception):
    """A decision that cannot follow what was decided before: which one, at which field, why, and what to do."""

    def __init__(self, step: Step, field: str, why: str, mend: str) -> None:
        super().__init__(f"{why} {mend}")
        self.step, self.field, self.why, self.mend = step, field, why, mend


def in_words(day: date) -> str:
    """A day as a nurse reads it: May 14, 2026."""
    return f"{day:%b} {day.day}, {day.year}"


def spans(*, started_on: date, dose: Dose, usual: Schedule, steps: Iterable[Step]) -> list[Span]:
    """Play the steps in the order of their days. Raise OutOfStep for one that cannot follow those before it.

    Two decisions of one day: the first leaves no span. `usual` is the schedule of doses that name none.
    """
    played = [Span(started_on, None, dose)]
    for step in steps:
        now = played[-1]
        if now.last is not None:
            ended = in_words(now.last)
            raise OutOfStep(step, "effective_on", f"The treatment ended on {ended}.", "Choose a day before it ended.")
        following = _after(now, step, usual)
        if following is None:
            continue
        played[-1] = replace(now, last=step.effective_on - _DAY)
        if step.kind not in ENDS:
            played.append(following)
    return [span for span in played if span.last is None or span.last >= span.first]


def average_mg(dose: Dose, usual: Schedule) -> float | None:
    """mg a day over days with and without the drug; None where it is known in words only."""
    if dose.mg_a_day is None:
        return None
    schedule = dose.schedule or usual
    return dose.mg_a_day * schedule.days_on / (schedule.days_on + schedule.days_off)


def _after(now: Span, step: Step, usual: Schedule) -> Span | None:
    """The span that begins with this step; None where it changes nothing."""
    if step.kind in ("start", "no_change"):
        return None
    if step.kind in ENDS:
        return now
    since = in_words(now.first)
    if step.kind == "hold":
        if now.held:
            raise OutOfStep(step, "kind", f"It is on hold since {since}.", "Choose what else was decided.")
        return Span(step.effective_on, None, now.dose, held=True, step=step)
    if step.dose is None:
        raise OutOfStep(step, "level", "The dose from then on is missing.", "Choose a dose, or write another one.")
    if step.kind == "resumption":
        if not now.held:
            raise OutOfStep(step, "kind", "It is not on hold, so it cannot be resumed.", "Choose what was decided.")
    elif now.held:
        raise OutOfStep(step, "kind", f"It is on hold since {since}.", "Record a resumption, with its dose.")
    else:
        _check_direction(now, step, step.dose, usual)
    return Span(step.effective_on, None, step.dose, step=step)


def _check_direction(now: Span, step: Step, dose: Dose, usual: Schedule) -> None:
    """A reduction goes down, an increase up, as far as the mg of both are known."""
    before, after = average_mg(now.dose, usual), average_mg(dose, usual)
    if before is None or after is None:
        return
    if step.kind == "reduction" and after >= before:
        raise OutOfStep(step, "level", f"It is {now.dose.words} already.", "Choose a lower dose.")
    if step.kind == "increase" and after <= before:
        raise OutOfStep(step, "level", f"It is {now.dose.words} already.", "Choose a higher dose.")
