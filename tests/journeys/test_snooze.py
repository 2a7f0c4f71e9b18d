"""Snoozing a symptom on the nurse's page: said in a sentence, kept with the record, and ended when she likes."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from tests.conftest import stools
from tests.faults.site import Site
from tests.home import home_today
from tests.journeys.conftest import DESK, Seat
from tests.journeys.phone import days_ago, newcomer

Seats = Callable[..., Seat]


def at_the_patient(seat: Seats, clinic: Site, name: str) -> Seat:
    """A newcomer has logged 5 stools, 4 above usual; Joan has opened her page from the worklist."""
    patient = newcomer(clinic, name)
    logged = {"day": days_ago(0), "facts": stools(5)}
    assert clinic.web.call("PUT", f"api/v1/logs/{uuid.uuid4()}", patient, logged).status == 200
    joan = seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    row = desk.locator("tbody tr:not(.item)", has_text=name.capitalize())
    row.click()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(name.capitalize())
    return joan


def in_words(days: int) -> str:
    day = home_today() + timedelta(days=days)
    return f"{day:%b} {day.day}"


def panel(desk: Page) -> Locator:
    return desk.get_by_role("dialog")


def test_a_symptom_is_snoozed_with_the_record_and_the_snooze_can_be_ended(seat: Seats, clinic: Site) -> None:
    joan = at_the_patient(seat, clinic, "quincy")
    desk = joan.page
    desk.get_by_role("button", name="Snooze").click()
    tick = panel(desk).get_by_role("checkbox", name=re.compile("^Snooze diarrhea"))
    expect(tick).to_be_checked()
    expect(tick).to_have_accessible_name(re.compile(f"^Snooze diarrhea until {in_words(7)}, expecting grade 1 or less"))
    panel(desk).get_by_label("Spoke with the patient").check()
    panel(desk).get_by_label("Expected grade").select_option("2 or less")
    panel(desk).get_by_label("Until", exact=True).fill(str(home_today() + timedelta(days=10)))
    joan.picture("31-snooze")
    panel(desk).get_by_role("button", name=re.compile("Record and resolve")).click()
    expect(panel(desk)).to_be_hidden()
    line = desk.get_by_text(re.compile(f"Diarrhea: grade 2 or less expected until .*{in_words(10)}. Joan."))
    expect(line).to_be_visible()
    joan.picture("32-snoozed")
    desk.get_by_role("button", name="End snooze").click()
    expect(line).to_be_hidden()
    expect(desk.get_by_text(re.compile("^No longer snoozed"))).to_be_visible()


def test_a_day_too_late_is_said_at_its_field_and_nothing_is_lost(seat: Seats, clinic: Site) -> None:
    joan = at_the_patient(seat, clinic, "ravenna")
    desk = joan.page
    desk.keyboard.press("r")
    expect(panel(desk).get_by_role("checkbox", name=re.compile("^Snooze diarrhea"))).not_to_be_checked()
    panel(desk).get_by_label("Spoke with the patient").check()
    panel(desk).get_by_label("Note").fill("Eats and drinks.")
    panel(desk).get_by_role("checkbox", name=re.compile("^Snooze diarrhea")).check()
    panel(desk).get_by_label("Until", exact=True).fill(str(home_today() + timedelta(days=40)))
    panel(desk).get_by_role("button", name=re.compile("Record and resolve")).click()
    expect(panel(desk).get_by_text(f"Choose a day from {in_words(1)} to {in_words(28)}.")).to_be_visible()
    expect(panel(desk).get_by_label("Until", exact=True)).to_be_focused()
    expect(panel(desk).get_by_label("Note")).to_have_value("Eats and drinks.")


def test_what_stays_open_is_not_offered_to_be_snoozed(seat: Seats, clinic: Site) -> None:
    joan = at_the_patient(seat, clinic, "solveig")
    desk = joan.page
    desk.keyboard.press("r")
    panel(desk).get_by_label("Message left").check()
    expect(panel(desk).get_by_role("checkbox", name=re.compile("^Snooze"))).to_have_count(0)
