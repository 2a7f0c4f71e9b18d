"""What a nurse heard on the telephone: her answers to the call guide, judged by the patient's own protocol.

A Yes to a warning sign counts as if the patient had reported it on the alert's day. What comes of it can only make
the alert more urgent or its clock shorter, never the other way; what no rule judges is left to the nurse.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Q, When
from django.db.models.functions import Least

from backend.accounts.models import Person
from backend.care.selectors import context_of
from backend.diary.selectors import days_of
from backend.protocol.call_guide import call_guide, signs_among
from backend.protocol.model import Assessment, Fired

from .assess import Judged, judge, protocol_of
from .decide import COMBINATION
from .ledger import LONGEST_LINE
from .models import RANKS, Alert, AlertEvent, Urgency
from .selectors import reviews_of

LONGEST_REASON = 500
"""Characters of the reason for which a finding is put aside."""


class QuestionNotAsked(Exception):
    """The call guide has no such question about this symptom."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


class FindingNotAnswered(Exception):
    """What the call guide found has no answer yet, and no reason why it needs none. The text is what was found."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The most urgent rule that speaks of a sign answered with Yes."""

    fired: Fired
    judged: Judged
    due_minutes: int

    @property
    def rank(self) -> int:
        """0 self_care to 3 emergency."""
        return RANKS[Urgency(self.fired.urgency)]

    @property
    def reason(self) -> str:
        """One line for the nurse: "Diarrhea, estimated grade 2, with dizzy on standing: 5 stools, usual 1."."""
        return self.judged.reason(self.fired)[:LONGEST_LINE]


@dataclass(frozen=True, slots=True)
class Answered:
    """How a contact answers what the guide found."""

    next_step: bool
    emergency_care: bool
    set_aside: str


def check(*, alert: Alert, answers: Mapping[str, bool]) -> None:
    """Raise QuestionNotAsked for an answer to a question that the guide does not have about this symptom."""
    for question in sorted(set(answers) - call_guide().questions_about(alert.symptom)):
        raise QuestionNotAsked(question)


def heard(*, alert: Alert, answers: Mapping[str, bool], now: datetime) -> Heard | None:
    """The most urgent rule that speaks of a sign answered with Yes, the one due soonest of them; None without one."""
    if not any(answers.values()):
        return None
    context = context_of(alert.patient_id)
    protocol = protocol_of(context)
    yes = signs_among(answers, protocol.data["facts"]["warning_signs"]["values"])
    first = alert.day - timedelta(days=protocol.window_days - 1)
    kept = days_of(patients=[context.id], first=first, last=alert.day)[context.id]
    facts = {day: one.facts for day, one in kept.items()}
    today = facts.get(alert.day, {})
    reported = {*today.get("warning_signs", ()), *yes}
    facts[alert.day] = {**today, "warning_signs": sorted(reported)}
    reviews = reviews_of([context], now=now)[context.id]
    judged = judge(context=context, day=alert.day, facts_by_day=facts, reviews=reviews)
    spoken = about(judged.assessment, yes)
    if not spoken:
        return None
    top = max(spoken, key=lambda one: (RANKS[Urgency(one.urgency)], -(one.nurse_due_minutes or 0)))
    return Heard(top, judged, top.nurse_due_minutes or 0)


def about(assessment: Assessment, yes: list[str]) -> list[Fired]:
    """The rules above self-care that speak of one of these signs, and the combination of symptoms with one of them."""
    named = {f"sign.{sign}" for sign in yes}
    spoken = [one for one in assessment.fired if one.urgency != Urgency.SELF_CARE and not named.isdisjoint(one.facts)]
    symptoms = {one.symptom for one in spoken}
    together = [
        one for one in assessment.fired if one.symptom == COMBINATION and not symptoms.isdisjoint(one.facts["symptoms"])
    ]
    return [*together, *spoken]


def check_closing(*, alert: Alert, answers: Mapping[str, bool], answered: Answered, now: datetime) -> None:
    """Raise FindingNotAnswered if a rule speaks of an answer and the contact says nothing about it.

    A next step answers what can wait for it; an emergency is answered by emergency care only. Any finding may be put
    aside with a reason.
    """
    found = heard(alert=alert, answers=answers, now=now)
    if found is None or answered.set_aside or answered.emergency_care:
        return
    if found.fired.urgency == Urgency.EMERGENCY or not answered.next_step:
        raise FindingNotAnswered(found.reason)


def worsen(*, alert: Alert, heard: Heard, nurse: Person, now: datetime) -> bool:
    """Make an alert that stays open as urgent as what was heard, and due as soon. True if that changed anything.

    It stays with whoever has it, and nobody is woken: the nurse who heard it is there. Call it inside a transaction.
    Safe to run twice: the same answers change nothing the second time.
    """
    due = now + timedelta(minutes=heard.due_minutes)
    less_urgent = Q(urgency_rank__lt=heard.rank)
    changed = (
        Alert.objects.filter(less_urgent | Q(urgency_rank=heard.rank, due_at__gt=due), pk=alert.pk)
        .live()
        .update(
            due_at=Least("due_at", due),
            escalate_at=_sooner(due),
            due_minutes=heard.due_minutes,
            **_described(alert, heard),
        )
    )
    if changed:
        AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.WORSENED, at=now, by=nurse, detail=heard.reason)
    return bool(changed)


def _sooner(due: datetime) -> Case:
    """A clock that runs is made shorter; one that a contact has stopped stays stopped."""
    return Case(When(escalate_at__isnull=False, then=Least("escalate_at", due)))


def _described(alert: Alert, heard: Heard) -> dict[str, Any]:
    """What the alert says of itself from now on: rule, facts and source of what was heard."""
    fired, protocol = heard.fired, heard.judged.protocol
    return {
        "urgency": fired.urgency,
        "change": Alert.Change.WORSE,
        "rule": fired.id,
        "protocol": protocol.drug,
        "version": protocol.version,
        "reason": heard.reason,
        "detail": heard.judged.detail(fired)[:LONGEST_LINE],
        "source": fired.source,
        "tags": sorted({*alert.tags, *fired.tags}),
    }
