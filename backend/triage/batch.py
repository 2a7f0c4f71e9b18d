"""Everything that judging a batch of logs needs, read before the first one is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from backend.care.selectors import PatientContext, contexts
from backend.diary.selectors import KeptDay, days_of

from .assess import protocol_of
from .corrections import Corrected, corrected_alerts
from .ledger import WaitingLog
from .selectors import AlertsSoFar, lock_alerts

_ASSESSED = """
SELECT log_id, id, protocol, version, urgency, grades_ctcae5, grades_ctcae6, rules,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(rule, symptom)), '[]') FROM triage_flag
     WHERE triage_flag.log_id = triage_assessment.log_id)
FROM triage_assessment WHERE log_id = ANY(%s) AND superseded_at IS NULL
"""
_INSISTED = """
SELECT log, said_about FROM (
    SELECT DISTINCT ON (log.id) log.id AS log, said.received_at AS said_about, wait.can_wait
    FROM diary_dailylog log
    JOIN diary_dailylog said ON said.patient_id = log.patient_id AND said.day = log.day
    JOIN triage_canwait wait ON wait.log_id = said.id
    WHERE log.id = ANY(%s) ORDER BY log.id, wait.said_at DESC
) latest WHERE NOT can_wait
"""
_CONTACTED = "SELECT alert_id, max(at) FROM triage_contact WHERE alert_id = ANY(%s) GROUP BY alert_id"


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was found about a log before: the row, its content, and the rules that were flagged."""

    id: int
    content: tuple[Any, ...]
    flags: set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything judging a batch of logs needs, read before the first one is judged."""

    contexts: dict[UUID, PatientContext]
    facts: dict[UUID, dict[date, dict[str, Any]]]
    alerts: AlertsSoFar
    assessed: dict[UUID, Assessed]
    insisted: dict[UUID, datetime]
    contacted: dict[UUID, datetime]
    corrected: Mapping[UUID, list[Corrected]]
    to_judge: list[WaitingLog]


def read(logs: list[WaitingLog], now: datetime) -> Batch:
    # One worker at a time per patient; a new log of theirs may still be stored meanwhile.
    found = contexts({log.patient_id for log in logs}, locked=True)
    alerts = lock_alerts(found, now=now)
    window = timedelta(days=max(protocol_of(context).window_days for context in found.values()))
    days = [log.day for log in logs]
    kept = days_of(patients=found, first=min(days) - window, last=max(days) + window)
    to_judge = sorted({*logs, *_judged_again(logs, kept, window)}, key=lambda log: (log.patient_id, log.day))
    insisted = _moments(_INSISTED, [log.id for log in logs])
    touched = [alert.pk for alert in (*alerts.live.values(), *alerts.last.values())] if insisted else []
    return Batch(
        contexts=found,
        facts={patient: {day: one.facts for day, one in days.items()} for patient, days in kept.items()},
        alerts=alerts,
        assessed=_assessed(to_judge),
        insisted=insisted,
        contacted=_moments(_CONTACTED, touched) if touched else {},
        corrected=corrected_alerts([log.id for log in logs]),
        to_judge=to_judge,
    )


def _moments(statement: str, ids: list[UUID]) -> dict[UUID, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [ids])
        return dict(cursor.fetchall())


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


def _assessed(logs: list[WaitingLog]) -> dict[UUID, Assessed]:
    with connection.cursor() as cursor:
        cursor.execute(_ASSESSED, [[log.id for log in logs]])
        return {
            log: Assessed(
                pk,
                (protocol, version, urgency, orjson.loads(ctcae5), orjson.loads(ctcae6), rules),
                {(rule, symptom) for rule, symptom in orjson.loads(flags)},
            )
            for log, pk, protocol, version, urgency, ctcae5, ctcae6, rules, flags in cursor.fetchall()
        }
