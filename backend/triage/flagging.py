"""Flag the waiting logs, many at once: read everything they need, judge each, write everything in one transaction."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.db.models import F, QuerySet

from backend.care.selectors import PatientContext, contexts
from backend.diary.models import DailyLog
from backend.diary.selectors import KeptDay, days_of
from backend.messaging.services import Request, request_deliveries

from .assess import judge, protocol_of
from .decide import Finding, findings
from .ledger import JudgedLog, Ledger, WaitingLog
from .models import Assessment
from .selectors import AlertsSoFar, lock_alerts

logger = logging.getLogger(__name__)

MOST_ATTEMPTS_COUNTED = 1000
# Written out: a batch of one is judged faster than Django writes these.
# A worker that stalls, or whose network is gone, would keep its logs and patients for hours; so it is put out.
_TAKE = """
SELECT id, patient_id, day, set_config('idle_in_transaction_session_timeout', '10s', true) FROM diary_dailylog
WHERE flagged_at IS NULL AND superseded_at IS NULL
"""
_TAKE_NEXT = f"{_TAKE} AND flag_attempts = 0 ORDER BY received_at LIMIT %s FOR UPDATE SKIP LOCKED"
_TAKE_THESE = f"{_TAKE} AND id = ANY(%s) ORDER BY received_at FOR UPDATE SKIP LOCKED"
_ASSESSED = """
SELECT log_id, id, protocol, version, urgency, grades_ctcae5, grades_ctcae6, rules,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(rule, symptom)), '[]') FROM triage_flag
     WHERE triage_flag.log_id = triage_assessment.log_id)
FROM triage_assessment WHERE log_id = ANY(%s) AND superseded_at IS NULL
"""
_FLAGGED = "UPDATE diary_dailylog SET flagged_at = %s WHERE id = ANY(%s)"


def flag_waiting_logs(*, now: datetime, batch: int, call_help: Callable[[], object] = lambda: None) -> int:
    """Flag every log that waits, `batch` at a time, and return how many. Safe to run twice and side by side.

    `call_help` is called after each batch that was full: another process may want to flag beside this one.
    """
    total, there_may_be_more = 0, True
    while there_may_be_more:
        flagged, there_may_be_more = _flag_next(now, batch)
        total += flagged
        if there_may_be_more:
            call_help()
    return total


def flag_next(*, now: datetime, batch: int) -> int:
    """Flag up to `batch` of the logs that wait longest and return how many. Safe to run twice and side by side."""
    return _flag_next(now, batch)[0]


def _flag_next(now: datetime, batch: int) -> tuple[int, bool]:
    """How many logs were flagged, and whether more may wait."""
    try:
        with transaction.atomic():
            taken = _flag(_TAKE_NEXT, batch, now)
        return taken, taken == batch
    except Exception:
        logger.exception("A batch of logs could not be flagged; trying them one by one")
    flagged = _flag_one_by_one(now=now, batch=batch)
    return flagged, flagged > 0


def flag_logs(*, ids: Collection[UUID], now: datetime) -> int:
    """Flag these logs here and now, if they still wait: what the web process does when Redis is away."""
    with transaction.atomic():
        return _flag(_TAKE_THESE, list(ids), now)


def _unflagged() -> QuerySet[DailyLog]:
    return DailyLog.objects.filter(flagged_at__isnull=True, superseded_at__isnull=True)


def _flag_one_by_one(*, now: datetime, batch: int) -> int:
    """One log that cannot be judged must not keep the others waiting."""
    ids = _unflagged().filter(flag_attempts=0).order_by("received_at").values_list("pk", flat=True)
    return _flag_each(list(ids[:batch]), now)


def flag_failed_logs(*, now: datetime, batch: int) -> int:
    """Try the logs that could not be flagged before, one by one, and return how many now could. Safe to run twice."""
    ids = _unflagged().filter(flag_attempts__gt=0).order_by("flag_attempts", "received_at")
    return _flag_each(list(ids.values_list("pk", flat=True)[:batch]), now)


def _flag_each(ids: list[UUID], now: datetime) -> int:
    flagged = 0
    for pk in ids:
        try:
            flagged += flag_logs(ids=[pk], now=now)
        except Exception:
            logger.exception("Log %s could not be flagged; it is tried again every minute", pk)
            counted = DailyLog.objects.filter(pk=pk, flag_attempts__lt=MOST_ATTEMPTS_COUNTED)
            counted.update(flag_attempts=F("flag_attempts") + 1)
    return flagged


@dataclass(frozen=True, slots=True)
class _Assessed:
    """What was found about a log before: the row, its content, and the rules that were flagged."""

    id: int
    content: tuple[Any, ...]
    flags: set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Everything judging a batch of logs needs, read before the first one is judged."""

    contexts: dict[UUID, PatientContext]
    facts: dict[UUID, dict[date, dict[str, Any]]]
    alerts: AlertsSoFar
    assessed: dict[UUID, _Assessed]
    to_judge: list[WaitingLog]


def _flag(take: str, which: int | list[UUID], now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(take, [which])
        logs = [WaitingLog(*row) for *row, _ in cursor.fetchall()]
    if not logs:
        return 0
    batch = _read(logs, now)
    ledger = Ledger(
        now=now,
        live=batch.alerts.live,
        last=batch.alerts.last,
        snoozes=batch.alerts.snoozes,
        snoozed=batch.alerts.snoozed,
    )
    assessments = [changed for log in batch.to_judge if (changed := _judge_one(log, batch, ledger))]
    _write(logs, batch, assessments, ledger, now)
    return len(logs)


def _read(logs: list[WaitingLog], now: datetime) -> _Batch:
    # One worker at a time per patient; a new log of theirs may still be stored meanwhile.
    found = contexts({log.patient_id for log in logs}, locked=True)
    alerts = lock_alerts(found, now=now)
    window = timedelta(days=max(protocol_of(context).window_days for context in found.values()))
    days = [log.day for log in logs]
    kept = days_of(patients=found, first=min(days) - window, last=max(days) + window)
    to_judge = sorted({*logs, *_judged_again(logs, kept, window)}, key=lambda log: (log.patient_id, log.day))
    return _Batch(
        contexts=found,
        facts={patient: {day: one.facts for day, one in days.items()} for patient, days in kept.items()},
        alerts=alerts,
        assessed=_assessed(to_judge),
        to_judge=to_judge,
    )


def _judged_again(logs: list[WaitingLog], kept: dict[UUID, dict[date, KeptDay]], window: timedelta) -> list[WaitingLog]:
    """The logs of the days after these that were flagged without them: rules look back `window` days.

    It does not matter in which order the days arrived, or whether they were stored at the same moment.
    """
    return [
        WaitingLog(one.log_id, log.patient_id, day)
        for log in logs
        for day, one in kept[log.patient_id].items()
        if one.is_flagged and log.day < day < log.day + window
    ]


def _assessed(logs: list[WaitingLog]) -> dict[UUID, _Assessed]:
    with connection.cursor() as cursor:
        cursor.execute(_ASSESSED, [[log.id for log in logs]])
        return {
            log: _Assessed(
                pk,
                (protocol, version, urgency, orjson.loads(ctcae5), orjson.loads(ctcae6), rules),
                {(rule, symptom) for rule, symptom in orjson.loads(flags)},
            )
            for log, pk, protocol, version, urgency, ctcae5, ctcae6, rules, flags in cursor.fetchall()
        }


def _judge_one(log: WaitingLog, batch: _Batch, ledger: Ledger) -> Assessment | None:
    """Judge one log and enter what it asks for. None if the judgment is the one already kept."""
    context = batch.contexts[log.patient_id]
    judged = judge(
        context=context,
        day=log.day,
        facts_by_day=batch.facts[log.patient_id],
        reviews=batch.alerts.reviews.get(log.patient_id, ()),
    )
    found = judged.assessment
    assessment = Assessment(
        log_id=log.id,
        protocol=judged.protocol.drug,
        version=judged.protocol.version,
        urgency=found.urgency,
        grades_ctcae5=found.grades_ctcae5,
        grades_ctcae6=found.grades_ctcae6,
        rules=[fired.id for fired in found.fired],
        assessed_at=ledger.now,
    )
    before = batch.assessed.get(log.id)
    if before is not None and before.content == _content(assessment):
        return None
    entry = JudgedLog(log, context, judged, assessment)
    for finding in findings(judged):
        new = _not_yet_flagged(finding, before.flags if before else set())
        if new:
            ledger.enter(entry=entry, finding=finding, new=new)
    return assessment


def _content(one: Assessment) -> tuple[Any, ...]:
    return one.protocol, one.version, one.urgency, one.grades_ctcae5, one.grades_ctcae6, one.rules


def _not_yet_flagged(finding: Finding, flagged: set[tuple[str, str]]) -> list[Any]:
    """The rules of the finding that this log has no flag for; each is flagged once per log."""
    return [fired for fired in finding.fired if (fired.id, finding.symptom) not in flagged]


def _write(logs: list[WaitingLog], batch: _Batch, assessments: list[Assessment], ledger: Ledger, now: datetime) -> None:
    replaced = [batch.assessed[a.log_id].id for a in assessments if a.log_id in batch.assessed]
    if replaced:
        Assessment.objects.filter(pk__in=replaced).update(superseded_at=now)
    Assessment.objects.bulk_create(assessments)
    ledger.save()
    with connection.cursor() as cursor:
        cursor.execute(_FLAGGED, [now, [log.id for log in logs]])
    request_deliveries(requests=_messages(ledger), now=now)


def _messages(ledger: Ledger) -> list[Request]:
    return [
        Request(f"{template}:{alert.pk}:{moment}", alert.patient_id, recipient, template, alert.pk)
        for alert, template, recipient, moment in ledger.told
    ]
