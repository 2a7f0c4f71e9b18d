"""What the patient is told, and what comes of it: called, asked the next day, thinking of stopping, the leaflet."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import CARE_LINE, DESK, PHONE, Seat
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap

Seats = Callable[..., Seat]


def row_of(desk: Page, name: str) -> Locator:
    return desk.locator("tbody tr:not(.item)", has_text=name).first


def test_the_day_after_the_patient_is_asked_first_without_signal_and_the_nurse_reads_what_she_said(seat: Seats) -> None:
    joan = seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    nadia = seat(PHONE)
    phone = nadia.sign_in("nadia@example.org")
    question = phone.get_by_role("region", name="Did you reach your team about diarrhea?")
    expect(question).to_contain_text("Yesterday we asked you to call.")
    phone.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    nadia.picture("21-follow-up")

    nadia.context.set_offline(True)
    phone.reload()
    tap(phone, "Not yet")
    expect(question.get_by_role("link", name=re.compile("^Call 555"))).to_have_attribute("href", CARE_LINE)
    nadia.picture("22-not-yet")
    tap(phone, "I have called")
    expect(question).to_contain_text(re.compile(r"You called at \d\d:\d\d\. Did they tell you what to do\?"))

    nadia.context.set_offline(False)
    said = row_of(desk, "Nadia Petrov")
    expect(said).to_contain_text(re.compile(r"Nadia says: “I have called”, at \d\d:\d\d\."))
    tap(phone, "Yes, they told me what to do")
    expect(heading(phone)).to_contain_text("poop")
    expect(said).to_contain_text("“They told me what to do”")
    joan.picture("23-the-nurse-reads-it")
    tap(phone, "Back")
    expect(phone.get_by_role("link", name="Log today")).to_be_visible()
    expect(question).to_be_hidden()


def test_thinking_of_stopping_is_listened_to_answered_for_its_reason_and_told_to_the_nurse(seat: Seats) -> None:
    luis = seat(PHONE)
    phone = luis.sign_in("luis@example.org")
    tap(phone, "Thinking of stopping", "link")
    expect(heading(phone)).to_have_text("Thank you for telling us.")
    phone.get_by_text("Say it in your own words").click()
    phone.get_by_label("In your own words").fill("The pharmacy wants 900 dollars.")
    luis.picture("24-own-words")
    tap(phone, "It costs too much")
    expect(heading(phone)).to_have_text("Call your team now.")
    can_do = phone.get_by_role("heading", name="What your team can do")
    expect(can_do).to_be_visible()
    expect(phone.get_by_text(re.compile("programs that help to pay"))).to_be_visible()
    expect(phone.get_by_role("link", name=re.compile("Call my team"))).to_have_class(re.compile("now"))
    luis.picture("25-what-your-team-can-do")
    tap(phone, "I have called")
    expect(phone.get_by_text(re.compile(r"You called at \d\d:\d\d"))).to_be_visible()

    joan = seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    said = row_of(desk, "Luis Ferreira")
    expect(said).to_contain_text("Thinking of stopping: cost.")
    expect(said).to_contain_text("Luis says: “I have called”")
    said.get_by_role("link", name="Luis Ferreira").click()
    expect(desk.get_by_text("“I have called”").first).to_be_visible()

    tap(phone, "Back to today", "link")
    expect(phone.get_by_text(re.compile(r"^You called at \d\d:\d\d\."))).to_be_visible()
    expect(phone.get_by_role("link", name=re.compile("^Call your team now"))).to_have_count(0)
    tap(phone, "What to do now", "link")
    expect(can_do).to_be_visible()
    expect(phone.get_by_text(re.compile(r"You called at \d\d:\d\d"))).to_be_visible()


@pytest.mark.parametrize(
    ("email", "leaflet", "says"),
    [
        ("freya@example.org", "From the European leaflet", "can be taken when you remember"),
        ("chen@example.org", "From the United States leaflet", "is left out"),
    ],
)
def test_the_medicine_page_says_what_the_leaflet_of_the_region_says(
    seat: Seats, email: str, leaflet: str, says: str
) -> None:
    person = seat(PHONE)
    phone = person.sign_in(email)
    tap(phone, "More", "link")
    tap(phone, "About my medicine", "link")
    expect(heading(phone)).to_have_text("About my medicine")
    expect(phone.get_by_text(re.compile(leaflet))).to_be_visible()
    expect(phone.get_by_role("listitem").filter(has_text=says)).to_be_visible()
    person.picture(f"26-medicine-{email.split('@')[0]}")


def test_a_forgotten_dose_is_answered_with_the_words_of_the_european_leaflet(seat: Seats) -> None:
    freya = seat(PHONE)
    phone = freya.sign_in("freya@example.org")
    tap(phone, "What to do now", "link")
    expect(heading(phone)).to_have_text("You can look after this today.")
    expect(phone.get_by_text(re.compile("can be taken when you remember"))).to_be_visible()
    expect(phone.get_by_role("heading", name="What it means")).to_be_visible()
    freya.picture("27-one-missed-dose")
