"""Goals 3, 4 and 14: at 50 logs a second, how even the answers are, with slow clients too, and how soon alerts come."""

import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from subprocess import PIPE, Popen

import psycopg

from bench import days
from bench.load import LoadError, Request, percentile, send
from bench.put_logs import PATIENTS, Logs
from bench.report import Goal, middle
from bench.run import Run
from bench.site import Site, wait_until
from scripts.places import ROOT

RATE = 50
RAISES_ONE_IN = 5  # more than any clinic has seen
_SINCE_COMMIT = """
SELECT 1000 * extract(epoch FROM pg_xact_commit_timestamp(event.xmin) - pg_xact_commit_timestamp(audit.xmin))
FROM audit_auditevent audit JOIN triage_flag flag ON flag.log_id = audit.subject_id
JOIN triage_alertevent event ON event.alert_id = flag.alert_id AND event.kind = 'raised'
WHERE audit.verb = 'changed' AND flag.log_id = ANY(%s)
"""
_WITH_ALERT = "SELECT count(DISTINCT log_id) FROM triage_flag WHERE log_id = ANY(%s)"


SLOW = 200


def measure_slow_clients(run: Run, site: Site, logs: Logs) -> None:
    """Goal 14: turns of usual days with nobody else connected, and beside slow clients."""
    seconds = max(10.0, 2 * run.seconds)
    send(logs.take(RATE * 3), port=site.port, rate=RATE)
    alone, beside = [], []
    for _ in range(3):
        alone.append(send(logs.take(int(RATE * seconds)), port=site.port, rate=RATE).percentile(99))
        with _slow_clients(site, logs.take(1)[0][2]):
            beside.append(send(logs.take(int(RATE * seconds)), port=site.port, rate=RATE).percentile(99))
    ratio = middle([slow / quick for slow, quick in zip(beside, alone, strict=True)])
    run.report.add(
        Goal(
            "14",
            f"open loop at 50 logs a second beside {SLOW} clients that send at 2 kB/s, p99 of that without them",
            f"{ratio:.2f}x",
            "at most 1.5x",
            ratio <= 1.5,
            f"p99 without them {middle(alone):.1f} ms",
            f"p99 beside them {middle(beside):.1f} ms; half send a photo piece, half a sign-in",
        )
    )


@contextmanager
def _slow_clients(site: Site, authorization: str) -> Iterator[None]:
    """Slow clients in a process of their own, all connected and sending."""
    command = [sys.executable, "-m", "bench.slow_clients", str(site.port), str(SLOW), authorization]
    with Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as clients:
        if clients.stdout is None or clients.stdout.readline() != "sending\n":
            raise LoadError("The slow clients could not connect.")
        try:
            yield
        finally:
            clients.communicate()


def measure(run: Run, site: Site, logs: Logs) -> None:
    """Goal 3 with usual days, goal 4 with bad ones among them; both after a warm-up at the same pace."""
    seconds = max(10.0, 2 * run.seconds)
    urgent = _urgent_days()
    send(logs.take(RATE * 3), port=site.port, rate=RATE)
    usual = [send(logs.take(int(RATE * seconds)), port=site.port, rate=RATE) for _ in range(3)]
    ratio = middle([seen.percentile(99) / seen.percentile(50) for seen in usual])
    half, most = middle([s.percentile(50) for s in usual]), middle([s.percentile(99) for s in usual])
    run.report.add(
        Goal(
            "3",
            "open loop at 50 logs a second, p99 of p50",
            f"{ratio:.1f}x",
            "at most 3x",
            ratio <= 3,
            f"p50 {half:.1f} ms",
            f"p99 {most:.1f} ms, counted from when each request was due",
        )
    )
    _commit_to_alert(run, site, logs, urgent, seconds)
    _without_redis(run, site, urgent)


def _commit_to_alert(run: Run, site: Site, logs: Logs, urgent: Iterator[Request], seconds: float) -> None:
    """PostgreSQL's own commit times of a log and of its alert, where one log in five raises one."""
    turns = []
    for _ in range(3):
        requests, raising = logs.take(int(RATE * seconds)), []
        for number in range(0, len(requests), RAISES_ONE_IN):
            requests[number] = next(urgent)
            raising.append(requests[number])
        send(requests, port=site.port, rate=RATE)
        with run.servers.connect("bench_site") as database:
            ids = [_id(request) for request in raising]
            wait_until(lambda: _flagged(database, ids) == len(ids), seconds=60, what="Flagging of all logs")  # noqa: B023
            turns.append([float(row[0]) for row in database.execute(_SINCE_COMMIT, [ids])])
    half, most = middle([percentile(t, 50) for t in turns]), middle([percentile(t, 99) for t in turns])
    run.report.add(
        Goal(
            "4",
            "commit of a log to commit of its alert, at 50 logs a second of which ten raise one, p99",
            f"{most:.0f} ms",
            "at most 50 ms",
            most <= 50,
            "PostgreSQL's commit timestamps of both transactions",
            f"p50 {half:.0f} ms",
        )
    )


def _without_redis(run: Run, site: Site, urgent: Iterator[Request]) -> None:
    """With Valkey stopped, look for each alert as soon as the answer is here."""
    run.servers.valkey.stop()
    try:
        with run.servers.connect("bench_site") as database:
            found, tried = 0, 40
            for request in (next(urgent) for _ in range(tried)):
                send([request], port=site.port, connections=1)
                found += _flagged(database, [_id(request)])
    finally:
        run.servers.valkey.start()
    run.report.add(
        Goal(
            "4",
            "with Redis down, the alert is there when the answer arrives",
            f"{found} of {tried}",
            "all",
            found == tried,
            "Valkey stopped",
            "looked up after each answer",
        )
    )


def _flagged(database: psycopg.Connection, ids: list[str]) -> int:
    row = database.execute(_WITH_ALERT, [ids]).fetchone()
    return int(row[0]) if row else 0


def _id(request: Request) -> str:
    return request[1].rsplit("/", 1)[1]


def _urgent_days() -> Iterator[Request]:
    """Today's log of one patient after another who has no alert yet."""
    patient = PATIENTS
    while True:
        patient += 1
        today = datetime.now(UTC).date()
        yield days.put(log_id=uuid.uuid4(), patient=patient, day=today, facts=days.urgent_day())
