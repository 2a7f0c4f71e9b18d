"""How treatments, dose decisions, figures and consent look from outside, as shapes/treatments.py describes them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from backend.care import intensity
from backend.care.course import Span, average_mg
from backend.care.deciding import PLANNED_AT_MOST
from backend.care.models import Consent, DoseDecision, Patient, Treatment
from backend.care.selectors import course_of, treatments_with_decisions, usual_schedule
from backend.protocol import dose as doses
from backend.protocol import load
from backend.triage.course import Answer, Intention, answers_of, intentions

from .present import today_in


@dataclass(frozen=True, slots=True)
class Course:
    """A treatment with all its decisions and the spans they make."""

    treatment: Treatment
    decisions: list[DoseDecision]
    live: list[DoseDecision]
    spans: list[Span]


def whole(patient: Patient, now: datetime) -> dict[str, Any]:
    """All courses of a patient, what became of intentions to stop, the doses to choose from, and consent."""
    today = today_in(patient.time_zone, now)
    courses = [_course(one) for one in treatments_with_decisions(patient.pk)]
    first = min((one.treatment.started_on for one in courses), default=today)
    answers = answers_of(patient_id=patient.pk, first=first, last=today)
    intended = intentions(
        patient=patient,
        spans=[span for one in courses for span in one.spans],
        decisions=[decision for one in courses for decision in one.live],
        answers=answers,
        today=today,
    )
    return {
        "name": patient.person.name,
        "today": today,
        "planned_until": today + timedelta(days=PLANNED_AT_MOST),
        "treatments": [course(one, answers, today) for one in courses],
        "intentions": [intention(one) for one in intended],
        "drugs": drugs(),
        "consents": consents(patient),
    }


def drugs() -> list[dict[str, Any]]:
    """Every drug there is a protocol for, with the ladders of its label; none where it is not taken in mg a day."""
    return [{"drug": drug, "uses": [use(one) for one in doses.of(drug)]} for drug in load.drugs()]


def use(one: doses.Use) -> dict[str, Any]:
    """A ladder, highest dose first."""
    return {
        "id": one.id,
        "words": one.words,
        "verified": one.verified and one.schedule.verified,
        "source": "; ".join(text for text in (one.source, one.schedule.source) if text),
        "days_on": one.schedule.days_on,
        "days_off": one.schedule.days_off,
        "levels": [{"level": dose.level, "words": dose.words, "mg_a_day": dose.mg_a_day} for dose in one.levels],
    }


def course(one: Course, answers: Mapping[date, Answer], today: date) -> dict[str, Any]:
    """One treatment: its line of doses, its decisions newest first, its figures and gaps."""
    treatment, ladder = one.treatment, doses.use(one.treatment.drug, one.treatment.use)
    said = {day: answer.adherence for day, answer in answers.items()}
    days = intensity.by_day(spans=one.spans, use=ladder, until=today)
    gaps = [*intensity.holds(one.spans, today), *intensity.reported_gaps(days, said)]
    recorded = sorted(one.live, key=lambda decision: decision.recorded_at)
    return {
        "id": treatment.pk,
        "drug": treatment.drug,
        "use": use(ladder) if ladder else None,
        "started_on": treatment.started_on,
        "ended_on": treatment.ended_on,
        "seen": recorded[-1].pk if recorded else None,
        "spans": [span(each, usual_schedule(treatment)) for each in one.spans],
        "decisions": [decision(each) for each in reversed(one.decisions)],
        "figures": asdict(intensity.figures(days, said)),
        "gaps": [asdict(gap) for gap in sorted(gaps, key=lambda gap: gap.first, reverse=True)],
    }


def span(one: Span, usual: doses.Schedule) -> dict[str, Any]:
    """Days at one dose, or on hold."""
    return {
        "first": one.first,
        "last": one.last,
        "dose": one.dose.words,
        "level": one.dose.level,
        "mg_a_day": average_mg(one.dose, usual),
        "held": one.held,
    }


def decision(row: DoseDecision) -> dict[str, Any]:
    """A decision with who decided, who recorded it and why, and how it was taken back."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "dose": row.dose,
        "level": row.level,
        "drug": row.led_to.drug if row.led_to else None,
        "effective_on": row.effective_on,
        "reason": row.reason,
        "decided_by": row.decided_by.name,
        "recorded_by": row.recorded_by.name,
        "recorded_at": row.recorded_at,
        "withdrawn": _withdrawn(row),
    }


def intention(one: Intention) -> dict[str, Any]:
    """What the patient said, what the team did, and what became of it."""
    contact, followed = one.contact, one.decision
    return {
        "day": one.day,
        "rule": one.rule,
        "reason": one.reason,
        "alert": one.alert.pk,
        "state": one.alert.state,
        "outcome": contact and contact.outcome,
        "contact_by": contact and contact.by.name,
        "contact_at": contact and contact.at,
        "decision": followed and followed.kind,
        "decision_on": followed and followed.effective_on,
        "still_on_drug": [{"days": days, "answer": answer} for days, answer in one.still.items()],
    }


def consents(patient: Patient) -> list[dict[str, Any]]:
    """Consent as it was given and withdrawn, newest first."""
    rows = Consent.objects.filter(patient=patient).select_related("recorded_by").order_by("-given_on", "-recorded_at")
    return [
        {
            "id": row.pk,
            "text_version": row.text_version,
            "given_on": row.given_on,
            "recorded_by": row.recorded_by.name,
            "withdrawn_on": row.withdrawn_on,
        }
        for row in rows
    ]


def _course(treatment: Treatment) -> Course:
    decisions = sorted(treatment.dose_decisions.all(), key=lambda one: (one.effective_on, one.recorded_at))
    live = live_of(decisions)
    return Course(treatment, decisions, live, course_of(treatment, live))


def live_of(decisions: Iterable[DoseDecision]) -> list[DoseDecision]:
    """Those that were not taken back."""
    return [one for one in decisions if not hasattr(one, "withdrawal")]


def _withdrawn(row: DoseDecision) -> dict[str, Any] | None:
    if not hasattr(row, "withdrawal"):
        return None
    return {"by": row.withdrawal.by.name, "at": row.withdrawal.at, "why": row.withdrawal.why}
