"""The journey of one daily log in a real browser, offline first, from the phone to the nurse and back."""

import re
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.faults.site import Site
from tests.faults.web import Person
from tests.home import home_today
from tests.journeys.conftest import CARE_LINE, DESK, PHONE, Seat

READ = """
  element => {
    const around = element.closest(".page > *, .foot > *");
    for (const animation of around?.getAnimations() ?? []) animation.finish();
  }
"""
Seats = Callable[..., Seat]


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def tap(page: Page, name: str, role: str = "button") -> None:
    """Tap it as if it had stood long enough to be read: until then the phone lets a second tap fall through."""
    found = page.get_by_role(role, name=re.compile(f"^{name}")).first  # type: ignore[arg-type]
    found.evaluate(READ)
    found.click()


def works_offline(page: Page) -> None:
    """Wait until the service worker has the page; the phone has its protocol since it was shown."""
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")


def log_a_day_with_eight_stools(maria: Seat) -> None:
    """Answer every question. Nothing is out of the ordinary but 8 loose stools; no typing is needed."""
    page = maria.page
    tap(page, "Log today", "link")
    expect(heading(page)).to_contain_text("hands")
    maria.picture("03-hands")
    tap(page, "As usual")
    expect(heading(page)).to_contain_text("feet")
    tap(page, "As usual")
    expect(heading(page)).to_contain_text("poop")
    tap(page, "1 usual")
    for _ in range(7):
        tap(page, "One more")
    tap(page, "Yes")
    tap(page, "Nothing")
    maria.picture("04-stools")
    tap(page, "Next")
    tap(page, "No more than usual")
    expect(heading(page)).to_contain_text("blood pressure")
    tap(page, "Skip this")
    tap(page, "None of these")
    tap(page, "Yes, as planned")
    expect(page.get_by_text("8 times, loose")).to_be_visible()
    maria.picture("05-review")
    tap(page, "Save my log")


def record_what_she_said(joan: Seat) -> None:
    """Joan has called about the chosen alert: she writes down what came of it, and resolves it."""
    desk = joan.page
    desk.keyboard.press("r")
    panel = desk.get_by_role("dialog")
    panel.get_by_label("Spoke with the patient").check()
    panel.get_by_label("Note").fill("Drinks about a liter. No fever, no blood.")
    panel.get_by_label("Next step", exact=True).select_option("The prescriber calls the patient")
    panel.get_by_label("At", exact=True).fill("930")
    desk.keyboard.press("Control+Enter")
    expect(panel.get_by_text("Pick a day for the next step.")).to_be_visible()
    panel.get_by_label("By", exact=True).fill(str(home_today() + timedelta(days=1)))
    expect(panel.get_by_text(re.compile("Joan called you.*your doctor calls you tomorrow at 09:30"))).to_be_visible()
    joan.picture("10-record-and-resolve")
    panel.get_by_role("button", name=re.compile("Record and resolve")).click()
    expect(panel).to_be_hidden()


@pytest.fixture
def a_calm_morning(clinic: Site) -> None:
    """Joan has answered what was urgent before, so that what comes next is on top."""
    token = clinic.run(sys.executable, "manage.py", "token", "joan@example.org").strip()
    joan = Person("joan@example.org", token, None)
    for alert in clinic.web.call("GET", "api/v1/alerts", joan).body["results"]:
        if alert["urgency"] != "contact_24h":
            done = {"outcome": "spoke_with_patient", "note": "Answered this morning."}
            clinic.web.call("POST", f"api/v1/alerts/{alert['id']}/resolve", joan, done)


def test_a_bad_day_logged_without_signal_reaches_the_nurse_and_her_answer_comes_back(
    seat: Seats, a_calm_morning: None
) -> None:
    joan = seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    expect(heading(desk)).to_have_text("Worklist")
    maria = seat(PHONE)
    phone = maria.sign_in("maria@example.org")
    expect(phone.get_by_role("link", name="Log today")).to_be_visible()
    maria.picture("01-today")
    expect(phone.get_by_role("link", name="All my days")).to_be_visible()  # the protocol is here
    works_offline(phone)

    maria.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_role("link", name="Log today")).to_be_visible()
    maria.picture("02-offline")
    log_a_day_with_eight_stools(maria)
    expect(heading(phone)).to_have_text("Call your team now.")
    expect(phone.get_by_text("8 stools today, 7 more than your usual")).to_be_visible()
    expect(phone.get_by_text("Your team does not know yet. Please call.")).to_be_visible()
    expect(phone.get_by_role("link", name=re.compile("Call my team"))).to_have_attribute("href", CARE_LINE)
    maria.picture("06-call-your-team-offline")

    maria.context.set_offline(False)
    first_row = desk.locator("tbody tr").first
    expect(first_row).to_contain_text("Maria Alvarez")
    expect(first_row).to_contain_text("Diarrhea, estimated grade 3: 8 stools, usual 1.")
    expect(first_row).to_contain_text("Day before:")
    joan.picture("08-worklist")
    expect(phone.get_by_text(re.compile("^Sent at ")).first).to_be_visible()
    maria.picture("07-sent")

    first_row.click()
    desk.keyboard.press("x")
    expect(first_row).to_contain_text("diarrhea_3")
    desk.keyboard.press("a")
    expect(first_row).to_contain_text("Joan (you)")
    joan.picture("09-acknowledged")
    record_what_she_said(joan)
    expect(desk.locator("tbody tr").first).not_to_contain_text("8 stools")

    tap(phone, "Back to today", "link")
    expect(phone.get_by_text(re.compile(r"Joan called you at \d\d:\d\d\."))).to_be_visible()
    expect(phone.get_by_text("Next: your doctor calls you tomorrow at 09:30.")).to_be_visible()
    maria.picture("11-joan-called")
    tap(phone, "All my days", "link")
    expect(phone.get_by_text(re.compile(r"Joan, \d\d:\d\d")).first).to_be_visible()
    maria.picture("12-all-my-days")
    phone.evaluate("location.hash = '#/more'")
    tap(phone, "Español")
    expect(heading(phone)).to_have_text("Más")
    phone.evaluate("location.hash = '#/'")
    expect(phone.get_by_text("Lo que sigue: su médico le llama mañana a las 09:30.")).to_be_visible()
    maria.picture("12-next-step-in-spanish")


def test_the_second_nurse_is_told_who_has_it(seat: Seats) -> None:
    first, second = seat(DESK), seat(DESK)
    desks = [first.sign_in("joan@example.org", "clinic"), second.sign_in("priya@example.org", "clinic")]
    for desk in desks:
        desk.locator("tbody tr:not(.item)", has_text="Samuel Osei").click()
        expect(desk.get_by_role("button", name=re.compile("Acknowledge"))).to_be_visible()
    for desk in desks:
        desk.keyboard.press("a")
        expect(desk.locator("tbody tr:not(.item)", has_text="Samuel Osei")).to_contain_text("Joan")
    expect(desks[1].get_by_text(re.compile(r"Joan took this alert at \d\d:\d\d\."))).to_be_visible()


def test_thinking_of_stopping_is_one_tap_away_and_raises_an_alert(seat: Seats, clinic: Site) -> None:
    clinic.asked("tests.journeys.newcomer", "patient ravi@example.org")
    ravi = seat(PHONE)
    phone = ravi.sign_in("ravi@example.org")
    tap(phone, "Thinking of stopping", "link")
    expect(heading(phone)).to_have_text("Thank you for telling us.")
    ravi.picture("13-stopping")
    tap(phone, "I am afraid")
    expect(heading(phone)).to_have_text("Call your team now.")
    desk = seat(DESK).sign_in("priya@example.org", "clinic")
    row = desk.locator("tbody tr:not(.item)", has_text="Ravi")
    expect(row).to_contain_text("Thinking of stopping")


def test_two_taps_from_today_an_emergency_fills_the_screen_and_never_says_to_keep_taking_tablets(seat: Seats) -> None:
    amina = seat(PHONE)
    phone = amina.sign_in("amina@example.org")
    tap(phone, "Suddenly very ill", "link")
    tap(phone, "Chest pain")
    expect(heading(phone)).to_have_text("Call 911 now.")
    expect(phone.get_by_text(re.compile("I take axitinib, a cancer medicine"))).to_be_visible()
    amina.picture("14-emergency")
    words = phone.locator("body").inner_text().lower()
    for order in ("keep taking", "keep going", "continue", "as prescribed"):
        assert order not in words
