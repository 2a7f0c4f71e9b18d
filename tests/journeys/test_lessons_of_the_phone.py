"""What went wrong on other projects' phones, tried in a real browser on ours."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.home import HOME
from tests.journeys.conftest import PHONE, Seat
from tests.journeys.phone import in_store
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap, works_offline

Seats = Callable[..., Seat]


def change_stools_of_today(page: Page, more: int) -> None:
    """Correct today's log: so many stools more."""
    tap(page, "Change my answers", "link")
    page.get_by_role("button", name="Change: Stools").click()
    for _ in range(more):
        tap(page, "One more")
    tap(page, "Yes")
    page.get_by_role("button", name="Nothing", exact=True).click()
    tap(page, "Next")
    tap(page, "Save my log")


def leave_advice(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^(Back to today|Done)$")).click()


def test_lesson_6_the_badge_says_1_not_sent_and_survives_a_reload(seat: Seats) -> None:
    chen = seat(PHONE)
    phone = chen.sign_in("chen@example.org")
    expect(phone.get_by_role("link", name="Change my answers")).to_be_visible()
    works_offline(phone)
    chen.context.set_offline(True)
    change_stools_of_today(phone, 1)
    leave_advice(phone)
    expect(phone.get_by_text("1 not sent")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("1 not sent")).to_be_visible()
    chen.context.set_offline(False)
    expect(phone.get_by_text("1 not sent")).to_be_hidden()
    expect(phone.get_by_text("Not sent", exact=True)).to_be_hidden()


def test_a_sign_in_page_of_a_hotel_is_no_answer(seat: Seats) -> None:
    def hotel(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<h1>Welcome to the hotel</h1>")

    pavel = seat(PHONE)
    phone = pavel.sign_in("pavel@example.org")
    expect(phone.get_by_role("link", name="Change my answers")).to_be_visible()
    phone.route("**/api/v1/logs/*", hotel)
    change_stools_of_today(phone, 1)
    leave_advice(phone)
    expect(phone.get_by_text("1 not sent")).to_be_visible()
    phone.unroute("**/api/v1/logs/*")
    phone.reload()
    expect(phone.get_by_text("1 not sent")).to_be_hidden()


def test_lesson_5_two_phones_with_other_answers_for_one_day_keep_both(seat: Seats) -> None:
    """The second one is refused with 409, kept on its phone with its text, and shown; it is never dropped."""
    first, second = seat(PHONE), seat(PHONE)
    phones = [one.sign_in("grace@example.org") for one in (first, second)]
    for phone in phones:
        expect(phone.get_by_role("link", name="Change my answers")).to_be_visible()
        works_offline(phone)
        phone.context.set_offline(True)
    for phone, more in zip(phones, (1, 2), strict=True):
        change_stools_of_today(phone, more)
        leave_advice(phone)
    first.context.set_offline(False)
    expect(phones[0].get_by_text("1 not sent")).to_be_hidden()
    second.context.set_offline(False)
    expect(phones[1].get_by_text("Needs help", exact=True)).to_be_visible()
    tap(phones[1], "Read it out", "link")
    expect(phones[1].get_by_text("3 times, loose")).to_be_visible()
    second.picture("15-read-it-out")


@pytest.mark.parametrize("chosen", [0, 1], ids=["the day it was begun", "the new day"])
def test_lesson_17_a_form_begun_before_midnight_asks_which_day_it_is_for(seat: Seats, chosen: int) -> None:
    helen = seat(PHONE)
    phone = helen.page
    late = datetime.now(HOME).replace(hour=23, minute=40, second=0, microsecond=0)
    phone.clock.install(time=late)
    phone.clock.resume()
    helen.sign_in("helen@example.org")
    tap(phone, "Log today", "link")
    tap(phone, "As usual")
    expect(heading(phone)).to_contain_text("feet")
    phone.clock.fast_forward("25:00")
    expect(heading(phone)).to_have_text("Which day is this for?")
    phone.get_by_role("main").get_by_role("button").nth(chosen).click()
    expect(heading(phone)).to_contain_text("feet")
    [kept] = in_store(phone, "drafts")
    assert kept["day"] == f"{late + timedelta(days=chosen):%Y-%m-%d}"
    assert kept["facts"]["hands"]["skin_change"] == "none"
