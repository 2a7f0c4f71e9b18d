"""Measure everything, or only generate the data:

BENCH_AGAINST=../before make bench                  the phone's page beside another checkout, set up there (make setup)
make bench                                          BENCH_LOGS=1000000 make bench (less disk)
python -m bench --goals 1,2,3,4,10 --seconds 3      some goals, shorter turns; docs/benchmarks.md stays as it is
python -m bench --goals 11,12 --against ../before   beside another checkout (set up: make setup), in turns; ratios count
python -m bench generate --logs 10000000            the data of goal 6 only
"""

import argparse
import fcntl
import os
import shutil
import sys
import time
from pathlib import Path

from backend.config.service import ServiceError
from bench import desk, generate, memory, open_loop, outage, pages, people, phone, put_logs
from bench.control_site import Control
from bench.load import LoadError
from bench.report import Report
from bench.run import Run
from bench.site import FOLDER, Servers, Site
from scripts.children import ChildError
from scripts.places import ROOT, stop

BYTES_OF_A_LOG = 3_200
ALL = {"1", "2", "3", "4", "5", "6", "10", "11", "12", "13", "14"}


def main() -> None:
    """Generate what is missing, with PostgreSQL in haste; then measure, with full durability."""
    asked = _arguments()
    began = time.monotonic()
    goals = set(asked.goals.split(","))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stop("A bench already runs in this checkout. Wait for it, or stop it with Ctrl-C where it runs.")
        _run(asked, goals)
    print(f"Took {(time.monotonic() - began) / 60:.0f} minutes.")


def _run(asked: argparse.Namespace, goals: set[str]) -> None:
    try:
        if "6" in goals or asked.act == "generate":
            _generate(asked.logs)
        if asked.act == "measure":
            _measure(asked, goals)
    except (ChildError, ServiceError, LoadError) as problem:
        stop(str(problem))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("act", nargs="?", choices=["measure", "generate"], default="measure")
    parser.add_argument("--logs", type=int, default=int(os.environ.get("BENCH_LOGS") or 10_000_000))
    parser.add_argument("--goals", default=",".join(sorted(ALL)))
    parser.add_argument("--turns", type=int, default=5, help="turns of each side, at least 3 for a fair median")
    parser.add_argument("--seconds", type=float, default=6.0, help="length of a turn")
    against, about = os.environ.get("BENCH_AGAINST") or ROOT, "another checkout to compare the phone's page with"
    parser.add_argument("--against", type=Path, default=Path(against), help=about)
    return parser.parse_args()


def _generate(logs: int) -> None:
    """Make the databases of goal 6, unless they are there."""
    servers = Servers(fast=True)
    try:
        wanted = generate.whole(servers, "bench_large") != logs
        if wanted and shutil.disk_usage(FOLDER).free < logs * BYTES_OF_A_LOG:
            stop(
                f"{logs:,} logs take {logs * BYTES_OF_A_LOG / 2**30:.0f} GiB in {FOLDER}, and there is less. "
                "Make room, or choose fewer: BENCH_LOGS=1000000 make bench"
            )
        _make_template(servers)
        if wanted:
            servers.set(max_wal_size="8GB", checkpoint_timeout="1h", shared_buffers="1GB")
        generate.ensure(servers, logs=logs, say=print)
        if wanted:
            servers.reset("max_wal_size", "checkpoint_timeout", "shared_buffers")
    finally:
        servers.stop()


def _make_template(servers: Servers) -> None:
    servers.create("bench_template")
    Site("template", servers, database="bench_template", redis=5).migrate()


def _measure(asked: argparse.Namespace, goals: set[str]) -> None:
    servers = Servers()
    try:
        servers.set(track_commit_timestamp="on")
        with servers.connect("postgres") as database:
            row = database.execute("SHOW server_version").fetchone()
        report = Report(postgres=row[0] if row else "?")
        run = Run(servers, report, asked.logs, asked.turns, asked.seconds, asked.against.resolve())
        run.report.watch_load()
        _make_template(servers)
        if goals & {"1", "2", "3", "4", "10", "14"}:
            _measure_logs(run, goals)
        for goal, measure in (("5", outage.measure), ("6", pages.measure)):
            if goal in goals:
                measure(run)
        if goals & {"11", "12"}:
            phone.measure(run)
        if "13" in goals:
            desk.measure(run)
        if goals == ALL:
            run.report.write()
    finally:
        servers.stop()


def _measure_logs(run: Run, goals: set[str]) -> None:
    """The goals that send logs: one site and one control for all of them."""
    run.servers.create("bench_site", template="bench_template")
    with run.servers.connect("bench_site") as database:
        people.populate(database, clinics=5, patients=10_000)
        database.execute("ANALYZE")
    logs = put_logs.Logs()
    with (
        Site("site", run.servers, database="bench_site", redis=0) as site,
        Control(run.servers) as control,
    ):
        site.start_web()
        site.start_worker()
        if goals & {"1", "2", "10"}:
            put_logs.measure(run, site, control, logs)
            memory.measure(run, site, control)
        if goals & {"3", "4"}:
            open_loop.measure(run, site, logs)
        if "14" in goals:
            open_loop.measure_slow_clients(run, site, logs)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    main()
