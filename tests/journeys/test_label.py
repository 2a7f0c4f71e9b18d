"""Beside a dose decision stands what the drug's label says for this symptom and grade; it decides nothing."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.conftest import DESK, Seat

Seats = Callable[..., Seat]


def test_the_label_of_the_patients_drug_stands_beside_the_decision_and_follows_the_grade(seat: Seats) -> None:
    joan = seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    desk.locator("tbody tr:not(.item)", has_text="Ines Duarte").click()
    desk.keyboard.press("r")
    panel = desk.get_by_role("dialog")
    panel.get_by_label("Prescriber informed").check()
    label = panel.get_by_role("region", name="What the label of sorafenib says")
    rows = label.locator(":scope > ul > li")
    expect(label.get_by_text("The first alert at grade 2 or more with this patient.")).to_be_visible()
    expect(rows.first).to_contain_text("Grade 2; first time; liver or kidney cancer")
    expect(rows.first).to_contain_text("Stay on the dose and treat the skin.")
    expect(rows.filter(has_text="thyroid cancer").first).to_contain_text("Not verified")
    joan.picture("33-label")
    panel.get_by_role("group", name="Grade").get_by_role("button", name="3").click()
    expect(rows.first).to_contain_text("Grade 3; first or second time")
    expect(panel.get_by_label("Decision", exact=True)).to_have_value("")
