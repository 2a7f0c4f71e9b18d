"""The daily log with sore fingers: taps are counted, nothing is filled in beforehand, silence is never zero.

The phone is without signal while it is filled in, so that no test leaves a log behind for the others.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import PHONE, Seat
from tests.journeys.devices import A_CUFF, NO_BLUETOOTH
from tests.journeys.phone import days_ago
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap

Seats = Callable[..., Seat]
Facts = dict[str, Any]

COUNT_TAPS = """
  window.taps = [];
  addEventListener("click", event => {
    const on = event.target.closest("button, a, input, textarea");
    window.taps.push((on?.ariaLabel || on?.innerText || on?.id || event.target.tagName).trim());
  }, true);
"""
ROOM = """
  async room => {
    const open = indexedDB.open("handhold");
    await new Promise(done => { open.onsuccess = done });
    const all = open.result.transaction(room).objectStore(room).getAll();
    await new Promise(done => { all.onsuccess = done });
    open.result.close();
    return all.result;
  }
"""

KEEP_DRAFT = """
  async draft => {
    const open = indexedDB.open("handhold");
    await new Promise(done => { open.onsuccess = done });
    const change = open.result.transaction("drafts", "readwrite");
    change.objectStore("drafts").put(draft);
    await new Promise(done => { change.oncomplete = done });
    open.result.close();
  }
"""


def logs_before(day: str) -> Callable[[Route], None]:
    """The server as it answered that morning: what was logged since is not there yet."""

    def answer(route: Route) -> None:
        given = route.fetch()
        logs = given.json()
        logs["results"] = [log for log in logs["results"] if log["day"] < day]
        route.fulfill(response=given, body=json.dumps(logs))

    return answer


def a_morning(seat: Seats, email: str, *scripts: str, missed: int = 0) -> Page:
    """Today's page of somebody who has not logged yet, nor on so many days before; without signal from here on."""
    phone = seat(PHONE)
    for script in scripts or (NO_BLUETOOTH,):
        phone.page.add_init_script(script)
    phone.page.route(re.compile(r"/api/v1/logs(\?|$)"), logs_before(days_ago(missed)))
    phone.sign_in(email)
    expect(phone.page.get_by_role("link", name="Log today")).to_be_visible()
    phone.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    expect(phone.page.locator(".rail > *").nth(2)).to_be_visible()  # the days before have come
    phone.context.set_offline(True)
    phone.page.evaluate("window.taps = []")
    return phone.page


def open_question(page: Page, question: str, day: str = "") -> None:
    page.evaluate("where => { location.hash = where }", f"#/log/{day or days_ago(0)}/{question}")


def kept(page: Page, day: str = "") -> Facts:
    """The answers of the draft on this phone."""
    return next((draft["facts"] for draft in page.evaluate(ROOM, "drafts") if draft["day"] == (day or days_ago(0))), {})


def saved(page: Page) -> Facts:
    """The answers of the log that waits to be sent."""
    expect(page.locator("dl.review")).to_be_hidden()
    logs = page.evaluate(ROOM, "outbox")
    return logs[-1]["log"]["facts"] if logs else {}


def taps(page: Page) -> list[str]:
    made: list[str] = page.evaluate("window.taps")
    return made


def type_reading(page: Page, top: str, bottom: str) -> None:
    """Type as a thumb does: the first field is ready, and the second comes by itself."""
    expect(page.get_by_label("Top number")).to_be_focused()
    page.keyboard.type(top + bottom)
    expect(page.get_by_label("Bottom number")).to_have_value(bottom)


# --- taps ---


def test_a_day_with_nothing_new_takes_at_most_8_taps_with_every_question_answered(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org", NO_BLUETOOTH, COUNT_TAPS)
    tap(phone, "Log today", "link")
    tap(phone, "Same as yesterday")
    expect(heading(phone)).to_contain_text("poop")
    tap(phone, "Same as yesterday: 1 time, not loose")
    tap(phone, "Same as yesterday: no more than usual")
    type_reading(phone, "126", "78")
    tap(phone, "Next")
    tap(phone, "None of these")
    tap(phone, "Yes, as planned")
    tap(phone, "Save my log")
    facts = saved(phone)
    assert len(taps(phone)) <= 8, taps(phone)
    assert set(facts) == {
        "hands", "feet", "diarrhea", "fatigue", "blood_pressure", "warning_signs", "adherence",
    }  # fmt: skip
    assert facts["hands"]["skin_change"] == "minimal"
    assert facts["feet"]["skin_change"] == "none"


def test_without_a_log_of_yesterday_nothing_new_takes_at_most_8_taps_too(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org", NO_BLUETOOTH, COUNT_TAPS, missed=1)
    tap(phone, "Log today", "link")
    tap(phone, "Hands and feet as usual")
    tap(phone, "As usual: 1, not loose")
    tap(phone, "No more than usual")
    type_reading(phone, "126", "78")
    tap(phone, "Next")
    tap(phone, "None of these")
    tap(phone, "Yes, as planned")
    tap(phone, "Save my log")
    facts = saved(phone)
    assert len(taps(phone)) <= 8, taps(phone)
    assert facts["feet"] == {"skin_change": "none", "pain": "none"}
    assert facts["diarrhea"] == {"stools": 1, "loose": False}


def test_a_full_log_takes_at_most_25_taps(seat: Seats) -> None:
    """Trouble everywhere: all that is asked further, a second reading, the weekly count and an extra symptom."""
    phone = a_morning(seat, "grace@example.org", NO_BLUETOOTH, COUNT_TAPS)
    phone.clock.install(time=datetime.now(UTC))
    phone.clock.resume()
    tap(phone, "Log today", "link")
    for part in ("hands", "feet"):
        expect(heading(phone)).to_contain_text(part)
        tap(phone, "Blisters or cracks")
        tap(phone, "A lot")
        tap(phone, "Daily things")
    phone.get_by_role("button", name="8 times", exact=True).click()
    tap(phone, "Yes")
    tap(phone, "Daily things")
    tap(phone, "Next")
    tap(phone, "Yes, and rest does not help")
    tap(phone, "Daily things")
    type_reading(phone, "152", "96")
    tap(phone, "Next")
    phone.clock.fast_forward("01:05")
    type_reading(phone, "138", "88")
    tap(phone, "Next")
    tap(phone, "Fever")
    tap(phone, "Next")
    tap(phone, "I missed one dose")
    tap(phone, "Side effects")
    phone.get_by_role("button", name="Answer: Tablets left over").click()
    expect(phone.locator("main input")).to_be_focused()
    phone.keyboard.type("24")
    tap(phone, "Next")
    tap(phone, "Anything else today")
    tap(phone, "Mouth sores")
    tap(phone, "Sore, but I eat as usual")
    expect(phone.get_by_text("152 over 96, then 138 over 88")).to_be_visible()
    tap(phone, "Save my log")
    facts = saved(phone)
    assert len(taps(phone)) <= 25, taps(phone)
    assert len(facts) == 10
    assert facts["missed_reason"] == "side_effects"
    assert facts["tablets_left"] == 24
    assert facts["mouth_sores"] == "sore"


# --- unanswered is not zero ---


def test_same_as_yesterday_is_offered_for_each_symptom_and_chosen_for_none(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")
    offers = {
        "hands": "Hands: red or thick, no pain. Feet: as usual.",
        "feet": "Same as yesterday: as usual",
        "stools": "Same as yesterday: 1 time, not loose",
        "tired": "Same as yesterday: no more than usual",
        "pressure": None,
        "signs": None,
        "doses": None,
    }
    for question, words in offers.items():
        open_question(phone, question)
        expect(heading(phone)).to_be_visible()
        offer = phone.get_by_role("button", name=re.compile("Same as yesterday"))
        if words is None:
            expect(offer).to_have_count(0)
        else:
            expect(offer).to_contain_text(words)
        expect(phone.locator("main [aria-pressed=true]")).to_have_count(0)
        for field in phone.locator("main input").all():
            expect(field).to_have_value("")


def test_what_was_skipped_is_not_in_the_log(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")
    tap(phone, "Log today", "link")
    for question in ("hands", "feet", "poop", "tired", "blood pressure", "any of these"):
        expect(heading(phone)).to_contain_text(question)
        tap(phone, "Skip this")
    tap(phone, "Yes, as planned")
    expect(phone.get_by_text("Not answered")).to_have_count(7)  # six questions, and the weekly count
    tap(phone, "Save my log")
    assert saved(phone) == {"adherence": "as_prescribed"}


# --- blood pressure ---


def test_a_number_out_of_range_is_asked_again_and_stays_in_its_field(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")
    open_question(phone, "pressure")
    phone.get_by_label("Top number").fill("300")
    phone.get_by_label("Bottom number").fill("96")
    tap(phone, "Next")
    expect(phone.get_by_role("alert")).to_contain_text("The top number is usually from 60 to 260. Please look again.")
    expect(phone.get_by_role("alert")).to_contain_text("Call your team now.")
    expect(phone.get_by_label("Top number")).to_have_value("300")
    expect(phone.get_by_label("Top number")).to_be_focused()
    assert "blood_pressure" not in kept(phone)


def test_swapped_numbers_are_asked_about_and_one_tap_swaps_them(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")
    open_question(phone, "pressure")
    phone.get_by_label("Top number").fill("78")
    phone.get_by_label("Bottom number").fill("126")
    tap(phone, "Next")
    expect(phone.get_by_text("The top number is the bigger one. Did you swap them?")).to_be_visible()
    tap(phone, "Swap")
    expect(phone.get_by_label("Top number")).to_have_value("126")
    tap(phone, "Next")
    expect(heading(phone)).to_contain_text("any of these")
    [reading] = kept(phone)["blood_pressure"]
    assert (reading["systolic"], reading["diastolic"], reading["source"]) == (126, 78, "typed")


# --- the cuff ---


def test_a_cuff_measures_and_counts_only_once_the_person_has_looked(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org", A_CUFF)
    open_question(phone, "pressure")
    tap(phone, "Measure with my cuff")
    expect(phone.get_by_text("Your cuff is ready.")).to_be_visible()
    phone.evaluate("cuff.send(126, 78)")
    expect(phone.get_by_role("heading", name="Your cuff says 126 over 78")).to_be_focused()
    assert "blood_pressure" not in kept(phone)
    tap(phone, "Yes, use it")
    expect(heading(phone)).to_contain_text("any of these")
    [reading] = kept(phone)["blood_pressure"]
    assert (reading["systolic"], reading["diastolic"], reading["source"]) == (126, 78, "cuff")
    assert datetime.fromisoformat(reading["taken_at"]).utcoffset() is not None


def test_a_cuff_with_several_readings_offers_all_and_one_out_of_range_says_the_same_as_typed(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org", A_CUFF)
    open_question(phone, "pressure")
    tap(phone, "Measure with my cuff")
    expect(phone.get_by_text("Your cuff is ready.")).to_be_visible()
    phone.evaluate("cuff.send(126, 78); cuff.send(300, 96)")
    expect(phone.get_by_role("heading", name="Which one is yours?")).to_be_focused()
    tap(phone, "300 over 96")
    same = phone.get_by_role("alert").filter(has_text="The top number is usually from 60 to 260. Please look again.")
    expect(same).to_contain_text("Call your team now.")
    expect(phone.get_by_role("button", name="Yes, use it")).to_have_count(0)
    tap(phone, "Do not use it")
    tap(phone, "126 over 78")
    tap(phone, "Yes, use it")
    expect(heading(phone)).to_contain_text("any of these")
    assert [one["systolic"] for one in kept(phone)["blood_pressure"]] == [126]


def test_a_cuff_lost_while_it_measures_is_said_and_what_was_typed_stays(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org", A_CUFF)
    open_question(phone, "pressure")
    phone.get_by_label("Top number").fill("12")
    tap(phone, "Measure with my cuff")
    expect(phone.get_by_text("Your cuff is ready.")).to_be_visible()
    phone.evaluate("cuff.leave()")
    expect(phone.get_by_role("alert").filter(has_text="The cuff lost contact.")).to_be_visible()
    expect(phone.get_by_label("Top number")).to_have_value("12")
    tap(phone, "Measure with my cuff")
    expect(phone.get_by_text("Your cuff is ready.")).to_be_visible()
    phone.evaluate("cuff.send(0x07ff, 0x07ff)")  # "not a number"
    expect(phone.get_by_role("alert").filter(has_text="The cuff got no clear reading.")).to_be_visible()
    expect(phone.get_by_label("Top number")).to_have_value("12")
    assert "blood_pressure" not in kept(phone)


def test_without_bluetooth_in_the_browser_no_cuff_is_offered(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")
    open_question(phone, "pressure")
    expect(phone.get_by_label("Top number")).to_be_visible()
    expect(phone.get_by_role("button", name="Measure with my cuff")).to_have_count(0)


# --- doses and extras ---


def test_a_missed_dose_is_asked_why_and_another_answer_takes_the_reason_back(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")
    open_question(phone, "doses")
    tap(phone, "I missed two or more this week")
    tap(phone, "I had no tablets")
    expect(phone.get_by_text("I missed two or more this week. I had no tablets.")).to_be_visible()
    assert kept(phone) == {"adherence": "missed_two_or_more_in_7_days", "missed_reason": "no_tablets"}
    tap(phone, "Change: Tablets")
    tap(phone, "I missed two or more this week")
    tap(phone, "Yes, as planned")
    expect(heading(phone)).to_contain_text("Your log")
    assert kept(phone) == {"adherence": "as_prescribed"}


def test_only_what_was_tapped_is_asked_and_a_comma_is_a_point(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")
    open_question(phone, "review")
    tap(phone, "Anything else today")
    tap(phone, "Temperature")
    tap(phone, "°C")
    phone.locator("main input").fill("20")
    tap(phone, "Next")
    expect(phone.get_by_role("alert")).to_contain_text("This is usually from 30 to 45. Please look again.")
    expect(phone.locator("main input")).to_have_value("20")
    phone.locator("main input").fill("38,5")
    phone.reload()
    expect(phone.locator("main input")).to_have_value("38.5")
    tap(phone, "Next")
    expect(phone.get_by_text("38.5 °C")).to_be_visible()
    assert kept(phone) == {"temperature": 38.5}
    tap(phone, "Anything else today")
    tap(phone, "A note")
    phone.locator("textarea").fill("The cream helps.")
    tap(phone, "Next")
    expect(phone.get_by_text("The cream helps.")).to_be_visible()
    tap(phone, "Anything else today")
    tap(phone, "Nothing else")
    assert kept(phone) == {"temperature": 38.5, "note": "The cream helps."}


def test_a_number_looked_at_in_another_unit_stays_and_one_in_the_wrong_unit_is_asked_about(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")  # usually 70 kg, in a region of pounds
    open_question(phone, "weight")
    field = phone.locator("main input")
    tap(phone, "kg")
    field.fill("７０")
    tap(phone, "Next")
    assert kept(phone) == {"weight": 70}
    tap(phone, "Change: Weight")
    tap(phone, "lb")
    expect(field).to_have_value("154.3")
    assert kept(phone) == {"weight": 70}
    tap(phone, "Next")
    expect(phone.get_by_text("154.3 lb")).to_be_visible()
    assert kept(phone) == {"weight": 70}
    tap(phone, "Change: Weight")
    tap(phone, "kg")
    field.fill("154")
    tap(phone, "Next")
    expect(phone.get_by_role("alert")).to_contain_text("Did you mean 154 lb?")
    assert kept(phone) == {}
    tap(phone, "Yes, 154 lb")
    expect(phone.get_by_text("154 lb")).to_be_visible()
    assert kept(phone) == {"weight": 69.85}
    open_question(phone, "temperature")
    field.fill("38.5")
    tap(phone, "Next")
    tap(phone, "Yes, 38.5 °C")
    expect(phone.get_by_text("38.5 °C")).to_be_visible()
    assert kept(phone)["temperature"] == 38.5


def test_an_older_answer_is_asked_again_kept_readable_and_never_stops_the_log(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")
    older = {"adherence": "perhaps", "hands": {"skin_change": "peeling"}, "weight": 70}
    begun = {"day": days_ago(0), "begun_on": days_ago(0), "saved_at": datetime.now(UTC).isoformat(), "step": "review"}
    phone.evaluate(KEEP_DRAFT, {**begun, "facts": older, "version": 1, "corrects": None, "replaces": None})
    phone.reload()
    open_question(phone, "review")
    expect(phone.get_by_role("alert")).to_contain_text("Please answer again: Hands and Tablets.")
    expect(phone.get_by_text("“perhaps”, from an older version of this app")).to_be_visible()
    tap(phone, "Answer: Hands")
    expect(phone.get_by_role("button", pressed=True)).to_have_count(0)
    phone.locator(".answer").first.click()
    expect(phone.get_by_role("alert")).to_contain_text("Please answer again: Tablets.")
    tap(phone, "Save my log")
    facts = saved(phone)
    assert facts["hands"] == {"skin_change": "none", "pain": "none"}
    assert "adherence" not in facts
    assert facts["note"] == "Written in an older version of the app. Tablets: perhaps"


def test_the_tablets_that_are_left_are_asked_for_once_a_week(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")
    open_question(phone, "tablets_left", days_ago(6))
    phone.locator("main input").fill("30")
    tap(phone, "Next")
    tap(phone, "Save my log")
    saved(phone)
    open_question(phone, "review")
    expect(heading(phone)).to_have_text("Your log for today")
    expect(phone.get_by_text("Tablets left over")).to_have_count(0)
    open_question(phone, "review", days_ago(7))
    expect(phone.get_by_text("Tablets left over")).to_be_visible()


# --- days ---


def test_a_day_without_a_log_is_added_from_all_my_days_and_has_no_clock_time(seat: Seats) -> None:
    phone = a_morning(seat, "maria@example.org")
    tap(phone, "All my days", "link")
    phone.get_by_role("link", name="Add this day").first.click()
    expect(heading(phone)).to_contain_text("hands")
    day = phone.url.split("/log/")[1].split("/")[0]
    open_question(phone, "pressure", day)
    phone.get_by_label("Top number").fill("152")
    phone.get_by_label("Bottom number").fill("96")
    tap(phone, "Next")
    expect(heading(phone)).to_contain_text("any of these")  # nothing is measured again for a day that is past
    assert kept(phone, day)["blood_pressure"] == [{"systolic": 152, "diastolic": 96, "source": "typed"}]


@pytest.mark.parametrize(("back", "possible"), [(14, True), (15, False)])
def test_a_day_can_be_changed_for_14_days(seat: Seats, back: int, possible: bool) -> None:
    phone = a_morning(seat, "grace@example.org")
    open_question(phone, "review", days_ago(back))
    if possible:
        tap(phone, "Change: Tiredness")
        tap(phone, "Yes, and rest helps")
        tap(phone, "Next")
        expect(phone.get_by_text("Until then your team has your first answers")).to_be_visible()
        tap(phone, "Save my log")
        assert saved(phone)["fatigue"]["present"] is True
    else:
        expect(phone.get_by_text("A log can be written for today and the 14 days before.")).to_be_visible()


# --- keys and screen readers ---


def test_a_day_is_logged_with_keys_alone_and_each_question_has_the_focus(seat: Seats) -> None:
    phone = a_morning(seat, "grace@example.org")
    phone.get_by_role("link", name="Log today").focus()
    phone.keyboard.press("Enter")
    for question, arrows in (("hands", 1), ("poop", 11), ("tired", 1)):
        expect(heading(phone)).to_contain_text(question)
        expect(heading(phone)).to_be_focused()
        for _ in range(arrows):
            phone.keyboard.press("ArrowDown")
        expect(phone.locator("*:focus")).to_contain_text("Same as yesterday")
        phone.keyboard.press("Enter")
    type_reading(phone, "126", "78")
    phone.keyboard.press("Enter")
    for question in ("any of these", "tablets as planned"):
        expect(heading(phone)).to_contain_text(question)
        expect(heading(phone)).to_be_focused()
        phone.keyboard.press("ArrowDown")
        phone.keyboard.press("Enter")
    expect(heading(phone)).to_have_text("Your log for today")
    expect(heading(phone)).to_be_focused()
    phone.get_by_role("button", name="Save my log").press("Enter")
    assert saved(phone)["blood_pressure"][0]["systolic"] == 126
