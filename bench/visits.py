"""Visits to the patient's page in a browser of this machine, whose network and processor the browser slows down.

The taps are made by a script in the page, so every millisecond counted is the machine's.
"""

import os
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Page, Response, StorageState

from backend.demo.people import MARIA, PASSWORD
from bench.load import LoadError
from bench.site import Site

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


def signed_in(browser: Browser, site: Site) -> StorageState:
    """Sign in once as a person does; the cookies are all that later visits know."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(_address(site))
    page.locator("input[type=email]").fill(MARIA.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.wait_for_selector(".rail")
    cookies = context.cookies()
    context.close()
    return {"cookies": cookies, "origins": []}  # type: ignore[typeddict-item]


def first_log(browser: Browser, site: Site, cookies: StorageState) -> float:
    """Seconds from nothing on the phone to a saved log, on a slow line and a slow phone."""
    phone = _phone(browser, cookies)
    seconds = _time(phone, site, _LOG_A_DAY)
    phone.close()
    return seconds


def to_the_form(browser: Browser, site: Site, cookies: StorageState) -> float:
    """Seconds from the phone's own copy of the page to the form, on a slow line and a slow phone."""
    phone = _phone(browser, cookies)
    page = phone.new_page()
    page.goto(_address(site))
    page.wait_for_selector(".press.log")
    _await(page, "navigator.serviceWorker.controller !== null")
    page.close()
    seconds = _time(phone, site, _TO_THE_FORM)
    phone.close()
    return seconds


def to_the_advice(browser: Browser, site: Site, cookies: StorageState) -> list[float]:
    """Milliseconds from the last tap to the advice on the screen, log by log, on a processor 6 times slower."""
    context = _phone(browser, cookies)
    page = context.new_page()
    page.goto(_address(site))
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
    return took


def bytes_of_a_first_log(browser: Browser, site: Site, cookies: StorageState) -> dict[str, int]:
    """What the network carries for a first log and until all is quiet: the bytes of each body, by path."""
    context = _phone(browser, cookies, service_workers="block")  # they fetch again what is here, for later
    page = context.new_page()
    _slow(context, page, processor=1, network=True)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.add_init_script(_LOG_A_DAY)
    page.goto(_address(site), wait_until="commit")
    _await(page, "window.took")
    page.wait_for_load_state("networkidle")
    weights: dict[str, int] = {}
    for answer in answers:
        path = answer.url.removeprefix(_address(site).rstrip("/")).partition("?")[0]
        if answer.ok and path.startswith("/"):
            weights[path] = weights.get(path, 0) + max(0, answer.request.sizes()["responseBodySize"])
    context.close()
    return weights


def _address(site: Site) -> str:
    return f"http://localhost:{site.port}/"


def _phone(
    browser: Browser, cookies: StorageState, service_workers: Literal["allow", "block"] = "allow"
) -> BrowserContext:
    return browser.new_context(
        storage_state=cookies,
        viewport={"width": 360, "height": 740},
        timezone_id=str(HOME),
        locale="en-US",
        service_workers=service_workers,
    )


def _time(context: BrowserContext, site: Site, script: str) -> float:
    """Seconds from the beginning of a visit until the script has what it waits for."""
    page = context.new_page()
    _slow(context, page, processor=4, network=True)
    page.add_init_script(script)
    page.goto(_address(site), wait_until="commit")
    return _await(page, "window.took") / 1000


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
