"""What is looked at on every screen: each function returns what is wrong there, in words, or nothing."""

from typing import Any

from playwright.sync_api import Page

from tests.accessibility.contrast import low_contrast
from tests.faults.process import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SMALLEST_TARGET = 48

STANDS = """document.getAnimations()
  .filter(one => Number.isFinite(one.effect.getComputedTiming().endTime)).forEach(one => one.finish())"""
"""What has just appeared takes no tap for a moment: this ends the moment, and nothing waits for it."""

_TARGETS = "a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex='0']"


def axe(page: Page, *, only: str = "") -> list[str]:
    """What axe-core finds by the rules of WCAG 2.2 A and AA, or by one rule; contrast it leaves open is computed."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        """rules => axe.run(document, { runOnly: rules, resultTypes: ["violations", "incomplete"], iframes: false })
             .then(({ violations, incomplete }) => ({
               wrong: violations.flatMap(({ id, nodes }) =>
                 nodes.map(node => `${id}: ${node.target} ${node.failureSummary}`)),
               open: incomplete.filter(({ id }) => id === "color-contrast")
                 .flatMap(({ nodes }) => nodes.map(node => node.target.join(" "))),
             }))""",
        [only] if only else WCAG,
    )
    return [" ".join(str(one).split()) for one in found["wrong"]] + low_contrast(page, found["open"])


def shape(page: Page) -> str:
    """All that axe-core judges on this page but the words themselves: where words are is in it, not which."""
    said: str = page.evaluate(
        """() => {
             const told = ["class", "style", "role", "type", "hidden", "aria-hidden", "aria-pressed", "aria-expanded"];
             const attribute = ({ name, value }) => told.includes(name) ? `${name}=${value}` : `${name}:${!!value}`;
             const inside = one => one.nodeType === Node.TEXT_NODE ? (one.data.trim() ? "words" : "")
               : one.nodeType === Node.ELEMENT_NODE ? `<${one.localName} ${[...one.attributes].map(attribute).sort()}>`
                 + `${[...one.childNodes].map(inside).join("")}</>` : "";
             return inside(document.body);
           }"""
    )
    return said


def small_targets(page: Page) -> list[str]:
    """What can be pressed and takes no tap 23 px from its middle, in any direction. Links in sentences are left out."""
    page.evaluate(STANDS)
    return _strings(
        page,
        """([targets, reach]) => {
             const takes = (one, x, y) => { const hit = document.elementFromPoint(x, y); return one.contains(hit); };
             const small = one => {
               const { width, height } = one.getBoundingClientRect();
               if (width >= 2 * reach && height >= 2 * reach) return false;
               one.scrollIntoView({ block: "center" });
               const { left, right, top, bottom } = one.getBoundingClientRect();
               const [x, y] = [(left + right) / 2, (top + bottom) / 2];
               return !(takes(one, x, y - reach) && takes(one, x, y + reach)
                 && takes(one, x - reach, y) && takes(one, x + reach, y));
             };
             const found = [...document.querySelectorAll(targets)]
               .filter(one => one.checkVisibility() && getComputedStyle(one).display !== "inline" && small(one))
               .map(one => `${one.innerText || one.ariaLabel || one.id} is smaller than 48 px`);
             scrollTo(0, 0);
             return found;
           }""",
        [_TARGETS, SMALLEST_TARGET / 2 - 0.5],
    )


def sideways(page: Page) -> list[str]:
    """Text or boxes that leave the screen sideways, or are cut off. What scrolls in a box of its own is left out."""
    return _strings(
        page,
        """() => {
             const wide = document.documentElement.scrollWidth;
             if (wide > innerWidth) return [`the page is ${wide} px wide on ${innerWidth}`];
             const hides = one => !["visible", "auto"].includes(getComputedStyle(one).overflowX);
             const cut = one => one.localName !== "input" && one.scrollWidth > one.clientWidth + 1 && hides(one);
             const out = one => { const { left, right } = one.getBoundingClientRect();
               return right > innerWidth + 1 || left < -1; };
             const scrolls = one => one.parentElement.closest("main *") && (scrolling(one.parentElement)
               || scrolls(one.parentElement));
             const scrolling = one => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX === "auto";
             return [...document.querySelectorAll("main *, .top *, .bottom *")]
               .filter(one => one.checkVisibility() && !one.closest("svg, .away") && (cut(one) || out(one)))
               .filter(one => !scrolls(one))
               .map(one => `cut off: <${one.localName} class="${one.className}"> ${one.innerText ?? ""}`.slice(0, 160));
           }""",
    )


def overlapping(page: Page) -> list[str]:
    """Two things to press in one place, or words on other words. What stands at the foot may cover the page."""
    return _strings(
        page,
        """targets => {
             const found = [];
             const words = [...document.querySelectorAll("h1, h2, h3, p, dt, dd, li, label, b, .what, .state, .mark")]
               .filter(one => !one.querySelector("p, dt, dd, li, label, b, .what, a, button"));
             for (const part of document.querySelectorAll(".top, main, .bottom")) {
               for (const kind of [[...document.querySelectorAll(targets)], words]) {
                 const all = kind.filter(one => part.contains(one) && one.checkVisibility() && !one.closest(".away"))
                   .map(one => [one, one.getBoundingClientRect()]);
                 all.forEach(([one, a], place) => all.slice(place + 1).forEach(([other, b]) => {
                   if (one.contains(other) || other.contains(one)) return;
                   const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                   const along = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                   if (across > 1 && along > 1) found.push(`"${one.innerText}" lies on "${other.innerText}"`);
                 }));
               }
             }
             return found;
           }""",
        _TARGETS,
    )


def covered(page: Page) -> list[str]:
    """What can be pressed and lies under something else, even when the page is scrolled so that it could be seen."""
    page.evaluate(STANDS)
    return _strings(
        page,
        """targets => {
             const open = one => {
               const { left, right, top, bottom } = one.getBoundingClientRect();
               const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
               return hit !== null && (one.contains(hit) || hit.contains(one) || [...(one.labels ?? [])].some(
                 label => label.contains(hit)));
             };
             const found = [...document.querySelectorAll(targets)]
               .filter(one => one.checkVisibility() && !one.closest(".away") && one.offsetWidth > 1)
               .filter(one => { one.scrollIntoView({ block: "center" }); return !open(one); })
               .map(one => `covered: ${one.innerText || one.ariaLabel || one.id}`);
             scrollTo(0, 0);
             return found;
           }""",
        _TARGETS,
    )


def see_through(page: Page) -> list[str]:
    """What stays on the screen while the page scrolls below it, without a ground of its own: text shows through."""
    return _strings(
        page,
        """() => {
             const opaque = one => !/^transparent$|, 0(\\.\\d+)?\\)$/.test(getComputedStyle(one).backgroundColor);
             const grounded = (one, last) => opaque(one) || (one !== last && grounded(one.parentElement, last));
             return [...document.querySelectorAll("body *")]
               .filter(one => ["sticky", "fixed"].includes(getComputedStyle(one).position) && one.checkVisibility())
               .flatMap(one => [...one.querySelectorAll("a, button, p, span")].filter(part => !grounded(part, one)))
               .map(part => `the page shows through under "${part.innerText}"`);
           }""",
    )


def log_today_out_of_view(page: Page) -> list[str]:
    """The button that logs today, where something else has pushed it off the first view of a small phone."""
    return _strings(
        page,
        """() => {
             scrollTo(0, 0);
             const log = document.querySelector(".press.log");
             const after = [...document.querySelectorAll(".follow-up, .note")]
               .filter(one => log.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING);
             const { bottom } = log.getBoundingClientRect();
             const low = bottom > innerHeight ? [`it ends at ${bottom} px of ${innerHeight}`] : [];
             return [...after.map(one => `before it comes: ${one.innerText}`), ...low];
           }""",
    )


def out_of_reach(page: Page) -> list[str]:
    """What the Tab key does not reach, or reaches without a ring that can be seen."""
    page.evaluate("document.activeElement?.blur()")
    count = page.evaluate(
        """targets => {
             window.toReach = new Set([...document.querySelectorAll(targets)]
               .filter(one => one.checkVisibility() && one.tabIndex >= 0));
             window.withoutRing = [];
             return window.toReach.size;
           }""",
        _TARGETS,
    )
    for _ in range(count + 2):
        page.keyboard.press("Tab")
        page.evaluate(
            """() => {
                 const one = document.activeElement, { outlineStyle, outlineWidth } = getComputedStyle(one);
                 if (one === document.body || !window.toReach.delete(one)) return;
                 if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) window.withoutRing.push(one);
               }"""
        )
    return _strings(
        page,
        """() => {
             const name = one => one.innerText || one.ariaLabel || one.id;
             return [...[...window.toReach].map(one => `Tab does not reach ${name(one)}`),
               ...window.withoutRing.map(one => `no ring around ${name(one)}`)];
           }""",
    )


def moving(page: Page) -> list[str]:
    """What still moves or fades for somebody who asked for less motion."""
    return _strings(
        page,
        """() => document.getAnimations()
             .filter(one => one.effect.getComputedTiming().duration > 0 && one.effect.getKeyframes()
               .some(frame => ["transform", "opacity", "strokeDashoffset"].some(way => way in frame)))
             .map(one => `${one.animationName ?? one.transitionProperty} moves ${one.effect.target?.className}`)""",
    )


def urgency_without_a_word(page: Page) -> list[str]:
    """An urgency or a state of a day that is told without its word, or an urgency without its shape."""
    return _strings(
        page,
        """() => {
             const urgent = [...document.querySelectorAll(".band .word, .all-red .top .name, .grab .emergency")]
               .filter(one => !one.innerText.trim() || !one.querySelector("svg"));
             const knots = [...document.querySelectorAll(".day")]
               .filter(one => one.querySelector(".knot") && !one.innerText.trim());
             return [...urgent, ...knots].map(one => `no word or no shape: ${one.outerHTML.slice(0, 120)}`);
           }""",
    )


def _strings(page: Page, script: str, argument: Any = None) -> list[str]:
    return [" ".join(str(one).split()) for one in page.evaluate(script, argument)]
