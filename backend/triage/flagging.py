"""Flag the waiting logs, many at once: read everything they need, judge each, write everything in one transaction."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet

from backend.diary.models import DailyLog
from backend.messaging.services import Request, request_deliveries

from .assess import judge, protocol_of
from .batch import Batch, read
from .decide import Finding, findings
from .ledger import JudgedLog, Ledger, WaitingLog
from .models import Assessment

logger = logging.getLogger(__name__)

MOST_ATTEMPTS_COUNTED = 1000
# Written out: a batch of one is judged faster than Django writes these.
# A worker that stalls, or whose network is gone, would keep its logs and patients for hours; so it is put out.
_TAKE = """
SELECT id, patient_id, day, set_config('idle_in_transaction_session_timeout', '10s', true) FROM diary_dailylog
WHERE flagged_at IS NULL AND superseded_at IS NULL
"""
# No key update: rows that name a log (a photo, an assessment) may be written while it is flagged.
_TAKE_NEXT = f"{_TAKE} AND flag_attempts = 0 ORDER BY received_at LIMIT %s FOR NO KEY UPDATE SKIP LOCKED"
_TAKE_THESE = f"{_TAKE} AND id = ANY(%s) ORDER BY received_at FOR NO KEY UPDATE SKIP LOCKED"
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


def _flag(take: str, which: int | list[UUID], now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(take, [which])
        logs = [WaitingLog(*row) for *row, _ in cursor.fetchall()]
    if not logs:
        return 0
    batch = read(logs, now)
    ledger = Ledger(
        now=now,
        live=batch.alerts.live,
        last=batch.alerts.last,
        snoozes=batch.alerts.snoozes,
        snoozed=batch.alerts.snoozed,
        insisted=batch.insisted,
        contacted=batch.contacted,
    )
    assessments = [changed for log in batch.to_judge if (changed := _judge_one(log, batch, ledger))]
    for log in logs:
        _note_corrections(log, batch, ledger)
    _write(logs, batch, assessments, ledger, now)
    return len(logs)


def _judge_one(log: WaitingLog, batch: Batch, ledger: Ledger) -> Assessment | None:
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
    is_known = before is not None and before.content == _content(assessment)
    if is_known and log.id not in ledger.insisted:
        return None
    entry = JudgedLog(log, context, judged, assessment)
    for finding in findings(judged):
        ledger.enter(entry=entry, finding=finding, new=_not_yet_flagged(finding, before.flags if before else set()))
    return None if is_known else assessment


def _note_corrections(log: WaitingLog, batch: Batch, ledger: Ledger) -> None:
    protocol = protocol_of(batch.contexts[log.patient_id])
    noted = (corrected.event(protocol) for corrected in batch.corrected.get(log.id, ()))
    ledger.events += [event for event in noted if event is not None]


def _content(one: Assessment) -> tuple[Any, ...]:
    return one.protocol, one.version, one.urgency, one.grades_ctcae5, one.grades_ctcae6, one.rules


def _not_yet_flagged(finding: Finding, flagged: set[tuple[str, str]]) -> list[Any]:
    """The rules of the finding that this log has no flag for; each is flagged once per log."""
    return [fired for fired in finding.fired if (fired.id, finding.symptom) not in flagged]


def _write(logs: list[WaitingLog], batch: Batch, assessments: list[Assessment], ledger: Ledger, now: datetime) -> None:
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
