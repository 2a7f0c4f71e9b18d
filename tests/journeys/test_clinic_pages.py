"""The nurse's pages look the same whatever was opened before: no style of the patient's page ever reaches them."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from scripts.places import ROOT
from tests.journeys.conftest import DESK, Seat

Seats = Callable[..., Seat]
BUILT = ROOT / "frontend" / "dist" / ".vite"
STYLES = "[...document.styleSheets].map(sheet => sheet.href && new URL(sheet.href).pathname.slice(1))"


def styles_of(manifest: str) -> set[str]:
    """The style files of one page and of what it asks for later, as its build wrote them down."""
    built: dict[str, Any] = json.loads((BUILT / manifest).read_text())
    return {file for one in built.values() for file in one.get("css", [])}


def worn_by(page: Page) -> set[str]:
    return set(page.evaluate(STYLES))


def test_worklist_record_patient_and_photos_wear_no_style_of_the_patients_page(seat: Seats) -> None:
    own = styles_of("clinic.json")
    desk = seat(DESK).sign_in("joan@example.org", "clinic")
    desk.locator("tbody tr:not(.item)", has_text="Ines Duarte").click()
    assert worn_by(desk) <= own
    desk.keyboard.press("r")
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ines Duarte")
    expect(desk.locator("main img").first).to_be_visible()
    desk.wait_for_load_state("networkidle")
    assert worn_by(desk) <= own


TRANSLATE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement.closest('[translate="no"], script, style')) continue;
    const font = document.createElement("font");
    text.replaceWith(font);
    font.append(text.data);
  }
}"""
"""What a browser does that translates a page: each text is put into an element of its own, as a copy."""


def test_a_browser_that_translates_the_page_freezes_no_live_value(seat: Seats) -> None:
    desk = seat(DESK).sign_in("joan@example.org", "clinic")
    expect(desk.locator("tbody tr").first).to_be_visible()
    assert desk.locator("html").get_attribute("lang") == "en"
    desk.evaluate(TRANSLATE)
    live = desk.locator(".live")
    shown = live.inner_text()
    expect(live).not_to_have_text(shown)
    for part in ("tbody .due", "tbody .owner", ".set", ".live"):
        assert desk.locator(f"{part} font").count() == 0
