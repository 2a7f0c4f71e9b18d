"""Keep what patients report: stored once however often it is sent, never changed, never lost."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError, transaction

from .models import BloodPressureReading, DailyLog


class LogConflict(Exception):
    """The log cannot be kept beside what is already there. `existing` is the id of the log that is."""

    def __init__(self, existing: UUID) -> None:
        super().__init__(str(existing))
        self.existing = existing


class OtherContent(LogConflict):
    """The same id came with other content."""


class DayAlreadyLogged(LogConflict):
    """The day has another log; a correction has to name it."""


class CorrectedMeanwhile(LogConflict):
    """The log to correct is no longer the current one of its day."""


@dataclass(frozen=True, slots=True)
class NewLog:
    """A log as it was sent, validated. `day` is the patient's calendar day as the phone showed it."""

    id: UUID
    patient_id: UUID
    day: date
    facts: dict[str, Any]
    corrects: UUID | None = None
    shown: dict[str, Any] | None = None
    written_at: datetime | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of what the patient said: day, facts and what it corrects."""
        content = {"day": self.day, "facts": self.facts, "corrects": self.corrects}
        return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def same_content(*, kept: DailyLog, new: NewLog) -> DailyLog:
    """Return the log already kept under this id. Raise OtherContent if it is not this one."""
    if kept.patient_id != new.patient_id or kept.digest != new.digest:
        raise OtherContent(kept.pk)
    return kept


def store_log(
    *,
    new: NewLog,
    answer: dict[str, Any],
    phone_agrees: bool | None,
    sent_by: UUID,
    now: datetime,
    judged_again: int,
) -> DailyLog:
    """Keep a log and return it; sent again with the same content, return what was kept the first time.

    The database decides: the id, one current log a day, one correction of a log. Logs of up to `judged_again` days
    after it wait to be flagged again, since rules look back. Raise OtherContent, DayAlreadyLogged or
    CorrectedMeanwhile, with nothing stored.
    """
    log = DailyLog(
        id=new.id,
        patient_id=new.patient_id,
        day=new.day,
        facts=new.facts,
        digest=new.digest,
        corrects_id=new.corrects,
        shown=new.shown,
        written_at=new.written_at,
        answer=answer,
        phone_agrees=phone_agrees,
        received_at=now,
        sent_by_id=sent_by,
    )
    try:
        with transaction.atomic():
            if new.corrects:
                log.revision = _supersede(new, now)
            log.save(force_insert=True)
            _store_readings(log)
            _wait_again(log, judged_again)
    except (IntegrityError, CorrectedMeanwhile) as conflict:
        return _explain(new, conflict)
    return log


def _supersede(new: NewLog, now: datetime) -> int:
    """Set the corrected log aside and return the revision that follows it."""
    replaced = DailyLog.objects.filter(
        pk=new.corrects, patient_id=new.patient_id, day=new.day, superseded_at__isnull=True
    )
    if new.corrects is None or not replaced.update(superseded_at=now):
        raise CorrectedMeanwhile(new.id)
    return DailyLog.objects.values_list("revision", flat=True).get(pk=new.corrects) + 1


def _store_readings(log: DailyLog) -> None:
    readings = log.facts.get("blood_pressure") or []
    BloodPressureReading.objects.bulk_create(
        BloodPressureReading(
            log=log,
            position=position,
            systolic=reading["systolic"],
            diastolic=reading["diastolic"],
            taken_at=reading.get("taken_at"),
            source=reading.get("source") or BloodPressureReading.Source.TYPED,
        )
        for position, reading in enumerate(readings, start=1)
    )


def _wait_again(log: DailyLog, days: int) -> None:
    if days:
        DailyLog.objects.filter(
            patient_id=log.patient_id,
            superseded_at__isnull=True,
            day__gt=log.day,
            day__lte=log.day + timedelta(days=days),
        ).update(flagged_at=None)


def _explain(new: NewLog, conflict: Exception) -> DailyLog:
    """Find out which constraint refused the log: the same log sent at the same moment is no conflict."""
    kept = DailyLog.objects.filter(pk=new.id).first()
    if kept:
        return same_content(kept=kept, new=new)
    current = DailyLog.objects.filter(patient_id=new.patient_id, day=new.day, superseded_at__isnull=True).first()
    if current is None:
        raise CorrectedMeanwhile(new.corrects or new.id) from conflict
    if new.corrects:
        raise CorrectedMeanwhile(current.pk) from conflict
    raise DayAlreadyLogged(current.pk) from conflict
