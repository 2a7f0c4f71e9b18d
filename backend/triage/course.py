"""What became of a patient's treatment, as the logs and alerts tell it: answers about doses, and intentions to stop."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch

from backend.care.course import Span
from backend.care.models import DoseDecision, Patient

from .models import Alert, Contact, Flag

INTENDS = ("wants_to_stop", "stopped")
"""The rules of every protocol that ask for a contact because the patient thinks of stopping, or has stopped."""
LOOKED_AT_AFTER = (7, 28)
"""Days after which it is looked at whether the patient is still on the drug."""
ANSWER_COUNTS_FOR = 7
"""Days back from such a day in which an answer about doses still speaks for it."""
_ANSWERS = """
SELECT day, facts ->> 'adherence', facts ->> 'stopping_reason' FROM diary_dailylog
WHERE patient_id = %s AND superseded_at IS NULL AND facts ->> 'adherence' IS NOT NULL AND day BETWEEN %s AND %s
"""
_TAKES = frozenset(
    {"as_prescribed", "missed_one_dose", "missed_two_or_more_in_7_days", "took_too_much", "wants_to_stop"}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a patient answered about the doses of one day."""

    adherence: str
    stopping_reason: str | None


@dataclass(frozen=True, slots=True)
class Intention:
    """A patient thought of stopping, or had stopped: what was said, what the team did, and what became of it.

    `still` says for each number of days after `day`: yes, on_hold, stopped_by_patient, ended, not_known or not_yet.
    """

    day: date
    rule: str
    reason: str | None
    alert: Alert
    contact: Contact | None
    decision: DoseDecision | None
    still: Mapping[int, str]


def answers_of(*, patient_id: UUID, first: date, last: date) -> dict[date, Answer]:
    """What the patient answered about doses, by day, in one query. A day without an answer is absent."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, [patient_id, first, last])
        return {day: Answer(adherence, reason) for day, adherence, reason in cursor.fetchall()}


def intentions(
    *, patient: Patient, spans: Sequence[Span], decisions: Iterable[DoseDecision], answers: Mapping[date, Answer],
    today: date,
) -> list[Intention]:  # fmt: skip
    """Every alert about stopping, newest first. `spans` and `decisions` are those of all the patient's treatments."""
    flags = Flag.objects.filter(rule__in=INTENDS).select_related("log").order_by("log__day")
    contacts = Contact.objects.order_by("-at").select_related("by", "dose_decision")
    alerts = (
        Alert.objects.filter(patient=patient, symptom="adherence", flags__rule__in=INTENDS)
        .distinct()
        .order_by("-raised_at")
        .prefetch_related(Prefetch("flags", flags, "intended"), Prefetch("contacts", contacts, "newest_first"))
    )
    in_order = sorted(decisions, key=lambda one: (one.effective_on, one.recorded_at))
    return [_intention(alert, spans, in_order, answers, today) for alert in alerts]


def still_on_drug(
    *, since: date, after: int, spans: Iterable[Span], answers: Mapping[date, Answer], today: date
) -> str:
    """Whether the patient was on the drug so many days after `since`, as far as anybody knows.

    A recorded end or hold decides. Else the patient's last answer of the days up to then speaks, and without one it is
    not known: unanswered is neither.
    """
    on = since + timedelta(days=after)
    if on > today:
        return "not_yet"
    span = next((one for one in spans if one.first <= on and (one.last is None or on <= one.last)), None)
    if span is None:
        return "ended"
    if span.held:
        return "on_hold"
    for ago in range(min(ANSWER_COUNTS_FOR, after)):
        answer = answers.get(on - timedelta(days=ago))
        if answer is not None:
            return _said(answer)
    return "not_known"


def _said(answer: Answer) -> str:
    if answer.adherence == "stopped":
        return "stopped_by_patient"
    return "yes" if answer.adherence in _TAKES else "not_known"


def _intention(
    alert: Alert, spans: Sequence[Span], decisions: Sequence[DoseDecision], answers: Mapping[date, Answer], today: date
) -> Intention:
    flags: list[Flag] = vars(alert)["intended"]
    contacts: list[Contact] = vars(alert)["newest_first"]
    day, rule = flags[0].log.day, flags[-1].rule
    said = [flag.log.facts.get("stopping_reason") for flag in flags]
    return Intention(
        day=day,
        rule=rule,
        reason=next((one for one in reversed(said) if one), None),
        alert=alert,
        contact=next((one for one in contacts if one.resolves), contacts[0] if contacts else None),
        decision=_followed(day, contacts, decisions),
        still={
            after: still_on_drug(since=day, after=after, spans=spans, answers=answers, today=today)
            for after in LOOKED_AT_AFTER
        },
    )


def _followed(day: date, contacts: Iterable[Contact], decisions: Sequence[DoseDecision]) -> DoseDecision | None:
    """The decision recorded with a contact about it, else the first one that counts from the 28 days after."""
    counting = {one.pk: one for one in decisions}
    recorded = next((one.dose_decision_id for one in contacts if one.dose_decision_id in counting), None)
    if recorded is not None:
        return counting[recorded]
    last = day + timedelta(days=LOOKED_AT_AFTER[-1])
    return next((one for one in decisions if one.kind != "start" and day <= one.effective_on <= last), None)
