"""The call guide on the nurse's page: a Yes says the hour at once, the answers stay, and are in "Done before"."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.conftest import stools
from tests.faults.site import Site
from tests.journeys.conftest import DESK, Seat
from tests.journeys.phone import days_ago, newcomer

Seats = Callable[..., Seat]
URGENT = re.compile(r"^Dizzy on standing with diarrhea: contact today, within 1 h\. Due (\w{3} )?\d\d:\d\d\.$")


def calling(seat: Seats, clinic: Site, name: str) -> Seat:
    """A newcomer has logged 5 stools, 4 above usual; Joan has opened the panel at her page."""
    patient = newcomer(clinic, name)
    logged = {"day": days_ago(0), "facts": stools(5)}
    assert clinic.web.call("PUT", f"api/v1/logs/{uuid.uuid4()}", patient, logged).status == 200
    joan = seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    desk.locator("tbody tr:not(.item)", has_text=name.capitalize()).click()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(name.capitalize())
    record(desk)
    return joan


def record(desk: Page) -> None:
    desk.keyboard.press("r")
    expect(question(desk, "Fever")).to_be_visible()


def panel(desk: Page) -> Locator:
    return desk.get_by_role("dialog")


def question(desk: Page, name: str) -> Locator:
    return panel(desk).get_by_role("radiogroup", name=name, exact=True)


def answer(desk: Page, name: str, word: str) -> None:
    question(desk, name).get_by_text(word, exact=True).click()


def chosen(desk: Page, name: str) -> list[str]:
    """The answers of one question that are chosen."""
    radios = question(desk, name).get_by_role("radio")
    return [word for word, radio in zip(["Yes", "No"], radios.all(), strict=True) if radio.is_checked()]


def test_a_yes_that_is_urgent_says_the_hour_and_the_answers_stay(seat: Seats, clinic: Site) -> None:
    joan = calling(seat, clinic, "ottilie")
    desk = joan.page
    assert chosen(desk, "Fever") == [], "nothing is chosen beforehand"
    answer(desk, "Fever", "No")
    expect(panel(desk).get_by_text(URGENT)).to_have_count(0)
    answer(desk, "Dizzy on standing", "Yes")
    expect(panel(desk).get_by_text(URGENT)).to_be_visible()
    joan.picture("40-call-guide")
    desk.keyboard.press("Escape")
    expect(panel(desk)).to_be_hidden()
    record(desk)
    expect(panel(desk).get_by_text(URGENT)).to_be_visible()
    desk.reload()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Ottilie")
    record(desk)
    assert [chosen(desk, name) for name in ("Fever", "Dizzy on standing", "Vomiting")] == [["No"], ["Yes"], []]


def test_closing_needs_an_answer_and_keeping_open_makes_the_alert_urgent(seat: Seats, clinic: Site) -> None:
    desk = calling(seat, clinic, "peregrine").page
    answer(desk, "Blood in stool", "No")
    answer(desk, "Dizzy on standing", "Yes")
    panel(desk).get_by_label("Spoke with the patient").check()
    panel(desk).get_by_label("Note").fill("Spoke with Peregrine.")
    desk.keyboard.press("Control+Enter")
    expect(
        panel(desk).get_by_text(re.compile("Choose a next step, keep the alert open, or say here why"))
    ).to_be_visible()
    expect(panel(desk).get_by_label(re.compile("^Without a next step: why"))).to_be_focused()
    panel(desk).get_by_role("button", name="Record, keep open").click()
    expect(panel(desk)).to_be_hidden()
    expect(desk.get_by_role("heading", name=re.compile("with dizzy on standing"))).to_be_visible()
    expect(desk.locator("section.alert.contact_today")).to_be_visible()
    expect(desk.get_by_text("Asked: no blood in stool, dizzy on standing.")).to_be_visible()


def test_the_questions_are_answered_by_keys_and_an_answer_is_taken_back(seat: Seats, clinic: Site) -> None:
    desk = calling(seat, clinic, "sunniva").page
    question(desk, "Fever").get_by_role("radio").first.focus()
    for key in ("n", "n", "y"):
        desk.keyboard.press(key)
    expect(panel(desk).get_by_text(URGENT)).to_be_visible()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Delete")
    expect(panel(desk).get_by_text(URGENT)).to_have_count(0)
    names = ("Fever", "Blood in stool", "Dizzy on standing", "Little urine")
    assert [chosen(desk, name) for name in names] == [["No"], ["No"], [], ["No"]]
