"""Goal 6: worklist, a patient's screen and trend, and the cohort, over millions of logs and over ten thousand."""

import json
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg

from bench import people
from bench.generate import Size
from bench.load import Request, percentile, send
from bench.report import Goal, middle
from bench.run import Run
from bench.site import Site
from scripts.places import PYTHON, ROOT

REQUESTS, TREND_DAYS, TURNS = 200, 90, 9
_WORKLIST = """
SELECT a.id, a.symptom, a.urgency, a.state, a.change, a.day, a.reason, a.detail, a.grade, a.rule, a.source, a.tags,
    a.raised_at, a.due_at, a.due_minutes, p.birth_on, p.time_zone, person.name, person.phone
FROM triage_alert a JOIN care_patient p ON p.id = a.patient_id JOIN accounts_person person ON person.id = p.person_id
WHERE a.clinic_id = %s AND a.state <> 'resolved' ORDER BY a.urgency_rank DESC, a.due_at, a.id LIMIT 50
"""
_TREND = """
SELECT l.id, l.day, l.received_at, l.facts, a.urgency, a.grades_ctcae5, a.grades_ctcae6, a.rules
FROM diary_dailylog l JOIN triage_assessment a ON a.log_id = l.id AND a.superseded_at IS NULL
WHERE l.patient_id = %s AND l.superseded_at IS NULL AND l.day >= %s ORDER BY l.day DESC
"""


@dataclass(frozen=True)
class Page:
    """One page: how it is asked for, the bare SQL of it if there is a goal for that, and how far it may be off."""

    name: str
    path: Callable[[int, int], str]
    raw: str = ""
    most_times_raw: float = 0


def measure(run: Run) -> None:
    """Take turns between both sites, each first as often as the other, and bare SQL: one request at a time, the same
    200 again and again, warm. A p95 of 200 moves by a fifth from turn to turn, hence the median of nine pairs."""
    with (
        Site("large", run.servers, database="bench_large", redis=3) as large,
        Site("small", run.servers, database="bench_small", redis=4) as small,
        run.servers.connect("bench_large") as database,
    ):
        sizes = {large: Size.large(run.logs), small: Size.small()}
        for site in sizes:
            site.migrate()
            site.start_web()
        ago = _newest_day_ago(database)
        counts = _statements(large, ago)
        for page in _pages(ago):
            _measure_page(run, page, sizes, database, counts[page.name])


def _pages(ago: int) -> list[Page]:
    days = TREND_DAYS + ago
    return [
        Page("worklist", lambda clinic, patient: "/api/v1/alerts", _WORKLIST, 30),
        Page(
            "trend", lambda clinic, patient: f"/api/v1/patients/{people.patient(patient)}/logs?days={days}", _TREND, 12
        ),
        Page("patient", lambda clinic, patient: f"/api/v1/patients/{people.patient(patient)}"),
        Page("cohort", lambda clinic, patient: "/api/v1/patients"),
    ]


def _measure_page(run: Run, page: Page, sizes: dict[Site, Size], database: psycopg.Connection, statements: int) -> None:
    large, small = sizes
    requests = {site: _requests(page, size) for site, size in sizes.items()}
    many, few, bare = [], [], []
    for turn in range(TURNS + 1):
        order = (large, small) if turn % 2 else (small, large)
        seen = {site: send(requests[site], port=site.port, connections=1).percentile(95) for site in order}
        raw = percentile(_raw(page, database, sizes[large]), 95) if page.raw else 0.0
        if turn:  # the first one warms up
            many.append(seen[large])
            few.append(seen[small])
            bare.append(raw)
    flat = middle([one / other for one, other in zip(many, few, strict=True)])
    figures = f"p95 {middle(many):.1f} ms, {statements} statements"
    run.report.add(
        Goal(
            "6",
            f"{page.name}, p95 at {run.logs:,} logs of that at 10,000",
            f"{flat:.2f}x, {statements} queries",
            "at most 1.25x, 10 queries",
            flat <= 1.25 and statements <= 10,
            f"at 10,000 logs p95 {middle(few):.1f} ms",
            figures,
        )
    )
    if page.raw:
        times = middle([one / other for one, other in zip(many, bare, strict=True)])
        run.report.add(
            Goal(
                "6",
                f"{page.name}, p95 of that of bare SQL at {run.logs:,} logs",
                f"{times:.1f}x",
                f"at most {page.most_times_raw:.0f}x",
                times <= page.most_times_raw,
                f"bare SQL p95 {middle(bare):.2f} ms, the same rows fetched with psycopg",
                figures,
            )
        )


def _whom(size: Size) -> Sequence[tuple[int, int]]:
    """Clinic and patient of each request, spread over all of them."""
    patients = [1 + number * 7919 % size.patients for number in range(REQUESTS)]
    return [(1 + patient % size.clinics, patient) for patient in patients]


def _requests(page: Page, size: Size) -> list[Request]:
    return [
        ("GET", page.path(clinic, patient), f"Bearer {people.token_of_nurse(clinic)}", "")
        for clinic, patient in _whom(size)
    ]


def _raw(page: Page, database: psycopg.Connection, size: Size) -> list[float]:
    """Milliseconds of each bare query, rows fetched."""
    took = []
    first = database.execute("SELECT max(day) - %s FROM diary_dailylog", [TREND_DAYS - 1]).fetchone()
    for clinic, patient in _whom(size):
        values = [people.clinic(clinic)] if page.name == "worklist" else [people.patient(patient), first and first[0]]
        began = time.perf_counter()
        database.execute(page.raw.encode(), values).fetchall()
        took.append(1000 * (time.perf_counter() - began))
    return took


def _newest_day_ago(database: psycopg.Connection) -> int:
    """How many days ago the data was generated: a trend reaches back as much further, for the same 90 logs."""
    row = database.execute("SELECT current_date - max(day) FROM diary_dailylog").fetchone()
    return int(row[0]) if row else 0


def _statements(site: Site, ago: int) -> dict[str, int]:
    """How many statements each page takes, counted by Django in a process of its own."""
    asked = {
        page.name: [page.path(1, site_patient), people.token_of_nurse(1)]
        for page in _pages(ago)
        for site_patient in [20]
    }
    command = [str(PYTHON), "-m", "bench.statements"]
    ran = subprocess.run(
        command, input=json.dumps(asked), env=site.environment, capture_output=True, text=True, cwd=ROOT
    )
    if ran.returncode:
        raise RuntimeError(f"The statements could not be counted:\n{ran.stderr}")
    return dict(json.loads(ran.stdout))
