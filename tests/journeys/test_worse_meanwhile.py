"""An alert becomes worse while a nurse writes about it: she is told before anything ends, and nothing typed is lost."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import expect

from tests.conftest import stools
from tests.faults.site import Site
from tests.journeys.conftest import DESK, Seat
from tests.journeys.phone import days_ago, newcomer

Seats = Callable[..., Seat]
NOTE = "Loose stools since breakfast, drinks well."
WORSE = re.compile(r"^Diarrhea, estimated grade 3, with confusion: 12 stools.* That is new since you opened this\.")


def test_an_alert_that_became_an_emergency_is_shown_before_it_can_be_resolved(seat: Seats, clinic: Site) -> None:
    patient, log, worse = newcomer(clinic, "rosalind"), str(uuid.uuid4()), str(uuid.uuid4())
    logged = {"day": days_ago(0), "facts": stools(5)}
    assert clinic.web.call("PUT", f"api/v1/logs/{log}", patient, logged).status == 200
    desk = seat(DESK).sign_in("joan@example.org", "clinic")
    desk.locator("tbody tr:not(.item)", has_text="Rosalind").click()
    desk.keyboard.press("r")
    panel = desk.get_by_role("dialog")
    panel.get_by_label("Spoke with the patient").check()
    panel.get_by_label("Note").fill(NOTE)

    facts = {**stools(12), "warning_signs": ["confusion"]}
    corrected = {"day": days_ago(0), "facts": facts, "corrects": log}
    assert clinic.web.call("PUT", f"api/v1/logs/{worse}", patient, corrected).status == 200
    clinic.database.until_flagged(worse)

    panel.get_by_role("button", name=re.compile("Record and resolve")).click()
    told = panel.get_by_role("alert")
    expect(told).to_have_text(WORSE)
    expect(told).to_be_focused()
    expect(panel.locator("header")).to_contain_text("Emergency")
    expect(panel.get_by_label("Note")).to_have_value(NOTE)
    expect(panel.get_by_label("Spoke with the patient")).to_be_checked()

    panel.get_by_role("button", name=re.compile("Record and resolve")).click()
    expect(panel).to_be_hidden()
    expect(desk.get_by_text("Recorded and resolved: Rosalind")).to_be_visible()
