"""The roster on the nurse's page: a gap is filled, what is open is handed over, and somebody leaves."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.conftest import stools
from tests.faults.process import wait_until
from tests.faults.site import Site
from tests.faults.web import Person
from tests.journeys.conftest import DESK, Seat
from tests.journeys.phone import days_ago, newcomer

Seats = Callable[..., Seat]


def has_acknowledged(clinic: Site, nurse: Person, patient_name: str) -> None:
    """A newcomer has logged 5 stools, 4 above usual, and this nurse has taken the alert."""
    patient = newcomer(clinic, patient_name)
    logged = {"day": days_ago(0), "facts": stools(5)}
    assert clinic.web.call("PUT", f"api/v1/logs/{uuid.uuid4()}", patient, logged).status == 200

    def alerts() -> list[str]:
        rows = clinic.web.call("GET", "api/v1/alerts", nurse).body["results"]
        return [row["id"] for row in rows if row["patient"]["name"] == patient_name.capitalize()]

    wait_until(lambda: len(alerts()) == 1, "the log is flagged")
    (alert,) = alerts()
    assert clinic.web.call("POST", f"api/v1/alerts/{alert}/acknowledge", nurse, {}).status == 200


def roster(page: Page) -> None:
    page.get_by_role("link", name="Roster", exact=True).click()
    page.get_by_role("heading", level=1, name="Roster").wait_for()


def test_ada_fills_a_gap_that_her_page_showed_her(seat: Seats, clinic: Site) -> None:
    ada = seat(DESK)
    desk = ada.sign_in("ada@example.org", "clinic")
    expect(desk.get_by_role("heading", level=1, name="Roster")).to_be_visible()
    expect(desk.get_by_text(re.compile("^Nobody is on call from "))).to_be_visible()
    gap = desk.get_by_role("button", name=re.compile("^Nobody 19:00–07:00 On call, .* Fill this gap"))
    desk.locator("table.week").wait_for()
    if not gap.count():  # it is three days ahead: in this week or the next
        desk.get_by_role("button", name="Week after").click()
    ada.picture("40-roster")
    gap.click()
    desk.get_by_label("Who").select_option(label="Priya Nair")
    expect(desk.get_by_text(re.compile("^Priya, On call: .*from 19:00 to 07:00 on "))).to_be_visible()
    desk.get_by_role("button", name="Add shift").click()
    expect(desk.get_by_role("button", name=re.compile("^Priya 19:00–07:00 On call, .* Change"))).to_be_visible()
    expect(gap).to_have_count(0)
    expect(desk.get_by_text(re.compile("^Nobody is on call from "))).to_have_count(0)


def test_what_a_nurse_has_open_is_offered_with_a_note_and_a_colleague_accepts_it(seat: Seats, clinic: Site) -> None:
    noemi, odile = newcomer(clinic, "noemi", "nurse"), newcomer(clinic, "odile", "nurse")
    has_acknowledged(clinic, noemi, "theodora")
    hers, others = seat(DESK), seat(DESK)
    desk, other = hers.sign_in("noemi@example.org", "clinic"), others.sign_in("odile@example.org", "clinic")
    expect(other.get_by_role("heading", level=1, name="Worklist")).to_be_visible()
    roster(desk)
    desk.get_by_label("Note about Theodora").fill("Call her after 15:00.")
    desk.get_by_role("button", name="Offer handover").click()
    expect(desk.get_by_text("Choose who takes over.")).to_be_visible()
    expect(desk.get_by_label("Note about Theodora")).to_have_value("Call her after 15:00.")
    desk.get_by_label("To", exact=True).select_option(label="Odile")
    desk.get_by_role("button", name="Offer handover").click()
    expect(desk.get_by_text(re.compile("^Offered to Odile, .*Not accepted yet"))).to_be_visible()
    other.reload()
    expect(other.get_by_text("Noemi hands over to you. Read it and accept.")).to_be_visible()
    other.get_by_role("link", name="Read it").click()
    expect(other.get_by_text("“Call her after 15:00.”")).to_be_visible()
    others.picture("41-handover")
    other.get_by_role("button", name="Accept").click()
    expect(other.get_by_text("1 alert is yours now.")).to_be_visible()
    mine = clinic.web.call("GET", "api/v1/alerts?owner=me", odile).body["results"]
    assert [row["patient"]["name"] for row in mine] == ["Theodora"]


def test_ada_ends_the_work_of_a_nurse_whose_alert_then_waits_for_somebody_again(seat: Seats, clinic: Site) -> None:
    has_acknowledged(clinic, newcomer(clinic, "perpetua", "nurse"), "ursula")
    desk = seat(DESK).sign_in("ada@example.org", "clinic")
    desk.get_by_role("button", name="End work here: Perpetua").click()
    sheet = desk.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name="Does Perpetua no longer work here?")).to_be_visible()
    sheet.get_by_role("button", name="Yes, end it now").click()
    expect(desk.get_by_text("Perpetua no longer works here. 1 alert waits for somebody again.")).to_be_visible()
    expect(desk.get_by_text("Perpetua", exact=True)).to_have_count(0)
