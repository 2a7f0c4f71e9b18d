"""Keep what patients report: stored once however often it is sent, never changed, never lost."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from backend.audit import services as audit

from .models import DailyLog

# Log, readings and audit event in one statement: all of it or nothing, for one journey to the database.
# A conflict is an answer, not an error: PostgreSQL writes failed statements, and so health data, into its log.
_KEEP = f"""
WITH kept AS (
    INSERT INTO diary_dailylog (id, patient_id, day, revision, corrects_id, facts, digest, answer, shown, phone_agrees,
        written_at, received_at, sent_by_id, flag_attempts)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0)
    ON CONFLICT DO NOTHING
    RETURNING id, patient_id, received_at, sent_by_id
), readings AS (
    INSERT INTO diary_bloodpressurereading (log_id, position, systolic, diastolic, taken_at, source)
    SELECT kept.id, position, (reading ->> 'systolic')::int, (reading ->> 'diastolic')::int,
        (reading ->> 'taken_at')::timestamptz, coalesce(reading ->> 'source', 'typed')
    FROM kept, jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS readings (reading, position)
), event AS (
    {audit.EVENT} SELECT received_at, sent_by_id, patient_id, 'changed', 'log', id FROM kept
)
SELECT count(*) FROM kept
"""  # noqa: S608 - our own words only


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
) -> DailyLog:
    """Keep a log, record who sent it, and return it; sent again with the same content, return what was kept first.

    The database decides: the id, one current log a day, one correction of a log. Raise OtherContent,
    DayAlreadyLogged or CorrectedMeanwhile, with nothing stored.
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
        if not new.corrects:
            _keep(log)
            return log
        with transaction.atomic():
            log.revision = _supersede(new, now)
            _keep(log)
    except (NotInserted, CorrectedMeanwhile) as conflict:
        return _explain(new, conflict)
    return log


class NotInserted(Exception):
    """A unique constraint has the place already: the id, the day, or the correction."""


def _keep(log: DailyLog) -> None:
    """Insert the log, its readings and the audit event, waiting for whoever inserts the same at this moment.

    Raise NotInserted.
    """
    shown = None if log.shown is None else _json(log.shown)
    values: list[Any] = [log.pk, log.patient_id, log.day, log.revision, log.corrects_id, _json(log.facts), log.digest]
    values += [_json(log.answer), shown, log.phone_agrees, log.written_at, log.received_at, log.sent_by_id]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [*values, _json(log.facts.get("blood_pressure", []))])
        (kept,) = cursor.fetchone()
    if not kept:
        raise NotInserted


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _supersede(new: NewLog, now: datetime) -> int:
    """Set the corrected log aside and return the revision that follows it."""
    corrected = DailyLog.objects.filter(pk=new.corrects or new.id, patient_id=new.patient_id, day=new.day)
    if not corrected.filter(superseded_at__isnull=True).update(superseded_at=now):
        raise CorrectedMeanwhile(new.id)
    return corrected.values_list("revision", flat=True).get() + 1


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
