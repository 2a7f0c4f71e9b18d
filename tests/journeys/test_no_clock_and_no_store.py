"""A phone whose battery was drained, and a browser that clears what we keep while the page is open."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.faults.site import Site
from tests.journeys.conftest import PHONE, Seat
from tests.journeys.phone import answer, days_ago, in_store, logs_of, newcomer, ready
from tests.journeys.phone import open_address as go
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap

Seats = Callable[..., Seat]
LONG_AGO = datetime(1970, 1, 1, 12, tzinfo=UTC)


def the_clock_shows(page: Page, moment: datetime) -> None:
    page.clock.set_system_time(moment)
    page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def type_pressure(page: Page, systolic: int, diastolic: int) -> None:
    page.get_by_label("Top number").fill(str(systolic))
    page.get_by_label("Bottom number").fill(str(diastolic))
    tap(page, "Next")


def test_on_a_phone_whose_clock_shows_1970_chest_pain_is_answered_at_once_and_the_day_is_asked_afterwards(
    seat: Seats, clinic: Site
) -> None:
    ida = newcomer(clinic, "ida")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("ida@example.org"))
    mine.context.set_offline(True)
    phone.clock.install(time=LONG_AGO)
    the_clock_shows(phone, LONG_AGO)
    go(phone, "#/log/1970-01-01/pressure")
    type_pressure(phone, 150, 95)
    tap(phone, "I cannot measure again")
    go(phone, "#/log/1970-01-01/signs")
    tap(phone, "Chest pain")
    expect(heading(phone)).to_have_text("Call 911 now.")
    mine.picture("46-emergency-without-a-clock")

    the_clock_shows(phone, datetime.now(UTC))
    mine.context.set_offline(False)
    go(phone, "#/")
    expect(phone.get_by_text("This phone's clock was wrong when you wrote this")).to_be_visible()
    tap(phone, "Choose the day", "link")
    phone.get_by_role("main").get_by_role("button").first.click()
    expect(heading(phone)).to_have_text("Call 911 now.")
    expect(phone.get_by_text(re.compile("^Sent"))).to_be_visible()
    log = logs_of(clinic, ida)[days_ago(0)]
    assert log["facts"]["warning_signs"] == ["chest_pain"]
    [reading] = log["facts"]["blood_pressure"]
    assert (reading["systolic"], reading["diastolic"], reading.get("taken_at")) == (150, 95, None)


def test_answers_begun_under_a_clock_that_shows_1970_are_there_when_the_clock_is_right_again(
    seat: Seats, clinic: Site
) -> None:
    newcomer(clinic, "jun")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("jun@example.org"))
    mine.context.set_offline(True)
    phone.clock.install(time=LONG_AGO)
    the_clock_shows(phone, LONG_AGO)
    go(phone, "#/log/1970-01-01/pressure")
    type_pressure(phone, 190, 125)
    expect(phone.get_by_text("I cannot measure again")).to_be_visible()
    the_clock_shows(phone, datetime.now(UTC))
    go(phone, "#/")
    tap(phone, "Go on with today's log", "link")
    expect(heading(phone)).to_have_text("Which day is this for?")
    expect(phone.get_by_text("This phone's clock was wrong when you began these answers.")).to_be_visible()
    phone.get_by_role("main").get_by_role("button").first.click()
    expect(heading(phone)).to_contain_text("hands")  # the answers are on that day now
    go(phone, f"#/log/{days_ago(0)}/review")
    tap(phone, "Save my log")
    expect(heading(phone)).to_have_text("Call your team now.")


def empty_the_store(page: Page) -> None:
    """As a browser does that runs out of room: all of Handhold's rooms at once, while the page is open."""
    page.evaluate(
        """async () => {
             const open = indexedDB.open("handhold");
             await new Promise(done => { open.onsuccess = done });
             const rooms = [...open.result.objectStoreNames];
             const change = open.result.transaction(rooms, "readwrite");
             rooms.forEach(room => change.objectStore(room).clear());
             await new Promise(done => { change.oncomplete = done });
             open.result.close();
           }"""
    )


def test_advice_that_was_computed_is_shown_when_the_store_is_emptied_while_the_page_is_open(
    seat: Seats, clinic: Site
) -> None:
    lea = newcomer(clinic, "lea")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("lea@example.org"))
    mine.context.set_offline(True)
    go(phone, f"#/log/{days_ago(0)}/signs")
    empty_the_store(phone)
    tap(phone, "Chest pain")
    expect(heading(phone)).to_have_text("Call 911 now.")
    expect(phone.get_by_role("link", name=re.compile("Call 911")).first).to_be_visible()
    mine.context.set_offline(False)
    expect(phone.get_by_text(re.compile("^Sent"))).to_be_visible()
    assert logs_of(clinic, lea)[days_ago(0)]["facts"]["warning_signs"] == ["chest_pain"]


def test_an_unsent_log_outlives_an_emptied_store_and_the_patient_is_told(seat: Seats, clinic: Site) -> None:
    mia = newcomer(clinic, "mia")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("mia@example.org"))
    mine.context.set_offline(True)
    answer(phone, days_ago(0), "tired", "No more than usual")
    tap(phone, "Save my log")
    go(phone, "#/")
    expect(phone.get_by_text("1 not sent")).to_be_visible()
    empty_the_store(phone)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.get_by_text("The browser has cleared what Handhold kept on this phone.")).to_be_visible()
    expect(phone.get_by_text("1 not sent")).to_be_visible()
    mine.picture("47-store-emptied")
    assert [entry["log"]["day"] for entry in in_store(phone, "outbox")] == [days_ago(0)]
    mine.context.set_offline(False)
    expect(phone.get_by_text("1 not sent")).to_be_hidden()
    assert days_ago(0) in logs_of(clinic, mia)
