"""What the phone and the worklist say about an answer is true of this log: one visit for the patient, one for Joan."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.conftest import hands, pressure, stools
from tests.faults.process import wait_until
from tests.faults.site import Site
from tests.faults.web import Person
from tests.home import home_today
from tests.journeys.conftest import DESK, PHONE, Seat
from tests.journeys.phone import days_ago, newcomer, open_address, ready
from tests.journeys.test_from_phone_to_nurse_and_back import tap

Seats = Callable[..., Seat]
RED_HANDS = hands("minimal", "mild")


def put(clinic: Site, patient: Person, facts: dict[str, Any], *, ago: int = 0, **more: Any) -> str:
    log = str(uuid.uuid4())
    body = {"day": days_ago(ago), "facts": facts, **more}
    assert clinic.web.call("PUT", f"api/v1/logs/{log}", patient, body).status == 200
    return log


def resolve(clinic: Site, joan: Person, name: str, symptom: str, **more: Any) -> None:
    """Joan resolves the alert of this patient about this symptom, once it is there."""

    def found() -> list[Any]:
        rows = clinic.web.call("GET", f"api/v1/alerts?symptom={symptom}", joan).body["results"]
        return [row for row in rows if row["patient"]["name"] == name]

    wait_until(lambda: bool(found()), f"an alert about {symptom}")
    outcome = {"outcome": "spoke_with_patient", **more}
    assert clinic.web.call("POST", f"api/v1/alerts/{found()[0]['id']}/resolve", joan, outcome).status == 200


def at_advice(page: Page, log: str) -> None:
    open_address(page, f"#/advice/{log}")
    expect(page.get_by_text(re.compile("^Sent at")).first).to_be_visible()


def test_each_answer_on_the_screens_is_true_of_this_log(seat: Seats, clinic: Site) -> None:
    nurse, patient = newcomer(clinic, "josefa", "nurse"), newcomer(clinic, "ramona")
    until = home_today() + timedelta(days=10)
    put(clinic, patient, RED_HANDS, ago=1)
    resolve(clinic, nurse, "Ramona", "hand_foot", snooze={"expected_grade": 2, "until": str(until)})

    # Held back: a nurse knows, and nobody is said to look.
    log = put(clinic, patient, RED_HANDS)
    hers = seat(PHONE)
    phone = ready(hers.sign_in("ramona@example.org"))
    at_advice(phone, log)
    knows = phone.get_by_text(re.compile(f"^Josefa knows about this and expects it until .*{until.day}"))
    expect(knows).to_be_visible()
    expect(phone.get_by_text(re.compile("^A nurse looks by"))).to_have_count(0)
    expect(phone.get_by_role("button", name="I have called")).to_be_visible()
    question = phone.get_by_role("region", name="Can it wait?")
    knows.scroll_into_view_if_needed()
    hers.picture("60-held-back")

    # It cannot wait: somebody is asked to look, and the nurse reads it.
    tap(phone, "No")
    expect(question).to_contain_text("Then please call now.")
    expect(phone.get_by_text(re.compile("^A nurse looks by"))).to_be_visible()
    hers.picture("61-it-cannot-wait")
    joan = seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    row = desk.locator("tbody tr:not(.item)", has_text="Ramona").first
    expect(row).to_contain_text("No")

    # One symptom answered, one waiting.
    resolve(clinic, nurse, "Ramona", "hand_foot")
    log = put(clinic, patient, {**RED_HANDS, **pressure((172, 104), (172, 104))}, corrects=log)
    at_advice(phone, log)
    expect(phone.get_by_text(re.compile("^Josefa called you at .* about hand and foot skin"))).to_be_visible()
    expect(phone.get_by_text("Still waiting: blood pressure.")).to_be_visible()
    hers.picture("62-still-waiting")
    open_address(phone, "#/")
    expect(phone.get_by_text("Still waiting: blood pressure.")).to_be_visible()
    expect(phone.get_by_text(re.compile("Nobody has read it yet"))).to_have_count(0)

    # An answer taken back: the alert stays and says so; the patient reads that a nurse still calls.
    chest_pain = {**RED_HANDS, **stools(1), "warning_signs": ["chest_pain"]}
    log = put(clinic, patient, chest_pain, corrects=log)
    expect(row).to_contain_text("Chest pain")
    log = put(clinic, patient, {**chest_pain, "warning_signs": []}, corrects=log)
    expect(row).to_contain_text(re.compile(r"Taken back by the patient at \d\d:\d\d"))
    joan.picture("63-taken-back")
    expect(
        phone.get_by_text(re.compile("^You changed your answer about chest pain.* A nurse still calls"))
    ).to_be_visible()
    hers.picture("64-a-nurse-still-calls")
