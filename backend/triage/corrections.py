"""What a correction changes in the answers behind an alert. The alert stays as it is; the nurse reads what changed."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from backend.protocol.changes import Changes, changes
from backend.protocol.model import Protocol

from .models import AlertEvent

LONGEST = 500
# The newest revision before each of these logs that was flagged: what the alerts say was made from it.
_BEFORE = """
SELECT log.id, log.day, log.received_at, log.facts, before.facts, flag.alert_id, flag.symptom, flag.rule
FROM diary_dailylog log
JOIN LATERAL (
    SELECT id, facts FROM diary_dailylog older
    WHERE older.patient_id = log.patient_id AND older.day = log.day AND older.revision < log.revision
        AND older.flagged_at IS NOT NULL
    ORDER BY older.revision DESC LIMIT 1
) before ON true
JOIN diary_dailylog older ON older.patient_id = log.patient_id AND older.day = log.day AND older.revision < log.revision
JOIN triage_flag flag ON flag.log_id = older.id
WHERE log.id = ANY(%s) AND log.corrects_id IS NOT NULL AND log.flagged_at IS NULL
ORDER BY log.id, flag.id
"""


@dataclass(slots=True)
class Corrected:
    """One alert that an earlier revision of a log has fed, with the answers then and now."""

    log_id: UUID
    alert_id: UUID
    symptom: str
    day: Any
    at: datetime
    before: dict[str, Any]
    after: dict[str, Any]
    rules: list[str] = field(default_factory=list)

    def event(self, protocol: Protocol) -> AlertEvent | None:
        """What to note on the alert, at the moment the correction came; None when these answers are unchanged."""
        found = changes(protocol, self.rules, before=self.before, after=self.after)
        if found is None:
            return None
        kind = AlertEvent.Kind.TAKEN_BACK if found.only_taken_back else AlertEvent.Kind.CORRECTED
        return AlertEvent(alert_id=self.alert_id, kind=kind, at=self.at, day=self.day, detail=self._detail(found))

    def _detail(self, found: Changes) -> str:
        """The alert of a sign says itself which sign was taken back."""
        return "" if found.only_taken_back and found.signs == (self.symptom,) else found.words[:LONGEST]


def corrected_alerts(logs: Collection[UUID]) -> Mapping[UUID, list[Corrected]]:
    """The alerts that earlier revisions of these waiting logs have fed, by log, in one statement."""
    found: dict[UUID, dict[UUID, Corrected]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [list(logs)])
        for log, day, at, after, before, alert, symptom, rule in cursor.fetchall():
            new = Corrected(log, alert, symptom, day, at, orjson.loads(before), orjson.loads(after))
            found[log].setdefault(alert, new).rules.append(rule)
    return {log: list(by_alert.values()) for log, by_alert in found.items()}
