"""The nurse's worklist and a patient's page, looked at in both themes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.demo.people import PASSWORD
from tests.accessibility import look
from tests.faults.site import Site


@pytest.fixture(scope="module")
def desk(chromium: Browser, clinic: Site) -> Iterator[Page]:
    """Priya's desk, signed in."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", locale="en-US")
    page = context.new_page()
    page.goto(f"{clinic.web.address}/clinic")
    page.get_by_label("E-mail").fill("priya@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("tbody tr").first).to_be_visible()
    yield page
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_worklist_and_at_a_patient(desk: Page, theme: str) -> None:
    desk.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    desk.evaluate("location.hash = ''")
    expect(desk.locator("tbody tr").first).to_be_visible()
    assert look.axe(desk) == []
    desk.locator("tbody .person a").first.click()
    expect(desk.get_by_role("region", name="Open alerts")).to_be_visible()
    assert look.axe(desk) == []
