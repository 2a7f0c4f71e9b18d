"""Bad luck of a phone, one fault a test: each is told in words, and nothing that was answered is lost."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.faults.site import Site
from tests.home import HOME
from tests.journeys.conftest import PHONE, Seat
from tests.journeys.devices import FULL, ROOM_AGAIN
from tests.journeys.phone import answer, days_ago, in_store, log_a_quiet_day, logs_of, newcomer, ready, save
from tests.journeys.phone import open_address as go
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap

Seats = Callable[..., Seat]
WRITES = re.compile("/api/v1/logs/[0-9a-f-]+$")


def hotel(route: Route) -> None:
    """What the Wi-Fi of a hotel answers to everything: its own page, and 200."""
    route.fulfill(status=200, content_type="text/html", body="<h1>Welcome to the hotel</h1>")


def unavailable(route: Route) -> None:
    """What a proxy says while the server is being restarted."""
    route.fulfill(status=503, content_type="text/html", body="<h1>503 Service Temporarily Unavailable</h1>")


def broken(route: Route) -> None:
    """The server's own words when something went wrong inside."""
    problem = {"type": "about:blank", "title": "Problem", "status": 500, "code": "server_error", "detail": ""}
    route.fulfill(status=500, content_type="application/problem+json", body=json.dumps(problem))


def shift_clock(page: Page, **by: int) -> None:
    page.clock.install(time=datetime.now(UTC) + timedelta(**by))
    page.clock.resume()


def test_a_clock_days_ahead_is_told_and_its_log_is_kept_until_the_patient_says_which_day(
    seat: Seats, clinic: Site
) -> None:
    uma = newcomer(clinic, "uma")
    mine = seat(PHONE)
    phone = mine.page
    shift_clock(phone, days=3)
    ready(mine.sign_in("uma@example.org"))
    expect(phone.get_by_text("This phone's clock shows")).to_be_visible()
    mine.picture("43-clock-wrong")
    log_a_quiet_day(phone, days_ago(-3))
    expect(phone.get_by_text("The clock of this phone was ahead when you wrote this")).to_be_visible()
    assert in_store(phone, "outbox")[0]["log"]["day"] == days_ago(-3)  # as the patient saw it
    tap(phone, "Choose the day", "link")
    expect(heading(phone)).to_have_text("Which day is this log for?")
    phone.get_by_role("main").get_by_role("button").first.click()
    expect(phone.get_by_text(re.compile("^Sent at ")).first).to_be_visible()
    assert set(logs_of(clinic, uma)) == {days_ago(0)}
    assert in_store(phone, "outbox") == []


def test_a_clock_days_behind_is_told_and_the_log_keeps_the_day_the_patient_saw(seat: Seats, clinic: Site) -> None:
    vic = newcomer(clinic, "vic")
    mine = seat(PHONE)
    shift_clock(mine.page, days=-4)
    phone = ready(mine.sign_in("vic@example.org"))
    expect(phone.get_by_text("This phone's clock shows")).to_be_visible()
    log_a_quiet_day(phone, days_ago(4))
    expect(phone.get_by_text(re.compile("^Sent at ")).first).to_be_visible()
    assert set(logs_of(clinic, vic)) == {days_ago(4)}


def test_a_right_clock_is_not_mentioned(seat: Seats) -> None:
    phone = ready(seat(PHONE).sign_in("chen@example.org"))
    expect(phone.get_by_text("This phone's clock shows")).to_be_hidden()


def test_midnight_on_the_open_page_begins_a_new_day(seat: Seats) -> None:
    mine = seat(PHONE)
    phone = mine.page
    late = datetime.now(HOME).replace(hour=23, minute=40, second=0, microsecond=0)
    phone.clock.install(time=late)
    phone.clock.resume()
    ready(mine.sign_in("amina@example.org"))
    date = phone.locator("p.date")
    expect(date).to_contain_text(f"{late:%A, %B} {late.day}.")
    phone.clock.fast_forward("25:00")
    tomorrow = late + timedelta(days=1)
    expect(date).to_contain_text(f"{tomorrow:%A, %B} {tomorrow.day}.")
    tap(phone, "Log today", "link")
    tap(phone, "As usual")
    expect(heading(phone)).to_contain_text("feet")
    assert in_store(phone, "drafts")[0]["day"] == f"{tomorrow:%Y-%m-%d}"


@pytest.mark.parametrize("looks_again", [True, False])
def test_two_tabs_with_one_form_make_one_log_with_all_answers(seat: Seats, clinic: Site, looks_again: bool) -> None:
    wes = newcomer(clinic, f"wes{looks_again}".lower())
    mine = seat(PHONE)
    first = ready(mine.sign_in(wes.email))
    second = mine.context.new_page()
    second.goto(mine.address(""))
    ready(second)
    for tab in (first, second):
        go(tab, f"#/log/{days_ago(0)}/tired")
        expect(heading(tab)).to_contain_text("tired")
    answer(first, days_ago(0), "tired", "No more than usual")
    expect(first.get_by_text("Save my log")).to_be_visible()
    if looks_again:
        second.bring_to_front()
        second.evaluate("dispatchEvent(new Event('focus'))")
    answer(second, days_ago(0), "signs", "None of these")
    save(second)
    expect(second.get_by_text(re.compile("^Sent at ")).first).to_be_visible()
    [log] = logs_of(clinic, wes).values()
    assert log["facts"]["fatigue"]["present"] is False
    assert log["facts"]["warning_signs"] == []


def test_two_tabs_that_both_save_keep_both_logs(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "xia")
    mine = seat(PHONE)
    first = ready(mine.sign_in("xia@example.org"))
    second = mine.context.new_page()
    second.goto(mine.address(""))
    ready(second)
    mine.context.set_offline(True)
    for tab in (first, second):
        go(tab, f"#/log/{days_ago(0)}/tired")
        expect(heading(tab)).to_contain_text("tired")
    answer(first, days_ago(0), "tired", "No more than usual")
    save(first)
    answer(second, days_ago(0), "signs", "None of these")
    save(second)
    mine.context.set_offline(False)
    go(second, "#/")
    expect(second.get_by_text("1 needs help")).to_be_visible()
    tap(second, "Compare", "link")
    expect(heading(second)).to_have_text("Two sets of answers")


def test_on_a_full_phone_the_answers_stay_on_the_screen_and_can_be_read_out(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "yan")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("yan@example.org"))
    go(phone, f"#/log/{days_ago(0)}/hands")
    phone.evaluate(FULL)
    tap(phone, "As usual")
    expect(heading(phone)).to_contain_text("feet")
    expect(phone.get_by_role("alert")).to_contain_text("This phone is full.")
    tap(phone, "Read it out")
    expect(phone.get_by_role("alert")).to_contain_text("As usual")
    expect(phone.get_by_role("link", name=re.compile("Call my team"))).to_be_visible()
    mine.picture("44-phone-full")
    phone.evaluate(ROOM_AGAIN)
    tap(phone, "Try again")
    expect(phone.get_by_text("This phone is full.")).to_be_hidden()
    assert in_store(phone, "drafts")[0]["facts"]["hands"]["skin_change"] == "none"


def test_on_a_full_phone_an_emergency_is_shown_at_once_and_sent_from_memory(seat: Seats, clinic: Site) -> None:
    zoe = newcomer(clinic, "zoe")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("zoe@example.org"))
    mine.context.set_offline(True)
    go(phone, f"#/log/{days_ago(0)}/signs")
    phone.evaluate(FULL)
    tap(phone, "Chest pain")
    expect(heading(phone)).to_have_text("Call 911 now.")
    go(phone, "#/")
    expect(phone.get_by_text("1 not sent")).to_be_visible()
    expect(phone.get_by_text("This phone is full.")).to_be_visible()
    mine.context.set_offline(False)
    expect(phone.get_by_text("1 not sent")).to_be_hidden()
    expect(phone.get_by_role("link", name="What to do now")).to_be_visible()  # though the phone is full still
    assert logs_of(clinic, zoe)[days_ago(0)]["facts"]["warning_signs"] == ["chest_pain"]


def test_on_a_full_phone_a_finished_log_that_was_not_sent_has_its_answers_after_a_reload(
    seat: Seats, clinic: Site
) -> None:
    newcomer(clinic, "bea")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("bea@example.org"))
    answer(phone, days_ago(0), "tired", "No more than usual")
    expect(phone.get_by_text("Save my log")).to_be_visible()
    mine.context.set_offline(True)
    phone.evaluate(FULL)
    save(phone)
    go(phone, "#/")
    expect(phone.get_by_text("1 not sent")).to_be_visible()
    expect(phone.get_by_role("link", name="Go on with today's log")).to_be_hidden()
    phone.on("dialog", lambda asks: asks.accept())  # the page asks before it is left; a phone that ends it does not
    phone.reload()
    tap(phone, "Go on with today's log", "link")
    go(phone, f"#/log/{days_ago(0)}/review")
    expect(phone.get_by_text("No more than usual")).to_be_visible()
    mine.context.set_offline(False)
    save(phone)
    expect(phone.get_by_text(re.compile("^Sent at ")).first).to_be_visible()
    assert in_store(phone, "drafts") == []


def test_on_a_full_phone_a_log_the_server_refuses_needs_help_and_can_be_read_out(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "cid")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("cid@example.org"))
    problem = {
        "type": "about:blank",
        "title": "Problem",
        "status": 422,
        "code": "invalid_facts",
        "detail": "",
        "fields": [],
    }
    refused = {
        "status": 422,
        "content_type": "application/problem+json",
        "body": json.dumps({**problem, "detail": "", "fields": []}),
    }
    phone.route(WRITES, lambda route: route.fulfill(**refused))
    phone.evaluate(FULL)
    log_a_quiet_day(phone, days_ago(0))
    go(phone, "#/")
    expect(phone.get_by_text("1 needs help")).to_be_visible()
    tap(phone, "Read it out", "link")
    expect(phone.get_by_text("No more than usual")).to_be_visible()


def test_a_cleared_phone_is_filled_again_and_says_what_may_be_missing(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "abe")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("abe@example.org"))
    log_a_quiet_day(phone, days_ago(1))
    expect(phone.get_by_text(re.compile("^Sent at ")).first).to_be_visible()
    mine.context.route(WRITES, lambda route: route.abort())
    log_a_quiet_day(phone, days_ago(0))
    expect(phone.get_by_text("Not sent", exact=True)).to_be_visible()
    answer(phone, days_ago(2), "tired", "No more than usual")  # begun, and left
    expect(phone.get_by_text("Save my log")).to_be_visible()
    go(phone, "#/")
    phone.wait_for_function("day => localStorage.getItem('handhold.here').includes(day)", arg=days_ago(2))
    phone.goto(mine.address("healthz"))
    phone.evaluate(
        """() => new Promise((done, wrong) => {
             const gone = indexedDB.deleteDatabase("handhold");
             gone.onsuccess = done;
             gone.onerror = gone.onblocked = wrong;
           })"""
    )
    phone.goto(mine.address(""))
    expect(phone.get_by_text("The browser has cleared what Handhold kept")).to_be_visible()
    lost = datetime.now(HOME)
    expect(phone.get_by_text(f"your log for {lost:%A, %B} {lost.day}.")).to_be_visible()
    begun = lost - timedelta(days=2)
    expect(phone.get_by_role("link", name=f"Add this day: {begun:%A, %B} {begun.day}")).to_be_visible()
    mine.picture("45-phone-cleared")
    expect(phone.get_by_text(re.compile("^Sent at ")).first).to_be_visible()
    assert [log["day"] for log in in_store(phone, "logs")] == [days_ago(1)]
    phone.reload()
    expect(phone.get_by_text("The browser has cleared what Handhold kept")).to_be_visible()
    tap(phone, "OK")
    phone.reload()
    ready(phone)
    expect(phone.get_by_text("The browser has cleared what Handhold kept")).to_be_hidden()


REFUSES = "throw new DOMException('The operation is insecure.', 'SecurityError')"
NO_STORE = f"indexedDB.open = () => {{ {REFUSES} }};"
NO_NOTES = f"""for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, {{ configurable: true, get() {{ {REFUSES} }} }});"""


@pytest.mark.parametrize("script", [NO_STORE, NO_STORE + NO_NOTES], ids=["no store", "nothing at all"])
def test_a_browser_that_keeps_nothing_is_told_apart_from_a_blank_page(seat: Seats, script: str) -> None:
    mine = seat(PHONE)
    mine.page.add_init_script(script)
    mine.page.goto(mine.address(""))
    expect(heading(mine.page)).to_have_text("Handhold cannot open here.")
    expect(mine.page.get_by_text("call your emergency number")).to_be_visible()


@pytest.mark.parametrize(
    ("fault", "words"),
    [(hotel, "The Wi-Fi you are on asks"), (unavailable, "does not answer right now"), (broken, "does not answer")],
)
def test_signing_in_through_a_fault_says_what_it_is_and_never_blames_the_password(
    seat: Seats, fault: Callable[[Route], None], words: str
) -> None:
    mine = seat(PHONE)
    mine.page.route("**/_allauth/**", fault)
    phone = mine.sign_in("chen@example.org")
    expect(phone.get_by_role("alert")).to_contain_text(words)
    expect(phone.get_by_role("alert")).not_to_contain_text("belong together")
    expect(phone.get_by_label("E-mail")).to_have_value("chen@example.org")
    phone.unroute("**/_allauth/**")
    tap(phone, "Sign in")
    expect(phone.get_by_role("link", name="All my days")).to_be_visible()


@pytest.mark.parametrize(
    ("fault", "words"),
    [(hotel, "The Wi-Fi you are on asks"), (unavailable, "does not answer right now"), (broken, "does not answer")],
)
def test_the_first_load_through_a_fault_says_what_it_is_and_goes_on_by_itself(
    seat: Seats, fault: Callable[[Route], None], words: str
) -> None:
    mine = seat(PHONE)
    shift_clock(mine.page, seconds=0)
    mine.page.route("**/api/v1/protocol*", fault)
    phone = mine.sign_in("chen@example.org")
    said = phone.get_by_role("status").filter(has_text=words)
    expect(said).to_be_visible()
    phone.unroute("**/api/v1/protocol*")
    phone.clock.fast_forward(20_000)  # it asks again by itself
    expect(said).to_be_hidden()
    go(phone, f"#/log/{days_ago(0)}/hands")
    expect(heading(phone)).to_contain_text("hands")


@pytest.mark.parametrize(
    ("where", "fault", "words"),
    [
        ("**/api/v1/**", hotel, "The Wi-Fi you are on asks"),
        ("**/api/v1/**", unavailable, "Your team's computer does not answer right now."),
        (WRITES, broken, "Your team's computer does not answer right now."),
    ],
)
def test_a_fault_on_the_way_keeps_what_is_shown_and_the_log_goes_later(
    seat: Seats, clinic: Site, where: str | re.Pattern[str], fault: Callable[[Route], None], words: str
) -> None:
    who = newcomer(clinic, f"ben.{fault.__name__}")
    mine = seat(PHONE)
    phone = ready(mine.sign_in(who.email))
    phone.route(where, fault)
    log_a_quiet_day(phone, days_ago(0))
    go(phone, "#/")
    expect(phone.get_by_text("1 not sent")).to_be_visible()
    expect(phone.get_by_text(words)).to_be_visible()
    expect(phone.get_by_role("link", name="All my days")).to_be_visible()
    phone.unroute(where)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.get_by_text("1 not sent")).to_be_hidden()
    expect(phone.get_by_text(words)).to_be_hidden()
    assert set(logs_of(clinic, who)) == {days_ago(0)}


def test_a_protocol_that_changes_under_a_log_loses_no_answer_and_judges_it_when_saved(
    seat: Seats, clinic: Site
) -> None:
    cal = newcomer(clinic, "cal")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("cal@example.org"))
    answer(phone, days_ago(0), "tired", "No more than usual")

    def newer(route: Route) -> None:
        if route.request.headers.get("if-none-match") == '"newer"':
            route.fulfill(status=304)
            return
        wire = route.fetch(headers={**route.request.headers, "if-none-match": ""}).json()
        wire["protocol"]["version"] += 1
        route.fulfill(json=wire, headers={"etag": '"newer"'})

    phone.route("**/api/v1/protocol*", newer)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.get_by_text("Your team's advice was updated while you were answering.")).to_be_visible()
    tap(phone, "OK")
    expect(phone.get_by_text("No more than usual")).to_be_visible()
    held = in_store(phone, "kept")
    version = next(entry["wire"]["protocol"]["version"] for entry in held if "wire" in entry)
    with phone.expect_request(WRITES) as sent:
        save(phone)
    assert (sent.value.post_data_json or {})["shown"]["version"] == version
    expect(phone.get_by_text(re.compile("^Sent at ")).first).to_be_visible()
    assert logs_of(clinic, cal)[days_ago(0)]["facts"]["fatigue"]["present"] is False
