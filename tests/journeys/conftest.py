"""Browsers for the people in the demonstration clinic (tests/demonstration.py)."""

import os
import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from backend.demo.people import PASSWORD
from tests.demonstration import PATIENCE
from tests.faults.process import ROOT
from tests.faults.site import Site

PICTURES = ROOT / "docs" / "pictures"
CARE_LINE = re.compile("^tel:555014[23]$")
"""The care line of the demonstration, or its out-of-hours line: whichever is answered now."""
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}


class Seat:
    """Somebody before a screen: a browser of their own, signed in."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.context, self.site = context, site
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def address(self, path: str) -> str:
        return f"{self.site.web.address}/{path}"

    def sign_in(self, email: str, path: str = "") -> Page:
        """Open a page and sign in as a person does."""
        self.page.goto(self.address(path))
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        return self.page

    def picture(self, name: str) -> None:
        """Keep a picture for the documentation when asked to (PICTURES=1)."""
        if os.environ.get("PICTURES"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png")


@pytest.fixture
def seat(chromium: Browser, clinic: Site) -> Iterator[object]:
    """Make seats: seat(width, theme). All are closed at the end, and none may have met an error of the page."""
    seats: list[Seat] = []

    def make(size: ViewportSize = PHONE, theme: Literal["light", "dark"] = "light") -> Seat:
        context = chromium.new_context(
            viewport=size,
            color_scheme=theme,
            locale="en-US",
            timezone_id="America/New_York",
            has_touch=size == PHONE,
            reduced_motion="reduce",
        )
        seats.append(Seat(context, clinic))
        return seats[-1]

    yield make
    for one in seats:
        one.context.close()
    assert [error for one in seats for error in one.errors] == []
