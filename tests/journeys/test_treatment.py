"""Recording dose decisions on the nurse's page: by the keyboard alone, in an order that holds, nothing typed lost."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.faults.site import Site
from tests.home import home_today
from tests.journeys.conftest import DESK, PHONE, Seat
from tests.journeys.phone import days_ago, newcomer, open_address, ready
from tests.journeys.test_from_phone_to_nurse_and_back import tap

Seats = Callable[..., Seat]


def at_the_treatment(seat: Seats, name: str, nurse: str = "joan") -> Seat:
    """The nurse has opened this patient's treatment from the patient's page."""
    seated = seat(DESK)
    desk = seated.sign_in(f"{nurse}@example.org", "clinic")
    desk.get_by_role("link", name="Patients").click()
    desk.get_by_role("main").get_by_role("searchbox").fill(name)
    desk.get_by_role("link", name=name.capitalize(), exact=True).click()
    desk.get_by_role("link", name="sorafenib").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(f"Treatment of {name.capitalize()}")
    return seated


def by_keyboard(desk: Page, label: str, keys: str) -> None:
    """Type into a field, and go on with Tab."""
    field = desk.get_by_label(label, exact=True)
    field.focus()
    desk.keyboard.type(keys)
    desk.keyboard.press("Tab")


def in_words(days: int) -> str:
    day = home_today() + timedelta(days=days)
    return f"{day:%b} {day.day}"


def question_after_warning_signs(phone: Page, day: str) -> str:
    """What the daily log asks next on the phone."""
    open_address(phone, f"#/log/{day}/signs")
    tap(phone, "None of these")
    expect(phone).to_have_url(re.compile(f"#/log/{day}/(doses|review)$"))
    return phone.url.rsplit("/", 1)[-1]


def test_a_hold_is_recorded_by_keyboard_and_taken_back_with_a_reason(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "thaddeus")
    joan = at_the_treatment(seat, "thaddeus")
    desk = joan.page
    by_keyboard(desk, "Decision", "Hold")
    by_keyboard(desk, "Decided by", "Dr. Chidi")
    by_keyboard(desk, "Why", "Hand-foot grade 3")
    desk.keyboard.press("Control+Enter")
    line = desk.get_by_text(re.compile(f"^Hold from .*{in_words(0)}$"))
    expect(line).to_be_visible()
    expect(desk.get_by_text("Dr. Okafor decided, Joan recorded it")).to_be_visible()
    joan.picture("41-treatment")
    desk.get_by_role("link", name="Thaddeus", exact=True).click()
    expect(desk.get_by_role("link", name=f"sorafenib, on hold since {in_words(0)}")).to_be_visible()

    phone = ready(seat(PHONE).sign_in("thaddeus@example.org"))
    assert question_after_warning_signs(phone, days_ago(1)) == "doses"
    assert question_after_warning_signs(phone, days_ago(0)) == "review", "nothing was to be taken today"

    desk.go_back()
    desk.get_by_role("button", name=re.compile("Take back: Hold")).click()
    sheet = desk.get_by_role("dialog")
    sheet.get_by_role("button", name="Take back").click()
    expect(sheet.get_by_text("Write why, in a few words.")).to_be_visible()
    sheet.get_by_label("Why is it taken back?").fill("It was meant for another patient.")
    sheet.get_by_role("button", name="Take back").click()
    expect(desk.get_by_text(re.compile("Taken back by Joan, .*another patient"))).to_be_visible()


def test_a_day_before_the_treatment_is_said_at_its_field_and_a_colleague_who_was_first_is_named(
    seat: Seats, clinic: Site
) -> None:
    newcomer(clinic, "wilhelmina")
    joan, priya = at_the_treatment(seat, "wilhelmina"), at_the_treatment(seat, "wilhelmina", "priya")
    desk = joan.page
    desk.get_by_label("Decision", exact=True).select_option("Reduction")
    desk.get_by_label("Another dose, in words").check()
    desk.get_by_label("Which dose").fill("400 mg on weekdays")
    desk.get_by_label("Decided by").select_option("Dr. Chidi Okafor")
    desk.get_by_label("Why", exact=True).fill("Tired")
    desk.get_by_label("First day at this dose").fill(str(home_today() - timedelta(days=90)))
    desk.get_by_role("button", name=re.compile("^Record")).first.click()
    expect(desk.get_by_text(re.compile("The treatment began on .* Choose that day or a later one."))).to_be_visible()
    expect(desk.get_by_label("First day at this dose")).to_be_focused()
    desk.get_by_label("First day at this dose").fill(str(home_today()))

    other = priya.page
    other.get_by_label("Decision", exact=True).select_option("Hold")
    other.get_by_label("Decided by").select_option("Dr. Chidi Okafor")
    other.get_by_label("Why", exact=True).fill("Grade 3")
    other.get_by_role("button", name=re.compile("^Record")).first.click()
    expect(other.get_by_text("Recorded.", exact=True)).to_be_visible()

    desk.get_by_role("button", name=re.compile("^Record")).first.click()
    expect(desk.locator(".trouble")).to_contain_text(re.compile(r"Priya at \d\d:\d\d recorded a hold"))
    expect(desk.get_by_label("Which dose")).to_have_value("400 mg on weekdays")
    expect(desk.get_by_text("Grade 3", exact=True).first).to_be_visible()
    desk.reload()
    expect(desk.get_by_label("Which dose")).to_have_value("400 mg on weekdays")


def test_a_switch_names_the_new_drug_and_its_level_and_the_patients_page_follows(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "zenobia")
    joan = at_the_treatment(seat, "zenobia")
    desk = joan.page
    desk.get_by_label("Decision", exact=True).select_option("Switch")
    desk.get_by_label("Decided by").select_option("Dr. Chidi Okafor")
    desk.get_by_label("Why", exact=True).fill("Growth on the scan")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Choose the drug.")).to_be_visible()
    desk.get_by_label("To", exact=True).select_option("regorafenib")
    desk.get_by_role("radio", name=re.compile("^120 mg once a day")).check()
    joan.picture("42-switch")
    desk.get_by_label("Why", exact=True).press("Control+Enter")
    expect(desk.get_by_text("Began with the switch from sorafenib.")).to_be_visible()
    expect(desk.get_by_role("region", name="regorafenib").get_by_text("75 %").first).to_be_visible()
    desk.get_by_role("link", name="Zenobia", exact=True).click()
    expect(desk.get_by_role("link", name="regorafenib 120 mg once a day")).to_be_visible()
