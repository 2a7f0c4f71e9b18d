"""Flag the waiting logs, many at once: read everything they need, judge each, write everything in one transaction."""

import logging
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

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


def flag_waiting_logs(*, now: datetime, batch: int) -> int:
    """Flag every log that waits, `batch` at a time, and return how many. Safe to run twice and side by side."""
    total = 0
    while flagged := _flag_next(now=now, batch=batch):
        total += flagged
    return total


def flag_logs(*, ids: Collection[UUID], now: datetime) -> int:
    """Flag these logs here and now, if they still wait: what the web process does when Redis is away."""
    with transaction.atomic():
        return _flag(_waiting().filter(pk__in=ids), now)


def _waiting() -> Any:
    return (
        DailyLog.objects.select_for_update(skip_locked=True)
        .filter(flagged_at__isnull=True, superseded_at__isnull=True)
        .order_by("flag_attempts", "received_at")
    )


def _flag_next(*, now: datetime, batch: int) -> int:
    try:
        with transaction.atomic():
            return _flag(_waiting().filter(flag_attempts=0)[:batch], now)
    except Exception:
        logger.exception("A batch of logs could not be flagged; trying them one by one")
    return _flag_one_by_one(now=now, batch=batch)


def _flag_one_by_one(*, now: datetime, batch: int) -> int:
    """One log that cannot be judged must not keep the others waiting. It is tried again by the sweep."""
    flagged = 0
    ids = DailyLog.objects.filter(flagged_at__isnull=True, superseded_at__isnull=True, flag_attempts=0)
    for pk in list(ids.order_by("received_at").values_list("pk", flat=True)[:batch]):
        try:
            flagged += flag_logs(ids=[pk], now=now)
        except Exception:
            logger.exception("Log %s could not be flagged", pk)
            DailyLog.objects.filter(pk=pk).update(flag_attempts=F("flag_attempts") + 1)
    return flagged


def try_again(*, now: datetime) -> None:
    """Try the logs that could not be flagged before, one by one."""
    waiting = DailyLog.objects.filter(flagged_at__isnull=True, superseded_at__isnull=True, flag_attempts__gt=0)
    for pk in list(waiting.values_list("pk", flat=True)[:100]):
        try:
            flag_logs(ids=[pk], now=now)
        except Exception:
            logger.exception("Log %s could not be flagged", pk)
            DailyLog.objects.filter(pk=pk).update(flag_attempts=F("flag_attempts") + 1)


@dataclass
class _Batch:
    """Everything judging a batch of logs needs, read before the first one is judged."""

    contexts: dict[UUID, PatientContext]
    facts: dict[UUID, dict[date, dict[str, Any]]]
    reviews: dict[UUID, list[Review]]
    assessed: dict[UUID, Assessment]
    flagged: dict[UUID, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))


def _flag(waiting: Any, now: datetime) -> int:
    logs = list(waiting)
    if not logs:
        return 0
    logs.sort(key=lambda log: (log.patient_id, log.day))
    patients = sorted({log.patient_id for log in logs})
    # One worker at a time per patient; a new log of theirs may still be stored meanwhile.
    list(Patient.objects.select_for_update(no_key=True).filter(pk__in=patients).order_by("pk").values_list("pk"))
    batch = _read(logs, patients, now)
    live, last = live_and_last_alerts(patients, now=now, for_update=True)
    ledger = Ledger(now=now, live=live, last=last)
    assessments = [changed for log in logs if (changed := _judge_one(log, batch, ledger))]
    _write(logs, assessments, ledger, now)
    return len(logs)


def _read(logs: list[DailyLog], patients: list[UUID], now: datetime) -> _Batch:
    found = contexts(Patient.objects.filter(pk__in=patients))
    window = max(protocol_of(context).window_days for context in found.values())
    days = [log.day for log in logs]
    batch = _Batch(
        contexts=found,
        facts=facts_by_day(patients=patients, first=min(days) - timedelta(days=window), last=max(days)),
        reviews=reviews_of(found.values(), now=now),
        assessed={a.log_id: a for a in Assessment.objects.filter(log__in=logs, superseded_at__isnull=True).order_by()},
    )
    for log, rule, symptom in Flag.objects.filter(log__in=logs).values_list("log_id", "rule", "symptom"):
        batch.flagged[log].add((rule, symptom))
    return batch


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


def _write(logs: list[DailyLog], assessments: list[Assessment], ledger: Ledger, now: datetime) -> None:
    changed = [assessment.log_id for assessment in assessments]
    Assessment.objects.filter(log__in=changed, superseded_at__isnull=True).update(superseded_at=now)
    Assessment.objects.bulk_create(assessments)
    ledger.save()
    DailyLog.objects.filter(pk__in=[log.pk for log in logs]).update(flagged_at=now)
    request_deliveries(requests=_messages(ledger), now=now)


def _messages(ledger: Ledger) -> list[Request]:
    return [
        Request(f"{template}:{alert.pk}:{moment}", alert.patient_id, recipient, template, alert.pk)
        for alert, template, recipient, moment in ledger.told
    ]
