"""Goals 11 and 12: what the patient's page weighs, and how long it keeps a tired person waiting on a slow phone.

With `--against` each visit is paid to this checkout and to another one in turn, and the ratio counts: absolute figures
move with everything else that the machine does.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, StorageState

from backend.config.service import free_port
from bench import audits, first_log, visits
from bench.report import Goal, middle
from bench.run import Run
from bench.site import Site
from bench.weight import weigh
from scripts.browser import playwright
from scripts.chromium import chromium
from scripts.places import ROOT


@dataclass(frozen=True)
class Side:
    """One checkout's demonstration, and the cookies of a patient who has signed in there."""

    site: Site
    cookies: StorageState


Visit = Callable[[Browser, Site, StorageState], float]


@dataclass(frozen=True)
class Wait:
    """One thing a person waits for: the most it may take, and the most of what the other checkout takes."""

    what: str
    visit: Visit
    most: float
    unit: str
    share: float


WAITS = (
    Wait(f"first visit to a log saved on the phone, {visits.SLOW_WORDS}", visits.first_log, 3.0, "s", 0.7),
    Wait(f"from the phone's own copy to the form, {visits.SLOW_WORDS}", visits.to_the_form, 0.5, "s", 0.8),
    Wait("the last tap of a log to its advice on the screen, a processor 6 times slower",
         lambda *visit: middle(visits.to_the_advice(*visit)), 40, "ms", 0.75),
)  # fmt: skip
PHONES: tuple[tuple[str, int, list[str]], ...] = (
    ("Lighthouse's own slow phone", 98, []),
    (visits.SLOW_WORDS, 88, audits.SLOW_3G_AND_CPU_4),
)
LARGEST_PAINT_SHARE = 0.55


def measure(run: Run) -> None:
    """Weigh the page, let Lighthouse judge it, then log a day again and again as on a slow phone."""
    audits.install()
    what = "JavaScript before the patient's page can be used"
    weigh(run, number="11", what=what, line="first load", most=32)
    with ExitStack() as stack:
        sites = [stack.enter_context(_site(run, "phone", 6))]
        if run.against != ROOT:
            sites.append(stack.enter_context(_site(run, "other-phone", 9)))
        with playwright() as started:
            browser = started.chromium.launch(executable_path=chromium(), args=visits.arguments())
            sides = [Side(site, visits.signed_in(browser, site)) for site in sites]
            first_log.weigh(run, [visits.bytes_of_a_first_log(browser, side.site, side.cookies) for side in sides])
            for wait in WAITS:
                _measure_wait(run, browser, sides, wait)
            browser.close()
        _ask_lighthouse(run, sides)


@contextmanager
def _site(run: Run, name: str, redis: int) -> Iterator[Site]:
    """The demonstration of this checkout, or of the other one, on a database of its own."""
    root = ROOT if name == "phone" else run.against
    database = f"bench_{name.replace('-', '_')}"
    run.servers.create(database)
    with Site(name, run.servers, database=database, redis=redis, root=root) as site:
        site.migrate()
        site.load_demonstration()
        site.start_web()
        yield site


def _measure_wait(run: Run, browser: Browser, sides: list[Side], wait: Wait) -> None:
    turns = max(3, run.turns)
    took = [[wait.visit(browser, side.site, side.cookies) for side in sides] for _ in range(turns)]
    ours = [pair[0] for pair in took]
    places = 2 if wait.unit == "s" else 0
    figures = f"{min(ours):.{places}f} to {max(ours):.{places}f} {wait.unit} in {turns} visits"
    reached, most = f"{middle(ours):.{places}f} {wait.unit}", f"at most {wait.most:g} {wait.unit}"
    run.report.add(
        Goal("12", wait.what, reached, most, middle(ours) <= wait.most, "taps by a script; signed in before", figures)
    )
    if len(sides) > 1:
        _compare(run, "12", wait.what, took, wait.share, wait.unit)


def _compare(run: Run, number: str, what: str, pairs: list[list[float]], most: float, unit: str) -> None:
    """Add the goal of a ratio: the median of pairs, each measured in turn."""
    share = median(ours / theirs for ours, theirs in pairs)
    ours, theirs = (middle([pair[place] for pair in pairs]) for place in (0, 1))
    run.report.add(
        Goal(
            number,
            f"{what}, of the other checkout's",
            f"{share:.2f}x",
            f"at most {most:g}x",
            share <= most,
            f"{len(pairs)} pairs, in turns",
            f"{ours:,.2f} {unit} and {theirs:,.2f} {unit}",
        )
    )


def _ask_lighthouse(run: Run, sides: list[Side]) -> None:
    """The median of three audits on each of two phones, in turns."""
    for phone, least, options in PHONES:
        found = [[_audit(side, options) for side in sides] for _ in range(3)]
        ours = [pair[0] for pair in found]
        score = middle([one.performance for one in ours])
        first, largest, blocked = (
            middle([getattr(one, name) for one in ours]) for name in ("first_paint", "largest_paint", "blocked")
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
        if len(sides) > 1 and options:
            pairs = [[one.largest_paint for one in pair] for pair in found]
            _compare(run, "12", f"largest paint, {phone}", pairs, LARGEST_PAINT_SHARE, "ms")
    _judge_the_rest(run, ours[-1])


def _judge_the_rest(run: Run, found: audits.Scores) -> None:
    accessibility, practices = found.accessibility, found.best_practices
    run.report.add(
        Goal(
            "11",
            "Lighthouse, accessibility and best practices",
            f"{accessibility} and {practices}",
            "100 and 100",
            accessibility == practices == 100,
            "the same page",
            "; ".join(found.lost) or "nothing missed",
        )
    )


def _audit(side: Side, options: list[str]) -> audits.Scores:
    """One audit in a browser that listens on a port, signed in and with nothing kept."""
    port = free_port()
    with TemporaryDirectory() as folder, playwright() as started:
        context = started.chromium.launch_persistent_context(
            folder, executable_path=chromium(), args=[*visits.arguments(), f"--remote-debugging-port={port}"]
        )
        context.add_cookies(side.cookies["cookies"])  # type: ignore[arg-type]
        found = audits.audit(f"http://localhost:{side.site.port}/", port=port, options=options)
        context.close()
    return found
