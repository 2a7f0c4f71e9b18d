"""The demonstration clinic and the browser that visits it, for every test with a browser (`-p tests.demonstration`)."""

import os
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


@contextmanager
def demonstration(folder: Path) -> Iterator[Site]:
    """Web, worker and beat over the demonstration, by the commands that `make demo` runs."""
    assert (ROOT / "frontend" / "dist" / "index.html").exists(), "The pages are not built. Run: make setup"
    wait_for_a_day_that_lasts()
    site = Site(folder)
    site.environment["DEMO"] = "1"
    try:
        site.run("scripts/run", "migrate")
        site.run(sys.executable, "manage.py", "load_demo")
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


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, made once for all tests with a browser."""
    with demonstration(tmp_path_factory.mktemp("clinic")) as site:
        yield site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the tests of one file: Django refuses its database to a thread in which Playwright still runs."""
    with system_chromium() as browser:
        yield browser
