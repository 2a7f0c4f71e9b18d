"""What the team has answered to a daily log, alert by alert. Nothing older than the log can have answered it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from backend.diary.models import DailyLog

from .models import Alert, Contact, Flag, Snooze, Urgency
from .selectors import REPEATS_COUNT_FOR
from .snooze import running_for

State = Alert.State
WAITING, OVERDUE, HELD_BACK, ACKNOWLEDGED, CONTACTED, RESOLVED = (
    "waiting", "overdue", "held_back", "acknowledged", "contacted", "resolved",
)  # fmt: skip
STATES = (OVERDUE, WAITING, HELD_BACK, ACKNOWLEDGED, CONTACTED, RESOLVED)
"""What an alert can mean for one log, least answered first. `held_back`: a nurse knows about it, nobody has to look."""


def state_of(alert: Alert, *, since: datetime, contact_at: datetime | None) -> str:
    """How an alert answers a log that came in at `since`. `contact_at` is when the newest contact about it was."""
    taken_at = alert.acknowledged_at
    if alert.state == State.RESOLVED:
        return RESOLVED if alert.resolved_at and alert.resolved_at >= since else HELD_BACK
    if alert.state == State.ACKNOWLEDGED and taken_at is not None:
        if contact_at is not None and contact_at >= since:
            return CONTACTED
        if taken_at >= since:
            return ACKNOWLEDGED
        if alert.escalate_at is None:  # somebody tried to reach the patient, before this log
            return HELD_BACK
    return OVERDUE if alert.escalation_level else WAITING


@dataclass(frozen=True, slots=True)
class AlertAnswer:
    """One alert of a log: what it means for this log, and the contacts made since the log came in, newest first.

    `taken_back_at` is when the patient corrected the answers that raised it; `until` the last day on which a nurse
    expects the symptom.
    """

    alert: Alert
    state: str
    contacts: tuple[Contact, ...]
    taken_back_at: datetime | None = None
    until: date | None = None


@dataclass(slots=True)
class _Revision:
    """One revision of a day, with its flags by alert."""

    received_at: datetime
    number: int
    is_flagged: bool
    flags: dict[UUID, list[Flag]]

    def said(self, alert: UUID) -> list[Any]:
        """What this revision says that fed an alert: its rules with their facts."""
        return sorted((flag.rule, sorted(flag.facts.items(), key=str)) for flag in self.flags.get(alert, ()))


def answers_of(logs: Collection[DailyLog]) -> dict[UUID, list[AlertAnswer]]:
    """What the team has answered to these logs of one patient, by log: the least answered alert first.

    An alert that an earlier revision of the day has raised is among them while it is not answered, also when the
    patient has taken that answer back.
    """
    if not logs:
        return {}
    patient = next(iter(logs)).patient_id
    revisions = _revisions(patient, {log.day for log in logs})
    until = {one.symptom: one.until for one in running_for([patient])}
    return {log.pk: _answers(log, revisions[log.day], until) for log in logs}


def _revisions(patient: UUID, days: Collection[date]) -> dict[date, list[_Revision]]:
    """Every revision of these days, newest first."""
    contacts = Prefetch("alert__contacts", queryset=Contact.objects.order_by("-at").select_related("by"))
    found: dict[UUID, dict[UUID, list[Flag]]] = defaultdict(lambda: defaultdict(list))
    flags = Flag.objects.filter(log__patient=patient, log__day__in=days)
    for flag in flags.select_related("alert__acknowledged_by", "alert__resolved_by").prefetch_related(contacts):
        found[flag.log_id][flag.alert_id].append(flag)
    rows = DailyLog.objects.filter(patient=patient, day__in=days).order_by("-revision")
    by_day: dict[date, list[_Revision]] = defaultdict(list)
    for pk, day, number, received_at, flagged_at in rows.values_list(
        "pk", "day", "revision", "received_at", "flagged_at"
    ):
        by_day[day].append(_Revision(received_at, number, flagged_at is not None, found.get(pk, {})))
    return by_day


def _answers(log: DailyLog, revisions: list[_Revision], until: dict[str, date]) -> list[AlertAnswer]:
    known = [one for one in revisions if one.number <= log.revision]
    alerts = {pk: flags[0].alert for one in known for pk, flags in one.flags.items()}
    answers = [_answer(alert, known, until) for alert in alerts.values()]
    return sorted(
        (one for one in answers if one is not None),
        key=lambda one: (STATES.index(one.state), -one.alert.urgency_rank, one.alert.due_at),
    )


def _answer(alert: Alert, known: list[_Revision], until: dict[str, date]) -> AlertAnswer | None:
    """What an alert means for the newest of these revisions; None if it means nothing for it."""
    first = next(place for place, one in enumerate(known) if alert.pk in one.flags)
    since, said = known[first].received_at, known[first].said(alert.pk)
    for older in known[first + 1 :]:
        if older.said(alert.pk) != said:
            break
        since = older.received_at  # said before, in the same words: what answered it then, answers it now
    contacts = tuple(alert.contacts.all())
    state = state_of(alert, since=since, contact_at=contacts[0].at if contacts else None)
    if first > 0 and not known[0].is_flagged and state not in (WAITING, OVERDUE):
        return None  # nobody has looked yet at what the newest revision says
    taken_back_at = known[first - 1].received_at if first > 0 and known[0].is_flagged else None
    if taken_back_at and state == HELD_BACK:
        return None
    expected = until.get(alert.symptom) if state == HELD_BACK and alert.state == State.RESOLVED else None
    return AlertAnswer(alert, state, tuple(one for one in contacts if one.at >= since), taken_back_at, expected)


def may_be_held_back(log: DailyLog) -> bool:
    """Whether a log that is not flagged yet may ask nobody to look: a nurse knows one of its symptoms already.

    The first log of a day with an emergency is never held back.
    """
    assessment = log.answer["assessment"]
    urgency = assessment["urgency"]
    if log.flagged_at or urgency == Urgency.SELF_CARE or (urgency == Urgency.EMERGENCY and not log.corrects_id):
        return False
    symptoms = {rule["symptom"] for rule in assessment["rules"]}
    alerts = Alert.objects.filter(patient=log.patient_id, symptom__in=symptoms)
    recent = Q(resolved_at=None) | Q(resolved_at__gte=log.received_at - REPEATS_COUNT_FOR)
    snoozes = Snooze.objects.filter(patient=log.patient_id, symptom__in=symptoms, ended_at=None)
    return alerts.filter(recent).exists() or snoozes.exists()
