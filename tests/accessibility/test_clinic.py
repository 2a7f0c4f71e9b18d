"""Every screen of the nurse's page, at a desk and on a tablet, in both themes."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.accessibility import look
from tests.accessibility.desk import HEIGHT, NARROW, WIDE, Desk, screens
from tests.faults.site import Site


@pytest.fixture(scope="module")
def found(chromium: Browser, clinic: Site) -> Iterator[dict[str, list[str]]]:
    """Walk once and look at each screen in every way; what was found, by kind."""
    desk = Desk(chromium, clinic)
    found: dict[str, list[str]] = defaultdict(list)
    errors = found["errors"]
    desk.page.on("pageerror", lambda error: errors.append(str(error)))
    for screen in screens(desk):
        for kind, one in _look_at(desk):
            found[kind].append(f"{screen}, {one}")
    yield found
    desk.close()


def _look_at(desk: Desk) -> Iterator[tuple[str, str]]:
    page = desk.page
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme="dark")  # of all that axe looks at, a theme changes the contrast alone
        yield from (("axe", f"dark, {width} px: {one}") for one in look.axe(page, only="color-contrast"))
        page.emulate_media(color_scheme="light")
        yield from (("axe", f"light, {width} px: {one}") for one in look.axe(page))
        yield from (("sideways", f"{width} px: {one}") for one in look.sideways(page) if not _is_meant(one))
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})


def _is_meant(cut_off: str) -> bool:
    """A rule's source is one line until its row is chosen."""
    return 'class="small soft rule"' in cut_off


def test_axe_finds_nothing_at_any_width_in_any_theme(found: dict[str, list[str]]) -> None:
    assert "\n".join(found["axe"]) == ""


def test_nothing_leaves_the_screen_sideways_or_is_cut_off(found: dict[str, list[str]]) -> None:
    assert "\n".join(found["sideways"]) == ""


def test_no_screen_met_an_error(found: dict[str, list[str]]) -> None:
    assert found["errors"] == []
