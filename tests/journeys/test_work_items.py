"""Work items stand under the alerts: taken, tried, finished, and what was promised comes back on its day."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.home import home_today
from tests.journeys.conftest import DESK, Seat

Seats = Callable[..., Seat]


def row_of(desk: Page, patient: str) -> Locator:
    return desk.locator("tr.item", has_text=patient)


def record(desk: Page, outcome: str) -> Locator:
    """Open the panel by key and say what came of it."""
    desk.keyboard.press("r")
    panel = desk.get_by_role("dialog")
    panel.get_by_label(outcome).check()
    return panel


def test_a_call_of_the_first_week_is_taken_tried_finished_and_followed_up(seat: Seats) -> None:
    joan, priya = seat(DESK), seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    call = row_of(desk, "Chen Wei").filter(has_text="Call in week 1")
    expect(call).to_contain_text("Call in week 1 of treatment.")
    expect(call.locator(".owner")).to_have_text("Nobody yet")
    call.locator("td.due").click()
    desk.keyboard.press("a")
    expect(call.locator(".owner")).to_have_text("Joan (you)")

    other = priya.sign_in("priya@example.org", "clinic")
    hers = row_of(other, "Chen Wei").filter(has_text="Call in week 1")
    expect(hers.locator(".owner")).to_have_text("Joan")
    hers.locator("td.due").click()
    expect(hers.get_by_role("button", name="Record")).to_be_hidden()
    other.keyboard.press("r")
    expect(other.get_by_text("Joan has this work item")).to_be_visible()
    other.keyboard.press("o")
    expect(hers.locator(".owner")).to_have_text("Priya (you)")
    expect(call.locator(".owner")).to_have_text("Priya")
    desk.keyboard.press("o")
    expect(call.locator(".owner")).to_have_text("Joan (you)")

    panel = record(desk, "Could not reach")
    expect(panel.get_by_text("it stays on the list")).to_be_visible()
    desk.keyboard.press("Control+Enter")
    expect(panel).to_be_hidden()
    expect(call.locator(".last")).to_contain_text("call, no answer")

    panel = record(desk, "Spoke with the patient")
    panel.get_by_label("Next step", exact=True).select_option("In my own words")
    panel.get_by_label("Next step in your own words").fill("Joan sends the leaflet about skin care")
    panel.get_by_label("By", exact=True).fill(str(home_today()))
    desk.keyboard.press("Control+Enter")
    expect(panel).to_be_hidden()
    promised = row_of(desk, "Follow-up: Joan sends the leaflet about skin care.")
    expect(promised).to_have_count(1)
    expect(desk.get_by_text(re.compile("^Recorded and finished: Chen Wei"))).to_be_visible()
    expect(row_of(desk, "Chen Wei").filter(has_text="Call in week 1")).to_have_count(0)
    expect(row_of(other, "Follow-up: Joan sends")).to_have_count(1)


def test_a_patient_who_rings_is_recorded_without_an_alert(seat: Seats) -> None:
    desk = seat(DESK).sign_in("joan@example.org", "clinic")
    expect(desk.locator("tbody tr").first).to_be_visible()
    desk.get_by_role("link", name="Patients").click()
    desk.get_by_role("link", name="Amina Yusuf").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Amina Yusuf")
    panel = record(desk, "Spoke with the patient")
    panel.get_by_label("Note").fill("Asked about travel with tablets.")
    panel.get_by_role("button", name="Record", exact=False).first.click()
    expect(panel).to_be_hidden()
    expect(desk.get_by_text("Asked about travel with tablets.")).to_be_visible()
