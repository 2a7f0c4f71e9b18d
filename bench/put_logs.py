"""Goals 1 and 2: how many logs a second, beside bare PostgreSQL and beside what most would build."""

import json
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bench import anchor, days
from bench.control_site import Control
from bench.load import LoadError, Request, Seen, send
from bench.processes import cpu_seconds
from bench.report import Goal, middle
from bench.run import Run
from bench.site import Site, wait_until

PATIENTS = 2_000
FIRST_DAYS_AGO = 13


class Logs:
    """An endless supply of new logs: a day of every patient, then the next day of every patient."""

    def __init__(self) -> None:
        self.number = 0

    def take(self, count: int) -> list[Request]:
        return [self._next() for _ in range(count)]

    def give_back(self, count: int) -> None:
        """Those taken last were not sent; they are taken again."""
        self.number -= count

    def _next(self) -> Request:
        ago, patient = FIRST_DAYS_AGO - self.number // PATIENTS, 1 + self.number % PATIENTS
        self.number += 1
        if ago < 0:
            raise LoadError("Every patient has a log for every day by now. Choose shorter turns: --seconds 2")
        day = datetime.now(UTC).date() - timedelta(days=ago)
        return days.put(log_id=uuid.uuid4(), patient=patient, day=day, facts=days.day_of(self.number))


def measure(run: Run, site: Site, control: Control, logs: Logs) -> None:
    """Take turns: disk, pgbench, Handhold, control."""
    anchor.prepare(run.servers, facts=json.dumps(days.day_of(1)))
    enough = 4 * run.seconds
    most = int(enough * send(logs.take(400), port=site.port).rate)
    most_plain = int(enough * send(control.logs(400), port=control.port).rate)
    _look_at_what_grew(run)
    syncs, commits, ours, theirs, idle, judged, cost = [], [], [], [], [], [], {}
    for _ in range(run.turns):
        syncs.append(anchor.syncs_per_second())
        commits.append(anchor.commits_per_second(run.servers, seconds=int(run.seconds)))
        before = cpu_seconds(site, run.servers)
        ours.append(send(logs.take(most), port=site.port, seconds=run.seconds))
        logs.give_back(most - ours[-1].sent)
        after = cpu_seconds(site, run.servers)
        mine = _rate_until(lambda: not _waiting(run), ours[-1])
        cost = {name: 1000 * (after[name] - before[name]) / ours[-1].sent for name in after}
        idle.append(send(control.logs(most_plain), port=control.port, seconds=run.seconds).rate)
        control.start_its_worker()
        theirs.append(send(control.logs(most_plain), port=control.port, seconds=run.seconds))
        judged.append((mine, _rate_until(control.has_nothing_to_do, theirs[-1])))
        control.stop_its_worker()
    _report(run, syncs, commits, ours, judged)
    spent = ", ".join(f"{name} {ms:.1f}" for name, ms in cost.items())
    run.report.note(
        f"CPU time of one PUT under full load, ms: {spent}, the measuring client {ours[-1].cpu_ms_each:.2f}."
        f" The disk kept {middle(syncs):,.0f} syncs/s beside (8 KiB and fdatasync;"
        f" {min(syncs):,.0f} to {max(syncs):,.0f})."
    )
    taken = middle([seen.rate for seen in ours])
    run.report.note(
        f"Taking logs alone, whatever is left to judge: Handhold {taken:,.0f} a second and hardly any left,"
        f" the control {middle([seen.rate for seen in theirs]):,.0f} with its worker far behind, {middle(idle):,.0f}"
        " with no worker."
    )


def _rate_until(done: Callable[[], bool], seen: Seen) -> float:
    """Logs taken and judged a second: the clock stops when the last of them is judged, not when it is answered."""
    began = time.monotonic()
    wait_until(done, seconds=120, what="Judging the last log", every=0.01)
    return seen.sent / (seen.seconds + time.monotonic() - began)


def _waiting(run: Run) -> int:
    with run.servers.connect("bench_site") as database:
        row = database.execute("SELECT count(*) FROM diary_dailylog WHERE flagged_at IS NULL").fetchone()
    return row[0] if row else 0


def _look_at_what_grew(run: Run) -> None:
    """As autovacuum does within a minute: until then PostgreSQL plans for tables as empty as they were."""
    for name in ("bench_site", "bench_control"):
        with run.servers.connect(name) as database:
            database.execute("VACUUM ANALYZE")


def _report(
    run: Run, syncs: list[float], commits: list[float], ours: list[Seen], judged: list[tuple[float, float]]
) -> None:
    share = middle([anchored / seen.rate for anchored, seen in zip(commits, ours, strict=True)])
    rate = middle([seen.rate for seen in ours])
    p50 = middle([seen.percentile(50) for seen in ours])
    run.report.add(
        Goal(
            "1",
            "PUT of a log, of what pgbench commits (4 statements, 8 clients)",
            f"1/{share:.1f}",
            "at least 1/20",
            share <= 20,
            f"pgbench {middle(commits):,.0f}/s, {middle(syncs):,.0f} syncs/s",
            f"{rate:,.0f} PUT/s over 8 connections, half within {p50:.0f} ms",
        )
    )
    times = middle([mine / theirs for mine, theirs in judged])
    run.report.add(
        Goal(
            "2",
            "logs taken and judged, of plain Django REST framework with token, delay() and a task for each log",
            f"{times:.1f}x",
            "at least 2.5x",
            times >= 2.5,
            f"control {middle([theirs for _, theirs in judged]):,.0f}/s, judged by three comparisons",
            f"{middle([mine for mine, _ in judged]):,.0f}/s, judged by the protocol, alerts raised and mails sent",
        )
    )
