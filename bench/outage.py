"""Goal 5: logs that waited through an outage, flagged by Handhold's task and by one task for each log."""

import time

import psycopg
from celery import Celery

from bench import people
from bench.generate import store_kinds
from bench.judged import judged_days
from bench.report import Goal, middle
from bench.run import Run
from bench.site import Site, wait_until
from scripts.places import PYTHON

PATIENTS, DAYS, FEWER = 1_000, 10, 20
_WAITING_LOGS = """
INSERT INTO diary_dailylog (id, day, revision, facts, digest, answer, received_at, flag_attempts, patient_id,
    sent_by_id)
SELECT uuidv7(), day, 1, facts, 'generated', answer, now(), 0, p.id, p.person_id
FROM generate_series(current_date - %(days)s + 1, current_date, interval '1 day') day
CROSS JOIN (SELECT * FROM care_patient ORDER BY id LIMIT %(patients)s) p
JOIN bench_kind k ON k.kind = abs(hashint4(p.birth_on - day::date)) %% %(kinds)s
"""


def measure(run: Run) -> None:
    """Interleave: many waiting logs for the batch task, fewer for one task each. Each turn starts from nothing."""
    ours, theirs = [], []
    for _ in range(3):
        ours.append(_handhold(run))
        theirs.append(_one_by_one(run))
    times = middle([mine / other for mine, other in zip(ours, theirs, strict=True)])
    run.report.add(
        Goal(
            "5",
            "catching up after an outage, of one task a log with Celery's defaults",
            f"{times:.0f}x",
            "at least 20x",
            times >= 20,
            f"control {middle(theirs):,.0f} logs/s over {PATIENTS * DAYS // FEWER:,} logs, two worker processes",
            f"{middle(ours):,.0f} logs/s over {PATIENTS * DAYS:,} logs, {PATIENTS:,} patients, {DAYS} days each",
        )
    )


def _handhold(run: Run) -> float:
    """The worker's own first look finds the logs."""
    return _catch_up(run, patients=PATIENTS, worker=("scripts/run", "worker"), tasks=False)


def _one_by_one(run: Run) -> float:
    celery = str(PYTHON.with_name("celery"))
    worker = (celery, "--app", "bench.control.one_by_one", "worker", "--concurrency", "2", "--loglevel", "WARNING")
    return _catch_up(run, patients=PATIENTS // FEWER, worker=worker, tasks=True)


def _catch_up(run: Run, *, patients: int, worker: tuple[str, ...], tasks: bool) -> float:
    """Logs flagged a second, from the first ones flagged until none waits; starting the worker does not count."""
    run.servers.create("bench_outage", template="bench_template")
    site = Site("outage", run.servers, database="bench_outage", redis=2)
    with site, run.servers.connect("bench_outage") as database:
        people.populate(database, clinics=5, patients=patients)
        numbers = {"days": DAYS, "patients": patients, "kinds": store_kinds(database, judged_days())}
        database.execute(_WAITING_LOGS, numbers)
        database.execute("ANALYZE")
        if tasks:
            _queue_each(database, site.environment["REDIS_URL"])
        site.start_worker(worker)
        wait_until(lambda: _waiting(database) < patients * DAYS, seconds=120, what="Flagging of the first log")
        left, began = _waiting(database), time.perf_counter()
        wait_until(lambda: not _waiting(database), seconds=600, what="Flagging of all logs", every=0.25)
        return left / (time.perf_counter() - began)


def _queue_each(database: psycopg.Connection, redis: str) -> None:
    with Celery("one_by_one", broker=redis) as celery:
        for (log,) in database.execute("SELECT id FROM diary_dailylog ORDER BY received_at"):
            celery.send_task("bench.control.one_by_one.flag_log", [str(log)])


def _waiting(database: psycopg.Connection) -> int:
    row = database.execute(
        "SELECT count(*) FROM diary_dailylog WHERE flagged_at IS NULL AND superseded_at IS NULL"
    ).fetchone()
    return int(row[0]) if row else 0
