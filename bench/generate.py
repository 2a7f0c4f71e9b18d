"""Fill a bench database with judged logs, alerts and contacts, as fast as PostgreSQL takes them.

    python -m bench generate --logs 10000000

Each day of each patient is one of a few hundred days that the real evaluator has judged. Rows arrive day by day, as
they would in life. Plain indexes are dropped first and made again from their own definitions at the end. Blood
pressure readings are left out: no page measured here reads them.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from bench import people
from bench.judged import JudgedDay, judged_days
from bench.site import Servers

WRITERS = 2
LOGS_OF_A_PATIENT = 500
_KINDS = """
CREATE UNLOGGED TABLE bench_kind (
    kind int PRIMARY KEY, facts jsonb, answer jsonb, urgency text, five jsonb, six jsonb, rules text[])
"""
_ONE_DAY = """
WITH new AS MATERIALIZED (
    SELECT uuidv7(%(day)s::timestamptz + interval '8 hours' - now()) AS id, p.id AS patient_id, p.person_id,
        %(day)s::timestamptz + interval '8 hours' + random() * interval '4 hours' AS at, k.*
    FROM care_patient p JOIN bench_kind k ON k.kind = abs(hashint4(p.birth_on - %(day)s::date)) %% %(kinds)s
), logs AS (
    INSERT INTO diary_dailylog (id, day, revision, facts, digest, answer, received_at, flagged_at, flag_attempts,
        patient_id, sent_by_id)
    SELECT id, %(day)s, 1, facts, 'generated', answer, at, at, 0, patient_id, person_id FROM new
)
INSERT INTO triage_assessment (protocol, version, urgency, grades_ctcae5, grades_ctcae6, rules, assessed_at, log_id)
SELECT 'sorafenib', 1, urgency, five, six, rules, at, id FROM new
"""
_ALERTS = """
INSERT INTO triage_alert (id, symptom, urgency, state, change, day, rule, protocol, version, reason, detail, source,
    tags, grade, raised_at, due_at, due_minutes, escalation_level, escalate_at, clinic_id, patient_id,
    acknowledged_by_id, acknowledged_at, assigned_to_id, resolved_by_id, resolved_at)
SELECT gen_random_uuid(), 'diarrhea', CASE WHEN random() < 0.3 THEN 'contact_today' ELSE 'contact_24h' END,
    CASE WHEN live THEN 'open' ELSE 'resolved' END, 'new', l.day, 'diarrhea_3', 'sorafenib', 1,
    'Diarrhea, estimated grade 3: 8 stools, usual 1.', 'Yesterday 2 stools.', 'ESMO diarrhea guideline 2018', '{}', 3,
    l.received_at, l.received_at + interval '1 hour', 60, 0,
    CASE WHEN live THEN l.received_at + interval '1 hour' END, p.clinic_id, p.id,
    CASE WHEN NOT live THEN t.nurse_id END, CASE WHEN NOT live THEN l.received_at END,
    CASE WHEN random() < 0.5 THEN t.nurse_id END, CASE WHEN NOT live THEN t.nurse_id END,
    CASE WHEN NOT live THEN l.received_at + interval '1 hour' END
FROM triage_assessment a JOIN diary_dailylog l ON l.id = a.log_id JOIN care_patient p ON p.id = l.patient_id
    JOIN care_careteam t ON t.id = p.care_team_id, LATERAL (SELECT l.day > current_date - %(live_days)s AS live) moment
WHERE 'diarrhea_3' = ANY (a.rules)
ON CONFLICT DO NOTHING
"""
_CONTACTS = """
INSERT INTO triage_contact (id, alert_id, patient_id, at, by_id, outcome, note, next_step, resolves, guide)
SELECT gen_random_uuid(), id, patient_id, resolved_at, resolved_by_id, 'spoke_with_patient', '', '', true, '{}'
FROM triage_alert WHERE state = 'resolved'
"""


def ensure(servers: Servers, *, logs: int, say: Callable[[str], None]) -> None:
    """Make the large and the small database, unless an earlier run has left them whole."""
    for database, size in (("bench_large", Size.large(logs)), ("bench_small", Size.small())):
        if whole(servers, database) != size.logs:
            servers.create(database, template="bench_template")
            say(f"Generating {size.logs:,} logs of {size.patients:,} patients")
            fill(servers.url(database), size, say)
            with servers.connect("postgres") as admin:
                admin.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(database), str(size.logs)))


def whole(servers: Servers, database: str) -> int:
    """How many logs a database was made with; 0 if it is not there or was not finished."""
    with servers.connect("postgres") as admin:
        found = admin.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
        ).fetchone()
    return int(found[0]) if found and found[0] else 0


@dataclass(frozen=True)
class Size:
    """How many of what. Alerts of the last `live_days` wait for a nurse, so that a page of them is always full."""

    logs: int
    clinics: int
    patients: int
    live_days: int

    @classmethod
    def large(cls, logs: int) -> "Size":
        """500 logs a patient, 1,000 patients a clinic, some 130 of them with a live alert."""
        patients = max(1_000, logs // LOGS_OF_A_PATIENT)
        return cls(logs, max(1, patients // 1_000), patients, live_days=3)

    @classmethod
    def small(cls) -> "Size":
        """10,000 logs: one clinic of 100 patients with 100 logs each, some 60 of them with a live alert."""
        return cls(10_000, 1, 100, live_days=20)


def fill(url: str, size: Size, say: Callable[[str], None]) -> None:
    """Populate an empty, migrated database and give each patient an equal share of the logs, up to today."""
    began = time.monotonic()
    with psycopg.connect(url, autocommit=True) as database:
        people.populate(database, clinics=size.clinics, patients=size.patients)
        kinds = store_kinds(database, judged_days())
        indexes = _drop_indexes(database)
        days = _days(size.logs // size.patients)
        writers = [
            threading.Thread(target=_write_days, args=(url, days[number::WRITERS], kinds)) for number in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        say(f"  {len(days) * size.patients:,} logs after {time.monotonic() - began:.0f} s")
        database.execute("SET maintenance_work_mem = '1GB'")
        for command in indexes:
            database.execute(sql.SQL(command))
        database.execute(_ALERTS, {"live_days": size.live_days})
        for statement in (_CONTACTS, "DROP TABLE bench_kind", "VACUUM ANALYZE"):
            database.execute(statement)
        disk = database.execute("SELECT pg_size_pretty(pg_database_size(current_database()))").fetchone()
    say(f"  indexes, alerts and contacts after {time.monotonic() - began:.0f} s; {disk and disk[0]} on disk")


def _days(number: int) -> list[date]:
    today = datetime.now(UTC).date().toordinal()
    return [date.fromordinal(today - ago) for ago in reversed(range(number))]


def store_kinds(database: psycopg.Connection, days: list[JudgedDay]) -> int:
    """Keep the judged days in a table of their own, and return how many there are."""
    database.execute(_KINDS)
    with database.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bench_kind VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                (kind, Jsonb(day.facts), Jsonb(day.answer), day.urgency, Jsonb(day.five), Jsonb(day.six), day.rules)
                for kind, day in enumerate(days)
            ],
        )
    database.execute("ANALYZE bench_kind")
    return len(days)


def _write_days(url: str, days: list[date], kinds: int) -> None:
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("SET session_replication_role = replica")  # no foreign-key look-up for each row
        for day in days:
            database.execute(_ONE_DAY, {"day": day, "kinds": kinds})


def _drop_indexes(database: psycopg.Connection) -> list[str]:
    """Drop the indexes that are no constraints, and return the commands that make them."""
    rows = database.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = ANY"
        " (ARRAY['diary_dailylog'::regclass, 'triage_assessment'::regclass])"
        " AND indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE contype IN ('p', 'u'))"
    ).fetchall()
    for name, _ in rows:
        database.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    return [definition for _, definition in rows]
