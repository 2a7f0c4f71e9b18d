"""Goals 11 and 12: what the patient's page weighs, and how long it keeps a tired person waiting on a slow phone.

A browser of this machine visits the demonstration; its network and its processor are slowed down by the browser's own
means. The taps are made by a script in the page, so every millisecond counted is the machine's.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from backend.config.service import free_port
from backend.demo.people import MARIA, PASSWORD
from bench import audits
from bench.load import LoadError
from bench.report import Goal, middle
from bench.run import Run
from bench.site import Site
from bench.weight import weigh
from scripts.browser import playwright
from scripts.chromium import chromium

HOME = ZoneInfo("America/New_York")
LOGGED_DAYS_AGO = (1, 2, 3, 4, 6, 7, 8)  # Maria missed one day
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SENDING = "*/api/v1/logs/*"  # logs stay on the phone, so that the next visit finds today without one
SLOW_WORDS = "slow 3G (400 ms, 400 kbit/s) and a processor 4 times slower"

_TAPPER = """
const WAYS = {
  "": [".press.log"], hands: [".answers .answer"], feet: [".answers .answer"], tired: [".answers .answer"],
  stools: [".counter button:last-of-type", ".foot .press.main"], signs: [".answers .answer"],
  doses: [".answers .answer"], review: [".foot .press.main"],
};
const tapped = new Set();
function tapNext() {
  const step = location.hash.split("/")[3] ?? "";
  const ways = WAYS[step] ?? [".page .plain:last-of-type"];
  const place = ways.findIndex((_, place) => !tapped.has(step + place));
  const target = place < 0 ? null : document.querySelector(`.phone ${ways[place]}`);
  if (!target || (step !== "" && !document.querySelector(".page.question"))) return;
  tapped.add(step + place);
  target.click();
}
function until(holds) {
  const look = () => {
    if (holds()) window.took = performance.now();
    else { tapNext(); requestAnimationFrame(look); }
  };
  addEventListener("DOMContentLoaded", look);
}
"""
_LOG_A_DAY = _TAPPER + "until(() => location.hash.startsWith('#/advice') && document.querySelector('.band h1'))"
_TO_THE_FORM = _TAPPER + "until(() => document.querySelector('.page.question .answers .answer'))"
_SAVE = """() => new Promise(done => {
  const painted = new MessageChannel();
  painted.port1.onmessage = () => done(performance.now() - began);
  const watch = new MutationObserver(() => {
    if (!location.hash.startsWith("#/advice") || !document.querySelector("main h1")) return;
    watch.disconnect();
    requestAnimationFrame(() => painted.port2.postMessage(0)); // comes when the frame is drawn
  });
  watch.observe(document, { subtree: true, childList: true });
  const began = performance.now();
  document.querySelector(".foot .press.main").click();
})"""


def measure(run: Run) -> None:
    """Weigh the page, let Lighthouse judge it, then log a day again and again as on a slow phone."""
    audits.install()
    what = "JavaScript before the patient's page can be used"
    weigh(run, number="11", what=what, line="first load", most=40)
    run.servers.create("bench_phone", template="bench_template")
    with Site("phone", run.servers, database="bench_phone", redis=6) as site:
        site.environment["DEMO"] = "1"
        site.children.finish("bench-phone-demo", [sys.executable, "manage.py", "load_demo"], site.environment)
        site.start_web()
        turns = max(3, run.turns)
        with playwright() as started:
            browser = started.chromium.launch(executable_path=chromium(), args=arguments())
            cookies = _signed_in(browser, site)
            _measure_waiting(run, browser, site, cookies, turns)
            _measure_advice(run, browser, site, cookies)
            browser.close()
        _ask_lighthouse(run, site, cookies)


def _ask_lighthouse(run: Run, site: Site, cookies: StorageState) -> None:
    """The median of three audits on each of two phones."""
    address = f"http://localhost:{site.port}/"
    for phone, least, options in (
        ("Lighthouse's own slow phone", 95, []),
        (SLOW_WORDS, 88, audits.SLOW_3G_AND_CPU_4),
    ):
        with _browser_for_lighthouse(cookies) as port:
            found = [audits.audit(address, port=port, options=options) for _ in range(3)]
        score = middle([one.performance for one in found])
        first, largest, blocked = (
            middle([getattr(one, name) for one in found]) for name in ("first_paint", "largest_paint", "blocked")
        )
        run.report.add(
            Goal(
                "11",
                f"Lighthouse, performance, first visit of a signed-in patient, {phone}",
                f"{score:.0f}",
                f"at least {least}",
                score >= least,
                "median of 3 audits",
                f"first paint {first:,.0f} ms, largest {largest:,.0f} ms, blocked {blocked:,.0f} ms",
            )
        )
    accessibility, practices = found[-1].accessibility, found[-1].best_practices
    run.report.add(
        Goal(
            "11",
            "Lighthouse, accessibility and best practices",
            f"{accessibility} and {practices}",
            "100 and 100",
            accessibility == practices == 100,
            "the same page",
            "; ".join(found[-1].lost) or "nothing missed",
        )
    )


@contextmanager
def _browser_for_lighthouse(cookies: StorageState) -> Iterator[int]:
    """A browser that listens on a port, signed in and with nothing kept."""
    port = free_port()
    with TemporaryDirectory() as folder, playwright() as started:
        context = started.chromium.launch_persistent_context(
            folder, executable_path=chromium(), args=[*arguments(), f"--remote-debugging-port={port}"]
        )
        context.add_cookies(cookies["cookies"])  # type: ignore[arg-type]
        yield port
        context.close()


def _measure_waiting(run: Run, browser: Browser, site: Site, cookies: StorageState, turns: int) -> None:
    """From nothing on the phone to a saved log, and from the phone's own copy to the form."""
    saved, formed = [], []
    for _ in range(turns):
        first = _phone(browser, cookies)
        saved.append(_time(first, site, _LOG_A_DAY))
        first.close()
        later = _phone(browser, cookies)
        page = later.new_page()
        page.goto(f"http://localhost:{site.port}/")
        page.wait_for_selector(".press.log")
        _await(page, "navigator.serviceWorker.controller !== null")
        page.close()
        formed.append(_time(later, site, _TO_THE_FORM))
        later.close()
    for what, seconds, most in (
        ("first visit to a log saved on the phone", saved, 3.0),
        ("from the phone's own copy to the form", formed, 0.7),
    ):
        run.report.add(
            Goal(
                "12",
                f"{what}, {SLOW_WORDS}",
                f"{middle(seconds):.2f} s",
                f"at most {most} s",
                middle(seconds) <= most,
                "taps by a script; signed in before",
                f"{min(seconds):.2f} to {max(seconds):.2f} s in {turns} visits",
            )
        )


def _measure_advice(run: Run, browser: Browser, site: Site, cookies: StorageState) -> None:
    """From the last tap to the advice on the screen, on a processor 6 times slower."""
    context = _phone(browser, cookies)
    page = context.new_page()
    page.goto(f"http://localhost:{site.port}/")
    page.wait_for_selector(".rail")
    page.wait_for_load_state("networkidle")
    _slow(context, page, processor=6)
    took = []
    for ago in LOGGED_DAYS_AGO:
        day = datetime.now(HOME).date() - timedelta(days=ago)
        page.evaluate("day => { location.hash = `#/log/${day}/review` }", str(day))
        page.wait_for_selector(".foot .press.main")
        page.wait_for_timeout(1_000)  # the person looks at the review before they save it
        took.append(float(page.evaluate(_SAVE)))
    context.close()
    run.report.add(
        Goal(
            "12",
            "the last tap of a log to its advice on the screen, a processor 6 times slower",
            f"{middle(took):.0f} ms",
            "at most 50 ms",
            middle(took) <= 50,
            f"{len(took)} logs of patients with a history",
            f"{min(took):.0f} to {max(took):.0f} ms",
        )
    )


def _signed_in(browser: Browser, site: Site) -> StorageState:
    """Sign in once as a person does; the cookies are all that later visits know."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://localhost:{site.port}/")
    page.locator("input[type=email]").fill(MARIA.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.wait_for_selector(".rail")
    cookies = context.cookies()
    context.close()
    return {"cookies": cookies, "origins": []}  # type: ignore[typeddict-item]


def _phone(browser: Browser, cookies: StorageState) -> BrowserContext:
    return browser.new_context(
        storage_state=cookies, viewport={"width": 360, "height": 740}, timezone_id=str(HOME), locale="en-US"
    )


def _time(context: BrowserContext, site: Site, script: str) -> float:
    """Seconds from the beginning of a visit until the script has what it waits for."""
    page = context.new_page()
    _slow(context, page, processor=4, network=True)
    page.add_init_script(script)
    page.goto(f"http://localhost:{site.port}/", wait_until="commit")
    return float(_await(page, "window.took")) / 1000


def _await(page: Page, expression: str) -> float:
    """What the expression becomes in the page; its own policy forbids to wait for it there. Raises LoadError."""
    for _ in range(600):
        value = page.evaluate(expression)
        if value:
            return float(value)
        page.wait_for_timeout(50)
    raise LoadError(f"Not within 30 s on the phone: {expression}, at {page.evaluate('location.hash')}")


def _slow(context: BrowserContext, page: Page, *, processor: int, network: bool = False) -> None:
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": processor})
    if network:
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", SLOW_3G)
        devtools.send("Network.setBlockedURLs", {"urls": [SENDING]})


def arguments() -> list[str]:
    """How Chromium is started here: root has no sandbox."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []
