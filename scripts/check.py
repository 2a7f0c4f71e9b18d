"""Every check and test, in order, with one closing line: `make test`, or `make lint` for the checks alone.

The checks run two at a time and are shown in order, each with its time and, if it failed, all it said.
A skipped test counts as a failure: nothing is left out silently.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from scripts.chromium import chromium
from scripts.node import node_environment
from scripts.places import FRONTEND, PYTHON, ROOT, VAR

RESULTS = VAR / "test"
NOT_PASSED = {"failure", "error", "skipped"}
REPORTS = {name: RESULTS / f"{name}.xml" for name in ("pytest", "Vitest")}


@dataclass(frozen=True)
class Check:
    """One command that must end with 0. Example: Check("types", [python, "-m", "mypy", "."])."""

    name: str
    command: list[str]
    folder: Path = ROOT


@dataclass
class Tally:
    """What ran and how it ended."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)

    def add(self, name: str, *, passed: bool) -> None:
        self.passed += passed
        self.failed += [] if passed else [name]


def checks() -> list[Check]:
    python, npm = str(PYTHON), ["npm", "run", "--silent"]
    return [
        Check("Python format", [python, "-m", "ruff", "format", "--check", "."]),
        Check("Python lint", [python, "-m", "ruff", "check", "."]),
        Check("import contracts", [str(PYTHON.parent / "lint-imports")]),
        Check("Python types", [python, "-m", "mypy"]),
        Check("docker-compose.yml", [python, "-m", "scripts.compose"]),
        Check("page format", [*npm, "format:check"], FRONTEND),
        Check("page lint", [*npm, "lint"], FRONTEND),
        Check("page types", [*npm, "check"], FRONTEND),
        Check("migrations", [python, "manage.py", "makemigrations", "--check", "--dry-run"]),
        Check("words in each language", [python, "-m", "scripts.words"]),
        Check("reading level", [python, "-m", "scripts.reading"]),
        Check("OpenAPI and its types", [python, "-m", "scripts.openapi", "check"]),
    ]


def vitest() -> Check:
    reporters = ["--reporter=default", "--reporter=junit", f"--outputFile.junit={REPORTS['Vitest']}"]
    return Check("Vitest", ["npm", "test", "--silent", "--", *reporters], FRONTEND)


def pytest() -> Check:
    """All tests in two processes, each file in one of them, each process with a clinic and a browser of its own."""
    two = ["--numprocesses=2", "--dist=loadfile"]
    return Check("pytest", [str(PYTHON), "-m", "pytest", *two, f"--junitxml={REPORTS['pytest']}"])


def main(*, tests: bool) -> int:
    began = time.monotonic()
    RESULTS.mkdir(parents=True, exist_ok=True)
    for old in REPORTS.values():
        old.unlink(missing_ok=True)
    environment = _environment(browser=chromium() if tests else "")
    tally, ran = Tally(), [f"{len(checks())} checks"]
    ended = _run_quietly([*checks(), *([vitest()] if tests else [])], environment, tally)
    if tests:
        _heading("pytest, with the journeys in Chromium")
        ended["pytest"] = _run_loudly(pytest(), environment)
        ran += [_count(report, name, ended[name], tally) for name, report in REPORTS.items()]
    return _close(tally, ", ".join(ran), time.monotonic() - began)


def _environment(*, browser: str) -> dict[str, str]:
    """No setting of a running demo or of the person's shell reaches the checks."""
    kept = {key: value for key, value in node_environment().items() if key not in {"SITE_URL", "EMAIL_URL"}}
    ours = {
        "SECRET_KEY": "only-for-checks",
        "DEMO": "0",
        "MAIL_FOLDER": "",
        "LOG_LEVEL": "WARNING",
        "NO_COLOR": "1",
    }
    return {**kept, **ours, "CHROMIUM": browser}


def _run_quietly(todo: list[Check], environment: dict[str, str], tally: Tally) -> dict[str, int]:
    """Run two at a time and tell each in its turn. Returns how each ended, by name."""
    ended = {}

    def run(check: Check) -> tuple[int, str, float]:
        began = time.monotonic()
        done = subprocess.run(
            check.command,
            cwd=check.folder,
            env={"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout, time.monotonic() - began

    _heading("checks")
    with ThreadPoolExecutor(2) as pool:
        for check, (code, said, seconds) in zip(todo, pool.map(run, todo), strict=True):
            print(f"{'FAILED' if code else 'ok':8}{check.name:28}{seconds:6.1f} s", flush=True)
            if code:
                print(f"\n{said.strip()}\n\n(this was: {' '.join(check.command)})\n", flush=True)
            ended[check.name] = code
            if check.name not in REPORTS:
                tally.add(check.name, passed=not code)
    return ended


def _run_loudly(check: Check, environment: dict[str, str]) -> int:
    """Run it in sight. Returns how it ended."""
    done = subprocess.run(check.command, cwd=check.folder, env=environment, stdin=subprocess.DEVNULL)
    return done.returncode


def _count(report: Path, runner: str, ended: int, tally: Tally) -> str:
    """Add a runner's tests to the tally. Skipped tests, and no tests at all, are failures."""
    cases = list(ElementTree.parse(report).getroot().iter("testcase")) if report.exists() else []
    known = len(tally.failed)
    for case in cases:
        outcome = next((child.tag for child in case if child.tag in NOT_PASSED), "passed")
        name = f"{runner}: {case.get('classname', '')} {case.get('name', '')} ({outcome})"
        tally.add(name, passed=outcome == "passed")
    if not cases:
        tally.add(f"{runner} ran no test", passed=False)
    elif ended and len(tally.failed) == known:
        tally.add(f"{runner} ended with {ended} though every test passed", passed=False)
    return f"{len(cases)} {runner} tests"


def _close(tally: Tally, ran: str, seconds: float) -> int:
    _heading("done")
    for name in tally.failed:
        print(f"FAILED  {name}")
    end = f"{len(tally.failed)} FAILED" if tally.failed else "all passed"
    print(f"Ran {ran} in {int(seconds // 60)} min {int(seconds % 60)} s: {end}.")
    if os.environ.get("CI"):
        print(f"{tally.passed} passed, {len(tally.failed)} failed", flush=True)
    return 1 if tally.failed else 0


def _heading(text: str) -> None:
    print(f"\n== {text} {'=' * (70 - len(text))}", flush=True)


if __name__ == "__main__":
    sys.exit(main(tests="all" in sys.argv[1:]))
