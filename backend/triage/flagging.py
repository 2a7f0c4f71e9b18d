"""Flag the waiting logs, many at once: read everything they need, judge each, write everything in one transaction."""

import logging
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet

from backend.care.models import Patient
from backend.care.selectors import PatientContext, contexts
from backend.diary.models import DailyLog
from backend.diary.selectors import facts_by_day
from backend.messaging.services import Request, request_deliveries

from .assess import Review, judge, protocol_of
from .decide import Finding, findings
from .ledger import JudgedLog, Ledger
from .models import Assessment, Flag
from .selectors import live_and_last_alerts, reviews_of

logger = logging.getLogger(__name__)

MOST_ATTEMPTS_COUNTED = 1000
# A worker that stalls, or whose network is gone, would keep its logs and patients for hours.
_END_IF_STALLED = "SET LOCAL idle_in_transaction_session_timeout = '10s'"


def flag_waiting_logs(*, now: datetime, batch: int) -> int:
    """Flag every log that waits, `batch` at a time, and return how many. Safe to run twice and side by side."""
    total = 0
    while flagged := flag_next(now=now, batch=batch):
        total += flagged
    return total


def flag_next(*, now: datetime, batch: int) -> int:
    """Flag up to `batch` of the logs that wait longest and return how many. Safe to run twice and side by side."""
    try:
        with transaction.atomic():
            return _flag(_waiting().filter(flag_attempts=0)[:batch], now)
    except Exception:
        logger.exception("A batch of logs could not be flagged; trying them one by one")
    return _flag_one_by_one(now=now, batch=batch)


def flag_logs(*, ids: Collection[UUID], now: datetime) -> int:
    """Flag these logs here and now, if they still wait: what the web process does when Redis is away."""
    with transaction.atomic():
        return _flag(_waiting().filter(pk__in=ids), now)


def _unflagged() -> QuerySet[DailyLog]:
    return DailyLog.objects.filter(flagged_at__isnull=True, superseded_at__isnull=True)


def _waiting() -> QuerySet[DailyLog]:
    return _unflagged().select_for_update(skip_locked=True).order_by("flag_attempts", "received_at")


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


@dataclass
class _Batch:
    """Everything judging a batch of logs needs, read before the first one is judged."""

    contexts: dict[UUID, PatientContext]
    facts: dict[UUID, dict[date, dict[str, Any]]]
    reviews: dict[UUID, list[Review]]
    assessed: dict[UUID, Assessment]
    again: list[DailyLog]
    flagged: dict[UUID, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))


def _flag(waiting: QuerySet[DailyLog], now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_END_IF_STALLED)
    logs = list(waiting)
    if not logs:
        return 0
    patients = sorted({log.patient_id for log in logs})
    # One worker at a time per patient; a new log of theirs may still be stored meanwhile.
    list(Patient.objects.select_for_update(no_key=True).filter(pk__in=patients).order_by("pk").values_list("pk"))
    batch = _read(logs, patients, now)
    live, last = live_and_last_alerts(patients, now=now, for_update=True)
    ledger = Ledger(now=now, live=live, last=last)
    in_order = sorted([*logs, *batch.again], key=lambda log: (log.patient_id, log.day))
    assessments = [changed for log in in_order if (changed := _judge_one(log, batch, ledger))]
    _write(logs, batch, assessments, ledger, now)
    return len(logs)


def _read(logs: list[DailyLog], patients: list[UUID], now: datetime) -> _Batch:
    found = contexts(Patient.objects.filter(pk__in=patients))
    window = timedelta(days=max(protocol_of(context).window_days for context in found.values()))
    days = [log.day for log in logs]
    facts = facts_by_day(patients=patients, first=min(days) - window, last=max(days) + window)
    again = _judged_again(logs, facts, window)
    to_judge = [*logs, *again]
    batch = _Batch(
        contexts=found,
        facts=facts,
        reviews=reviews_of(found.values(), now=now),
        assessed={
            a.log_id: a for a in Assessment.objects.filter(log__in=to_judge, superseded_at__isnull=True).order_by()
        },
        again=again,
    )
    if batch.assessed:
        for log, rule, symptom in Flag.objects.filter(log__in=to_judge).values_list("log_id", "rule", "symptom"):
            batch.flagged[log].add((rule, symptom))
    return batch


def _judged_again(
    logs: list[DailyLog], facts: dict[UUID, dict[date, dict[str, Any]]], window: timedelta
) -> list[DailyLog]:
    """The logs of the days after these that were flagged without them: rules look back `window` days.

    It does not matter in which order the days arrived, or whether they were stored at the same moment.
    """
    after = {
        (log.patient_id, day) for log in logs for day in facts[log.patient_id] if log.day < day < log.day + window
    } - {(log.patient_id, log.day) for log in logs}
    if not after:
        return []
    patients, days = {patient for patient, _ in after}, {day for _, day in after}
    flagged = DailyLog.objects.filter(
        patient_id__in=patients, day__in=days, superseded_at__isnull=True, flagged_at__isnull=False
    )
    return [log for log in flagged if (log.patient_id, log.day) in after]


def _judge_one(log: DailyLog, batch: _Batch, ledger: Ledger) -> Assessment | None:
    """Judge one log and enter what it asks for. None if the judgment is the one already kept."""
    context = batch.contexts[log.patient_id]
    judged = judge(
        context=context,
        day=log.day,
        facts_by_day=batch.facts[log.patient_id],
        reviews=batch.reviews.get(log.patient_id, ()),
    )
    found = judged.assessment
    assessment = Assessment(
        log=log,
        protocol=judged.protocol.drug,
        version=judged.protocol.version,
        urgency=found.urgency,
        grades_ctcae5=found.grades_ctcae5,
        grades_ctcae6=found.grades_ctcae6,
        rules=[fired.id for fired in found.fired],
        assessed_at=ledger.now,
    )
    before = batch.assessed.get(log.pk)
    if before is not None and _same(before, assessment):
        return None
    entry = JudgedLog(log, context, judged, assessment)
    for finding in findings(judged):
        new = _not_yet_flagged(finding, batch.flagged[log.pk])
        if new:
            ledger.enter(entry=entry, finding=finding, new=new)
    return assessment


def _same(before: Assessment, after: Assessment) -> bool:
    keys = ("protocol", "version", "urgency", "grades_ctcae5", "grades_ctcae6", "rules")
    return all(getattr(before, key) == getattr(after, key) for key in keys)


def _not_yet_flagged(finding: Finding, flagged: set[tuple[str, str]]) -> list[Any]:
    """The rules of the finding that this log has no flag for; each is flagged once per log."""
    return [fired for fired in finding.fired if (fired.id, finding.symptom) not in flagged]


def _write(logs: list[DailyLog], batch: _Batch, assessments: list[Assessment], ledger: Ledger, now: datetime) -> None:
    replaced = [batch.assessed[a.log_id].pk for a in assessments if a.log_id in batch.assessed]
    if replaced:
        Assessment.objects.filter(pk__in=replaced).update(superseded_at=now)
    Assessment.objects.bulk_create(assessments)
    ledger.save()
    DailyLog.objects.filter(pk__in=[log.pk for log in logs]).update(flagged_at=now)
    request_deliveries(requests=_messages(ledger), now=now)


def _messages(ledger: Ledger) -> list[Request]:
    return [
        Request(f"{template}:{alert.pk}:{moment}", alert.patient_id, recipient, template, alert.pk)
        for alert, template, recipient, moment in ledger.told
    ]
