"""The nurse's pages look the same whatever was opened before: no style of the patient's page ever reaches them."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from scripts.places import ROOT
from tests.journeys.conftest import DESK, Seat

Seats = Callable[..., Seat]
MANIFEST = ROOT / "frontend" / "dist" / ".vite" / "manifest.json"
STYLES = "[...document.styleSheets].map(sheet => new URL(sheet.href, location).pathname.slice(1))"


def styles_of(page: str) -> set[str]:
    """The style files a page comes with, as the build wrote them down."""
    built: dict[str, Any] = json.loads(MANIFEST.read_text())
    files, waiting = set(), [page]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            files |= set(built[name].get("css", []))
            waiting += built[name].get("imports", [])
    return files


def worn_by(page: Page) -> set[str]:
    return set(page.evaluate(STYLES))


def test_worklist_record_patient_and_photos_wear_no_style_of_the_patients_page(seat: Seats) -> None:
    patients_own = styles_of("index.html") - styles_of("clinic.html")
    assert patients_own, "the patient's page has styles of its own"
    desk = seat(DESK).sign_in("joan@example.org", "clinic")
    desk.locator("tbody tr:not(.item)", has_text="Ines Duarte").click()
    assert not worn_by(desk) & patients_own
    desk.keyboard.press("r")
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ines Duarte")
    expect(desk.locator("main img").first).to_be_visible()
    desk.wait_for_load_state("networkidle")
    assert not worn_by(desk) & patients_own
