"""The demonstration clinic and the browser that visits it, for every test with a browser (`-p tests.demonstration`)."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from scripts.browser import playwright
from tests.faults.process import ROOT, wait_until
from tests.faults.site import Site
from tests.home import HOME, home_today

PATIENCE = 90_000
"""Milliseconds until what a page should show is missed: several turns of its slowest clock on a slow machine."""
LONGEST_RUN = timedelta(minutes=25)
expect.set_options(timeout=PATIENCE)


@cache
def wait_for_a_day_that_lasts() -> None:
    """Begin after midnight where the patients live if it is near: what is shown and sent is dated by their day."""
    while (datetime.now(HOME) + LONGEST_RUN).date() != home_today():
        time.sleep(1)


def _make(site: Site) -> None:
    site.environment["DEMO"] = "1"
    site.run("scripts/run", "migrate")
    site.run(sys.executable, "manage.py", "load_demo")


def made_once(run: Path) -> Path:
    """The data of the demonstration as it was made today, for all processes of this run: the first makes it."""
    wait_for_a_day_that_lasts()
    folder = run / f"demonstration-{home_today()}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            site = Site(folder)
            try:
                _make(site)
            finally:
                site.stop()
            (folder / "made").touch()
    return folder


@contextmanager
def demonstration(folder: Path, *, made: Path | None = None) -> Iterator[Site]:
    """Web, worker and beat over the demonstration, by the commands that `make demo` runs.

    Its data is a copy of what was `made`, or made here.
    """
    assert (ROOT / "frontend" / "dist" / "index.html").exists(), "The pages are not built. Run: make setup"
    wait_for_a_day_that_lasts()
    if made:
        data = [made / name for name in ("postgres", "postgres.password", "photos", "mail")]
        subprocess.run(["cp", "--archive", *(one for one in data if one.exists()), folder], check=True)
    site = Site(folder)
    site.environment["DEMO"] = "1"
    try:
        if not made:
            _make(site)
        site.start_web()
        site.start("worker")
        site.start("beat")
        wait_until(lambda: site.web.call("GET", "readyz").status == 200, "everything runs")
        yield site
    finally:
        print(site.last_words())
        site.stop()


@contextmanager
def system_chromium() -> Iterator[Browser]:
    """The system's Chromium, as `make test` found or installed it."""
    usual = (path for path in ("/usr/bin/chromium", "/usr/bin/google-chrome") if Path(path).exists())
    path = os.environ.get("CHROMIUM") or next(usual, None)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def folder_of_the_run(temporary: pytest.TempPathFactory) -> Path:
    """A folder that the processes of this run share, and no other run."""
    own = temporary.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, one for all tests with a browser of this process."""
    made = made_once(folder_of_the_run(tmp_path_factory))
    with demonstration(tmp_path_factory.mktemp("clinic"), made=made) as site:
        yield site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the tests of one file: Django refuses its database to a thread in which Playwright still runs."""
    with system_chromium() as browser:
        yield browser
