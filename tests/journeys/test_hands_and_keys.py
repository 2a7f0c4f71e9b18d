"""Hands that shake and tap twice, large letters, and people who use keys only."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.faults.site import Site
from tests.home import HOME
from tests.journeys.conftest import DESK, PHONE, Seat
from tests.journeys.phone import days_ago, in_store, newcomer
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap, works_offline

Seats = Callable[..., Seat]
UNREAD_FOR_LONG = """document.addEventListener("click", () =>
  document.documentElement.style.setProperty("--unread", "60s"), { once: true })"""
TWICE = "button => { button.click(); button.click() }"


def open_question(page: Page, day: str, question: str) -> None:
    page.evaluate("where => { location.hash = where }", f"#/log/{day}/{question}")


def signed_in_to_log(seat: Seats, email: str) -> Page:
    phone = seat(PHONE).sign_in(email)
    expect(phone.get_by_role("link", name="All my days")).to_be_visible()
    return phone


def tap_twice(page: Page, target: Locator) -> None:
    """Two taps at one place as a trembling hand does them: nothing waits for the next question."""
    target.click(trial=True)  # until the question takes taps
    page.evaluate(UNREAD_FOR_LONG)  # however long the second tap is on its way
    box = target.bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, delay=20)


@pytest.mark.parametrize(
    ("question", "answer", "following", "next_question"),
    [
        ("hands", "As usual", "feet", "How do your feet look"),
        ("hands", "Red or thick", "hands", "How do your hands look"),
        ("signs", "None of these", "doses", "Did you take your tablets"),
    ],
)
def test_a_double_tap_never_answers_what_nobody_has_read(
    seat: Seats, question: str, answer: str, following: str, next_question: str
) -> None:
    day = days_ago(1)
    phone = signed_in_to_log(seat, "helen@example.org")
    open_question(phone, day, question)
    tap_twice(phone, phone.get_by_role("button", name=re.compile(f"^{answer}")).first)
    expect(heading(phone)).to_contain_text(next_question)
    assert phone.url.endswith(f"/{day}/{following}")
    chosen = phone.locator("[aria-pressed=true]")
    expect(chosen).to_have_count(1 if question == following else 0)


def test_two_taps_in_one_moment_leave_one_question_and_make_one_log(seat: Seats) -> None:
    phone = signed_in_to_log(seat, "helen@example.org")
    phone.context.set_offline(True)
    open_question(phone, days_ago(1), "hands")
    phone.get_by_role("button", name=re.compile("^As usual")).first.evaluate(TWICE)
    expect(heading(phone)).to_contain_text("feet")
    expect(phone.locator("[aria-pressed=true]")).to_have_count(0)
    open_question(phone, days_ago(1), "review")
    phone.get_by_role("button", name="Save my log").evaluate(TWICE)
    expect(phone).to_have_url(re.compile("#/advice/"))
    assert len(in_store(phone, "outbox")) == 1


def test_a_past_day_is_named_and_a_sign_tapped_by_mistake_is_taken_back_in_three_taps(seat: Seats) -> None:
    phone = signed_in_to_log(seat, "helen@example.org")
    open_question(phone, days_ago(3), "signs")
    tap(phone, "Chest pain")
    expect(heading(phone)).to_have_text("Call 911 now.")
    day = datetime.now(HOME).date() - timedelta(days=3)
    expect(phone.get_by_text(f"For {day:%A, %B} {day.day}")).to_be_visible()
    desk = seat(DESK).sign_in("joan@example.org", "clinic")
    row = desk.locator("tbody tr:not(.item)", has_text="Helen").filter(has_text=re.compile("chest pain", re.IGNORECASE))
    expect(row.first).to_contain_text(f"{day:%a, %b} {day.day}: ")

    tap(phone, "I tapped this by mistake")
    expect(heading(phone)).to_contain_text("you have any of these")
    tap(phone, "None of these")
    expect(phone.get_by_text("Until then your team has your first answers")).to_be_visible()
    tap(phone, "Save my log")
    expect(heading(phone)).not_to_have_text("Call 911 now.")


def test_an_address_that_leads_nowhere_leads_to_today_with_words(seat: Seats) -> None:
    phone = signed_in_to_log(seat, "helen@example.org")
    for wrong in ("#/%", "#/nonsense"):
        phone.evaluate("where => { location.hash = where }", wrong)
        expect(phone.get_by_text("That page is not here.")).to_be_visible()
    for day in ("2020-01-01", days_ago(-3), "2026-02-30"):
        open_question(phone, day, "hands")
        expect(phone.get_by_text("A log can be written for today and the 14 days before.")).to_be_visible()
    tap(phone, "All my days", "link")
    phone.go_back()
    expect(phone.get_by_text("A log can be written")).to_be_hidden()


def test_a_second_reading_waits_its_time_and_is_kept_half_typed(seat: Seats) -> None:
    phone = seat(PHONE)
    page = phone.page
    page.clock.install(time=datetime.now(UTC))
    page.clock.resume()
    phone.sign_in("helen@example.org")
    expect(page.get_by_role("link", name="All my days")).to_be_visible()
    open_question(page, days_ago(0), "pressure")
    page.get_by_label("Top number").fill("151")
    page.get_by_label("Bottom number").fill("95")
    tap(page, "Next")
    expect(page.get_by_text("The phone rings when it is time to measure and type again.")).to_be_visible()
    expect(page.get_by_label("Top number")).to_be_disabled()
    expect(page.get_by_role("button", name="I cannot measure again")).to_be_visible()
    page.clock.fast_forward("01:05")
    page.get_by_label("Top number").fill("14")
    page.wait_for_function(
        """async () => {
             const open = indexedDB.open("handhold");
             await new Promise(done => { open.onsuccess = done });
             const all = open.result.transaction("drafts").objectStore("drafts").getAll();
             await new Promise(done => { all.onsuccess = done });
             open.result.close();
             return all.result.some(draft => draft.typed?.systolic === "14");
           }"""
    )
    page.reload()
    expect(page.get_by_label("Top number")).to_have_value("14")


def test_an_unsent_log_that_asks_for_contact_says_on_today_that_nobody_knows(seat: Seats) -> None:
    luis = seat(PHONE)
    phone = luis.sign_in("luis@example.org")
    expect(phone.get_by_role("link", name="All my days")).to_be_visible()
    works_offline(phone)
    luis.context.set_offline(True)
    tap(phone, "Thinking of stopping", "link")
    tap(phone, "I am afraid")
    tap(phone, "Back to today", "link")
    expect(phone.get_by_text("Your team does not know yet. Please call.")).to_be_visible()


@pytest.mark.parametrize("letters", ["100%", "200%"])
@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 568}])
def test_the_grab_bar_never_covers_the_focus_and_never_breaks_a_word(
    seat: Seats, size: ViewportSize, letters: str
) -> None:
    phone = signed_in_to_log(seat, "helen@example.org")
    phone.set_viewport_size(size)
    open_question(phone, days_ago(2), "signs")
    expect(heading(phone)).to_contain_text("you have any of these")
    phone.evaluate("size => document.documentElement.style.setProperty('font-size', size)", letters)
    for _ in range(14):
        phone.keyboard.press("Tab")
        covered = phone.evaluate(
            """() => {
                 const focus = document.activeElement, bar = document.querySelector(".bottom");
                 if (focus === document.body || bar.contains(focus)) return "";
                 const under = focus.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
                 return under > 0 ? focus.innerText : "";
               }"""
        )
        assert covered == ""
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    widest = "[...document.querySelectorAll('.grab span')].every(one => one.scrollWidth <= one.clientWidth + 1)"
    assert phone.evaluate(widest)


def test_only_the_alert_that_the_keys_act_on_shows_them(seat: Seats, clinic: Site) -> None:
    gita = newcomer(clinic, "gita")
    facts = {"diarrhea": {"stools": 8}, "warning_signs": ["nosebleed_stopped"]}
    assert clinic.web.call("PUT", f"api/v1/logs/{uuid4()}", gita, {"day": days_ago(0), "facts": facts}).status == 200
    desk = seat(DESK).sign_in("priya@example.org", "clinic")
    rows = desk.locator("tbody tr:not(.item)", has_text="Gita")
    expect(rows).to_have_count(1)
    expect(rows.get_by_role("list", name="Further symptoms")).to_contain_text(re.compile("nosebleed.*24 h", re.I))
    rows.locator("td.urgency").click()
    desk.keyboard.press("x")
    expect(rows).to_contain_text("diarrhea_3")
    desk.keyboard.press("x")
    expect(rows).not_to_contain_text("diarrhea_3")
    expect(rows.get_by_role("button", name="Acknowledge all 2")).to_be_visible()
    on_one_line = "acts => new Set([...acts.children].map(act => act.getBoundingClientRect().top)).size === 1"
    assert rows.locator(".acts").evaluate(on_one_line)
    desk.keyboard.press("Shift+A")
    expect(desk.get_by_text("You have all 2 alerts of Gita.").first).to_be_visible()
    expect(rows.locator("td.owner")).to_contain_text("Priya (you)")
    expect(rows.locator("td.due")).to_contain_text("no contact yet")
    expect(rows.get_by_role("button", name="Acknowledge")).to_have_count(0)
    rows.locator(".person a").click()
    aside = desk.get_by_role("region", name="Open alerts")
    expect(aside.locator("section.alert")).to_have_count(2)
    expect(aside.locator("kbd", has_text="R")).to_have_count(1)


def test_after_resolving_by_keys_the_focus_is_on_the_next_row(seat: Seats) -> None:
    desk = seat(DESK).sign_in("priya@example.org", "clinic")
    rows = desk.locator("tbody tr")
    expect(rows.first).to_be_visible()
    desk.locator("tbody tr:not(.item)", has_text="Nobody yet").first.locator("td.urgency").click()
    row = desk.locator("tr[aria-current]")
    reason = row.locator(".why b").inner_text()
    desk.keyboard.press("Shift+R")
    panel = desk.get_by_role("dialog")
    panel.get_by_label("Spoke with the patient").check()
    panel.get_by_label("Note").fill("Feels better.")
    desk.keyboard.press("Control+Enter")
    expect(panel).to_be_hidden()
    expect(row.locator(".why b")).not_to_have_text(reason)
    expect(row).to_be_focused()


def test_whatever_is_listed_begins_at_its_first_row_and_one_key_lists_ones_own(seat: Seats) -> None:
    desk = seat(DESK).sign_in("priya@example.org", "clinic")
    rows = desk.locator("tbody tr")
    expect(rows.first).to_be_visible()
    desk.get_by_role("button", name=re.compile("^Nobody yet")).click()
    expect(desk.locator("tbody tr:not(.item)").first).to_be_visible()
    expect(rows.first).to_have_attribute("aria-current", "true")
    desk.keyboard.press("m")
    expect(desk.get_by_role("button", name=re.compile("^Mine"))).to_have_attribute("aria-pressed", "true")
    desk.keyboard.press("m")
    expect(desk.get_by_role("button", name=re.compile("^All"))).to_have_attribute("aria-pressed", "true")
    expect(rows.first).to_have_attribute("aria-current", "true")
