"""The first visit on a bad line: numbers come before any script, and a red screen needs nothing that comes later."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.faults.site import Site
from tests.journeys.conftest import PHONE, Seat
from tests.journeys.phone import days_ago, newcomer
from tests.journeys.phone import open_address as go
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap

Seats = Callable[..., Seat]
NUMBERS = "[...document.querySelectorAll('nav.grab a')].map(link => [link.href, link.innerText])"


def numbers_on(page: Page) -> list[list[str]]:
    """Where each link of the grab bar calls, and what it says."""
    numbers: list[list[str]] = page.evaluate(NUMBERS)
    return numbers


def test_the_numbers_come_with_the_page_and_are_those_that_stay(chromium: Browser, clinic: Site, seat: Seats) -> None:
    newcomer(clinic, "ruth")
    mine = seat(PHONE)
    today = mine.sign_in("ruth@example.org")
    expect(today.get_by_role("link", name="All my days")).to_be_visible()
    kept = mine.context.storage_state()
    bare = chromium.new_context(storage_state=kept, viewport=PHONE, java_script_enabled=False).new_page()
    bare.goto(mine.address(""))
    expect(heading(bare)).to_have_text(heading(today).inner_text())
    expect(bare.get_by_role("link", name="Log today")).to_have_attribute("href", "#/log")
    drawn = bare.locator("nav.grab a")
    said = [[link.get_attribute("href"), link.inner_text()] for link in drawn.all()]
    assert said == numbers_on(today)
    bare.context.close()


def test_a_red_screen_needs_no_network_once_the_form_is_there(chromium: Browser, clinic: Site, seat: Seats) -> None:
    """Nothing but what this page holds in memory may help: no service worker has put anything on the phone."""
    newcomer(clinic, "sven")
    mine = seat(PHONE)
    expect(mine.sign_in("sven@example.org").get_by_role("link", name="All my days")).to_be_visible()
    kept = mine.context.storage_state()
    context = chromium.new_context(storage_state=kept, viewport=PHONE, locale="en-US", service_workers="block")
    phone = context.new_page()
    phone.goto(mine.address("#/log"))
    expect(heading(phone)).to_contain_text("hands")
    context.set_offline(True)
    go(phone, f"#/log/{days_ago(0)}/signs")
    tap(phone, "Chest pain")
    expect(phone.get_by_role("link", name="Call 911", exact=True)).to_have_attribute("href", "tel:911")
    expect(phone.get_by_role("navigation").get_by_role("link")).to_have_count(1)
    context.close()
