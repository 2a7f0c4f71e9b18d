"""A new version of the phone's page waits until nothing is being filled in, in any tab, and all answers are kept."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.faults.site import Site
from tests.journeys.conftest import PHONE, Seat
from tests.journeys.phone import days_ago, in_store, newcomer, ready
from tests.journeys.phone import open_address as go
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap

Seats = Callable[..., Seat]

NEW_VERSION = """async () => {
  await navigator.serviceWorker.register("/sw.js?another");
  for (let left = 600; left && !(await navigator.serviceWorker.getRegistration()).waiting; left--)
    await new Promise(done => setTimeout(done, 100));
}"""
ACTIVE = "async () => (await navigator.serviceWorker.getRegistration()).active.scriptURL"
TAKE_OVER = "async () => (await navigator.serviceWorker.getRegistration()).waiting.postMessage('take over')"
DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
HOLD_THE_STORE = """async () => {
  const open = indexedDB.open("handhold");
  await new Promise(done => { open.onsuccess = done });
  const drafts = open.result.transaction("drafts", "readwrite").objectStore("drafts");
  const again = () => window.letGo ? open.result.close() : (drafts.count().onsuccess = again);
  again();
}"""
HIDE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def is_waiting(page: Page) -> bool:
    """Whether a new version waits to take over."""
    waiting: bool = page.evaluate("async () => !!(await navigator.serviceWorker.getRegistration()).waiting")
    return waiting


def test_an_update_never_comes_under_a_half_filled_form_not_even_from_another_tab(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "dot")
    mine = seat(PHONE)
    form = ready(mine.sign_in("dot@example.org"))
    form.reload()
    ready(form)
    go(form, f"#/log/{days_ago(0)}/tired")
    expect(heading(form)).to_contain_text("tired")
    form.evaluate("window.sameVisit = true")
    other = mine.context.new_page()
    other.goto(mine.address(""))
    ready(other)
    other.evaluate(NEW_VERSION)
    for page in (form, other):
        page.evaluate(HIDE)
    other.evaluate("window.sameVisit = true")
    form.wait_for_timeout(1000)
    assert is_waiting(other)
    assert not other.evaluate(ACTIVE).endswith("?another")
    assert form.evaluate("window.sameVisit")
    assert other.evaluate("window.sameVisit")
    other.evaluate(TAKE_OVER)  # whatever made it take over: the form is not reloaded under the answers
    other.wait_for_function(f"async () => (await ({ACTIVE})()).endsWith('?another')")
    form.wait_for_function("() => navigator.serviceWorker.controller.scriptURL.endsWith('?another')")
    assert form.evaluate("window.sameVisit")
    expect(heading(form)).to_contain_text("tired")

    form.evaluate(HOLD_THE_STORE)
    tap(form, "No more than usual")
    go(form, "#/")
    expect(form.get_by_role("link", name="All my days")).to_be_visible()
    form.evaluate(DRAWN)
    assert form.evaluate("window.sameVisit")  # nor before the answer is kept, however slow the phone
    form.evaluate("window.letGo = true")
    form.wait_for_function("() => !window.sameVisit")
    ready(form)
    assert form.evaluate("navigator.serviceWorker.controller.scriptURL").endswith("?another")
    assert in_store(form, "drafts")[0]["facts"]["fatigue"]["present"] is False
