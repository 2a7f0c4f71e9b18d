"""Every screen of the patient's phone, in each language and theme: what keeps people out is found here."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.accessibility import contact, fits, look
from tests.accessibility.phone import HEIGHT, LANGUAGES, WIDTH, Phone
from tests.accessibility.walk import screens
from tests.faults.process import ROOT
from tests.faults.site import Site
from tests.faults.web import Person

PATIENT = ROOT / "frontend" / "src" / "patient"


LOOKS = (
    look.moving,
    look.small_targets,
    look.sideways,
    look.overlapping,
    look.see_through,
    look.urgency_without_a_word,
)
WITH_LOG_TODAY = {"today-first-visit", "today", "follow-up", "follow-up-not-yet", "follow-up-called"}
MOST_TRIES = 10
JUDGED: set[str] = set()
"""Shapes of the screens that axe has judged, in any language."""


class Seen:
    """What one walk in one language met: addresses, errors of the page, and findings by kind."""

    def __init__(self) -> None:
        self.addresses: set[str] = set()
        self.errors: list[str] = []
        self.findings: dict[str, list[str]] = defaultdict(list)
        self.by_axe = False

    def note(self, kind: str, screen: str, found: list[str]) -> None:
        self.findings[kind] += [f"{screen}: {one}" for one in found]

    def said(self, *kinds: str) -> str:
        """All that was found of these kinds, a line each."""
        return "\n".join(one for kind in kinds for one in self.findings[kind])


@pytest.fixture(scope="module", params=LANGUAGES)
def seen(request: pytest.FixtureRequest, chromium: Browser, clinic: Site) -> Iterator[Seen]:
    """Walk once in this language and look at each screen in every way."""
    phone, seen = Phone(chromium, clinic, request.param), Seen()
    phone.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    phone.speak()
    for screen in screens(phone):
        seen.addresses.add(phone.page.evaluate("location.hash"))
        _look_at(phone, screen, seen)
    yield seen
    phone.close()
    _speak_english_again(clinic)


def _speak_english_again(clinic: Site) -> None:
    """The server remembers Maria's language, and others look at her after us."""
    token = clinic.run(sys.executable, "manage.py", "token", "maria@example.org").strip()
    maria = Person("maria@example.org", token, None)
    assert clinic.web.call("PATCH", "api/v1/me", maria, {"language": "en"}).status == 200


def _look_at(phone: Phone, screen: str, seen: Seen) -> None:
    page = phone.page
    seen.note("out_of_view", screen, fits.out_of_view(page, screen))
    _make_room_for_all_of_it(page)
    _judge_by_axe(page, screen, seen)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    for kind in LOOKS:
        seen.note(kind.__name__, screen, kind(page))
    if phone.language == "en":
        seen.note("out_of_reach", screen, look.out_of_reach(page))
    _turn_around(phone, screen, seen)
    for letters, width in (("100%", 320), ("200%", WIDTH)):
        page.set_viewport_size({"width": width, "height": 568})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
        if screen in WITH_LOG_TODAY and letters == "100%":
            seen.note("log_today", f"{screen}, at {width} px", look.log_today_out_of_view(page))
        found = look.sideways(page) + look.overlapping(page) + look.covered(page) + fits.cut_words(page)
        seen.note("narrow", f"{screen}, {letters} letters at {width} px", found)
    seen.note("call_button", screen, contact.call_button(page, screen))
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.evaluate("document.documentElement.style.fontSize = ''")


def _judge_by_axe(page: Page, screen: str, seen: Seen) -> None:
    """A screen that differs from one judged before in its words alone is judged once for all languages.

    The first screen of each language is judged in any case: it has the language of the page.
    """
    shape = look.shape(page)
    if shape in JUDGED and seen.by_axe:
        return
    page.emulate_media(color_scheme="dark")  # of all that axe looks at, a theme changes the contrast alone
    seen.note("axe", f"{screen}, dark", look.axe(page, only="color-contrast"))
    page.emulate_media(color_scheme="light")
    seen.note("axe", f"{screen}, light", look.axe(page))
    seen.by_axe = True
    JUDGED.add(shape)


def _make_room_for_all_of_it(page: Page) -> None:
    """The foot stays at the bottom of the screen and covers nothing where the whole page fits."""
    height = 3 * HEIGHT
    for _ in range(MOST_TRIES):  # what is as high as a part of the screen grows with it
        page.set_viewport_size({"width": WIDTH, "height": height})
        whole = page.evaluate("document.documentElement.scrollHeight")
        if whole <= height:
            return
        height = whole


def _turn_around(phone: Phone, screen: str, seen: Seen) -> None:
    phone.page.evaluate("document.documentElement.dir = 'rtl'")
    seen.note("mirrored", screen, look.sideways(phone.page) + look.overlapping(phone.page))
    phone.page.evaluate("document.documentElement.dir = 'ltr'")


def test_axe_finds_nothing_in_any_theme(seen: Seen) -> None:
    assert seen.said("axe") == ""


def test_what_can_be_pressed_is_48_px_wide_and_high(seen: Seen) -> None:
    assert seen.said("small_targets") == ""


def test_nothing_is_cut_off_or_lies_on_something_else(seen: Seen) -> None:
    assert seen.said("sideways", "overlapping", "see_through") == ""


def test_nothing_is_cut_off_or_covered_at_320_px_or_with_letters_of_twice_the_size(seen: Seen) -> None:
    assert seen.said("narrow") == ""


def test_what_a_tap_has_just_shown_is_on_the_screen(seen: Seen) -> None:
    assert seen.said("out_of_view") == ""


def test_neither_the_offer_to_install_nor_yesterdays_question_pushes_log_today_away(seen: Seen) -> None:
    assert seen.said("log_today") == ""


def test_the_call_button_is_directly_under_the_band_and_never_scrolls_away(seen: Seen) -> None:
    assert seen.said("call_button") == ""


def test_read_from_the_right_every_screen_mirrors(seen: Seen) -> None:
    assert seen.said("mirrored") == ""


def test_keys_reach_everything_and_the_focus_is_seen(seen: Seen) -> None:
    assert seen.said("out_of_reach") == ""


def test_with_reduced_motion_nothing_moves(seen: Seen) -> None:
    assert seen.said("moving") == ""


def test_urgency_and_state_are_words_and_shapes_never_color_alone(seen: Seen) -> None:
    assert seen.said("urgency_without_a_word") == ""


def test_no_screen_met_an_error(seen: Seen) -> None:
    assert seen.errors == []


def test_the_walk_meets_every_route_and_every_question(seen: Seen) -> None:
    routes = set(re.findall(r"^  (\w+): \(\) =>", (PATIENT / "screens.svelte.ts").read_text(), re.MULTILINE))
    lists = re.findall(r"(?:STEPS|EXTRAS|ASIDE) = \[(.*?)\]", (PATIENT / "log" / "steps.ts").read_text(), re.DOTALL)
    steps = set(re.findall(r'"(\w+)"', " ".join(lists)))
    assert routes
    assert steps
    met = [address.removeprefix("#/").split("/") for address in seen.addresses]
    assert routes - {path[0] for path in met} == set()
    assert steps - {path[2] for path in met if path[0] == "log" and len(path) > 2} == set()
