"""The site's own database, read and held past the site."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.faults.process import wait_until
from tests.faults.web import Person


@dataclass(frozen=True)
class Story:
    """What has come of one log: how often it was judged and flagged, and what its alerts went through."""

    judged: int
    flags: int
    alerts: int
    events: tuple[str, ...]
    told: tuple[str, ...]


WAITS = Story(judged=0, flags=0, alerts=0, events=(), told=())
FLAGGED_ONCE = Story(judged=1, flags=1, alerts=1, events=("raised",), told=("nurse",))


class Database:
    """What is kept, and what has come of it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def rows(self, statement: str, *arguments: Any) -> list[dict[str, Any]]:
        """Run one statement and return its rows."""
        with psycopg.connect(self.url, autocommit=True, row_factory=dict_row) as connection:
            cursor = connection.execute(statement, arguments)
            return cursor.fetchall() if cursor.description else []

    def value(self, statement: str, *arguments: Any) -> Any:
        """The first column of the only row."""
        (row,) = self.rows(statement, *arguments)
        return next(iter(row.values()))

    def alerts(self, patient: Person) -> list[dict[str, Any]]:
        """All alerts of a patient, oldest first."""
        return self.rows("SELECT * FROM triage_alert WHERE patient_id = %s ORDER BY raised_at", patient.patient)

    def is_flagged(self, log: str) -> bool:
        return bool(self.value("SELECT flagged_at IS NOT NULL FROM diary_dailylog WHERE id = %s", log))

    def story(self, log: str) -> Story:
        """What has come of this log so far."""
        alerts = "SELECT alert_id FROM triage_flag WHERE log_id = %s"
        events = self.rows(f"SELECT kind FROM triage_alertevent WHERE alert_id IN ({alerts}) ORDER BY id", log)
        told = self.rows(
            f"SELECT recipient FROM messaging_delivery WHERE alert_id IN ({alerts}) ORDER BY recipient", log
        )
        return Story(
            judged=self.value("SELECT count(*) FROM triage_assessment WHERE log_id = %s", log),
            flags=self.value("SELECT count(*) FROM triage_flag WHERE log_id = %s", log),
            alerts=self.value("SELECT count(DISTINCT alert_id) FROM triage_flag WHERE log_id = %s", log),
            events=tuple(row["kind"] for row in events),
            told=tuple(row["recipient"] for row in told),
        )

    def until_flagged(self, *logs: str) -> None:
        """Wait until these logs are flagged."""
        wait_until(lambda: all(self.is_flagged(log) for log in logs), f"flagged: {', '.join(logs)}")

    @contextmanager
    def holding(self, patient: Person) -> Iterator[int]:
        """Keep a patient's row, so that whoever flags their logs stops in the middle. Gives our session's number."""
        with psycopg.connect(self.url) as connection:
            connection.execute("SELECT FROM care_patient WHERE id = %s FOR NO KEY UPDATE", [patient.patient])
            yield connection.info.backend_pid
            connection.rollback()

    def held_up_by(self, session: int) -> list[int]:
        """The sessions that wait for a row which this session keeps."""
        waiting = self.rows("SELECT pid FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", session)
        return [row["pid"] for row in waiting]

    def empty(self) -> None:
        """Remove what patients sent and all that came of it."""
        wait_until(self._emptied, "nobody is in the way of emptying the tables")

    def _emptied(self) -> bool:
        tables = "diary_dailylog, triage_alert, messaging_delivery, ticks_heartbeat, audit_auditevent"
        try:
            self.rows(f"TRUNCATE {tables} CASCADE")
        except psycopg.errors.DeadlockDetected:
            return False
        return True
