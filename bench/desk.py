"""Goal 13: what the nurse's page weighs with its chart, and how soon it is painted on a clinic's computer.

A browser of this machine visits the demonstration as Joan, signed in and with nothing kept; its network and its
processor are slowed down by the browser's own means. Every visit begins with an empty cache.
"""

from playwright.sync_api import Browser, BrowserContext, StorageState

from backend.demo.people import PASSWORD
from bench.report import Goal, middle
from bench.run import Run
from bench.site import Site
from bench.visits import arguments
from bench.weight import weigh
from scripts.browser import playwright
from scripts.chromium import chromium

JOAN = "joan@example.org"
CLINIC_LINE = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}
CLINIC_WORDS = "a clinic's computer (10 Mbit/s, 40 ms, a processor 2 times slower)"
MOST_SECONDS = 1.0
_FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
_FIRST_ROW = """
window.rowAt = 0;
new MutationObserver((_, watch) => {
  if (!document.querySelector("tbody tr")) return;
  watch.disconnect();
  requestAnimationFrame(() => { window.rowAt = performance.now() });
}).observe(document, { subtree: true, childList: true });
"""


def measure(run: Run) -> None:
    """Weigh the nurse's page, then visit it again and again."""
    weigh(run, number="13", what="JavaScript of the nurse's page with the chart", line="the nurse page", most=110)
    run.servers.create("bench_desk", template="bench_template")
    with Site("desk", run.servers, database="bench_desk", redis=7) as site:
        site.load_demonstration()
        site.start_web()
        with playwright() as started:
            browser = started.chromium.launch(executable_path=chromium(), args=arguments())
            cookies = _signed_in(browser, site)
            visits = [_visit(browser, site, cookies) for _ in range(max(3, run.turns))]
            browser.close()
    paints, rows = [paint for paint, _ in visits], [row for _, row in visits]
    run.report.add(
        Goal(
            "13",
            f"first paint of the nurse's page, {CLINIC_WORDS}",
            f"{middle(paints):.2f} s",
            f"under {MOST_SECONDS:.0f} s",
            middle(paints) < MOST_SECONDS,
            "signed in before, nothing kept",
            f"{min(paints):.2f} to {max(paints):.2f} s; first row of the worklist after {middle(rows):.2f} s",
        )
    )


def _signed_in(browser: Browser, site: Site) -> StorageState:
    """Sign in once as a person does; the cookies are all that later visits know."""
    context = _desk(browser, None)
    page = context.new_page()
    page.goto(f"http://localhost:{site.port}/clinic")
    page.get_by_label("E-mail").fill(JOAN)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("tbody tr")
    cookies = context.cookies()
    context.close()
    return {"cookies": cookies, "origins": []}  # type: ignore[typeddict-item]


def _desk(browser: Browser, cookies: StorageState | None) -> BrowserContext:
    return browser.new_context(storage_state=cookies, viewport={"width": 1280, "height": 800}, locale="en-US")


def _visit(browser: Browser, site: Site, cookies: StorageState) -> tuple[float, float]:
    """Seconds to the first contentful paint, and to the first row of the worklist."""
    context = _desk(browser, cookies)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 2})
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", CLINIC_LINE)
    page.add_init_script(_FIRST_ROW)
    page.goto(f"http://localhost:{site.port}/clinic")
    page.wait_for_selector("tbody tr")
    page.wait_for_timeout(200)  # the frame with the row is drawn
    paint, row = float(page.evaluate(_FIRST_PAINT)), float(page.evaluate("() => window.rowAt"))
    context.close()
    return paint / 1000, row / 1000
