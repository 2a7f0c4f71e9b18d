"""Ask the protocol about one day of one patient. Pure: rows in, an assessment out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from backend.care.selectors import PatientContext
from backend.protocol import advice, evaluate, load, reason
from backend.protocol.model import Assessment, Facts, Fired, Protocol


@dataclass(frozen=True, slots=True)
class Review:
    """A nurse closed an alert on this symptom on that day (the patient's calendar), at this grade."""

    symptom: str
    on: date
    grade: int


@dataclass(frozen=True, slots=True)
class Judged:
    """An assessment with all it was made from."""

    protocol: Protocol
    days: list[Facts | None]
    baseline: dict[str, Any]
    assessment: Assessment

    def reason(self, fired: Fired) -> str:
        """One line for the nurse: what was found, with its facts."""
        return reason.reason(self.protocol, fired, self.days, self.baseline)

    def detail(self, fired: Fired) -> str:
        """One more line for the nurse: what it was before. May be empty."""
        return reason.reason_detail(self.protocol, fired, self.days, self.baseline)


def protocol_of(context: PatientContext) -> Protocol:
    """The protocol version the patient's clinic has adopted for their drug, or the newest one."""
    return load.adopted(context.drug, version=context.version)


def judge(
    *,
    context: PatientContext,
    day: date,
    facts_by_day: Mapping[date, dict[str, Any]],
    reviews: Iterable[Review] = (),
) -> Judged:
    """Judge `day` by the patient's protocol, looking back as far as its rules do."""
    protocol = protocol_of(context)
    days = [facts_by_day.get(day - timedelta(days=ago)) for ago in range(protocol.window_days)]
    reviewed = [
        {"symptom": review.symptom, "days_ago": (day - review.on).days, "grade": review.grade}
        for review in reviews
        if review.on <= day
    ]
    assessment = evaluate.evaluate(
        protocol, days=days, baseline=context.baseline, reviewed=reviewed, parameters=context.parameters
    )
    return Judged(protocol, days, context.baseline, assessment)


def answer(judged: Judged, context: PatientContext, *, past: bool = False) -> dict[str, Any]:
    """What a patient is answered at once: assessment, advice, and within how many minutes a nurse is due.

    `past`: the day was over when it was logged.
    """
    found = judged.assessment
    composed = advice.compose(
        judged.protocol,
        found,
        judged.days,
        judged.baseline,
        language=context.language,
        region=context.region,
        past=past,
    )
    due = [fired.nurse_due_minutes for fired in found.fired if fired.nurse_due_minutes is not None]
    return {
        "assessment": {
            "urgency": found.urgency,
            "grades_ctcae5": found.grades_ctcae5,
            "grades_ctcae6": found.grades_ctcae6,
            "rules": [
                {
                    "id": fired.id,
                    "symptom": fired.symptom,
                    "urgency": fired.urgency,
                    "reason": judged.reason(fired),
                }
                for fired in found.fired
            ],
            "protocol": {"id": judged.protocol.drug, "version": judged.protocol.version},
        },
        "advice": _filled(composed, context),
        "nurse_due_minutes": min(due) if due else None,
    }


def agrees(shown: dict[str, Any] | None, found: Any) -> bool | None:
    """Whether the phone showed what the server finds; None if it did not say."""
    if shown is None:
        return None
    same_rules = set(shown.get("rules") or ()) == {fired.id for fired in found.fired}
    return bool(shown.get("urgency") == found.urgency and same_rules)


def _filled(value: Any, context: PatientContext) -> Any:
    """Put the clinic's telephone numbers into the protocol's sentences."""
    if isinstance(value, str):
        return value.replace("{emergency_number}", context.emergency_number).replace("{care_line}", context.care_line)
    if isinstance(value, list):
        return [_filled(item, context) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, context) for key, item in value.items()}
    return value
