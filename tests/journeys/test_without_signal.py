"""Installed and without signal: the phone goes on alone, says what the team does not know, and catches up."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.faults.site import Site
from tests.faults.web import Person
from tests.home import ZONE, home_today
from tests.journeys.conftest import CARE_LINE, DESK, PHONE, Seat
from tests.journeys.phone import answer, days_ago, in_store, log_a_quiet_day, logs_of, newcomer, ready
from tests.journeys.phone import open_address as go
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap

Seats = Callable[..., Seat]
SENDING = re.compile("/api/v1/logs/")
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
FIREFOX_ON_ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def logged_today(somebody: Person, mine: Seat) -> Page:
    """Somebody new, who is offered the home screen once today is logged and sent, and not before."""
    phone = ready(mine.sign_in(somebody.email))
    expect(phone.get_by_text("Put Handhold on your home screen?")).to_be_hidden()
    log_a_quiet_day(phone, days_ago(0))
    go(phone, "#/")
    expect(phone.get_by_text("Put Handhold on your home screen?")).to_be_visible()
    return phone


def a_crisis(page: Page, day: str) -> None:
    """Two readings that are far too high, the second without waiting."""
    go(page, f"#/log/{day}/pressure")
    page.get_by_label("Top number").fill("191")
    page.get_by_label("Bottom number").fill("114")
    tap(page, "Next")
    tap(page, "I cannot measure again")
    expect(heading(page)).not_to_contain_text("blood pressure")
    go(page, f"#/log/{day}/signs")
    tap(page, "Chest pain")


def test_three_days_in_airplane_mode_with_a_crisis_on_the_second_lose_nothing(seat: Seats, clinic: Site) -> None:
    nina = newcomer(clinic, "nina")
    mine = seat(PHONE)
    phone = mine.page
    phone.clock.install(time=datetime.now(UTC) - timedelta(days=2))
    phone.clock.resume()
    mine.sign_in("nina@example.org")
    ready(phone)

    mine.context.set_offline(True)
    phone.reload()
    log_a_quiet_day(phone, days_ago(2))
    expect(phone.get_by_text("Not sent", exact=True)).to_be_visible()

    phone.clock.fast_forward("24:00:00")
    a_crisis(phone, days_ago(1))
    expect(heading(phone)).to_have_text("Call 911 now.")
    expect(phone.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    mine.picture("40-emergency-in-airplane-mode")
    # Her daughter's phone, with signal, has sent other answers for that day.
    other = {"fatigue": {"present": False}}
    assert clinic.put_log(nina, other, day=home_today() - timedelta(days=1)).status == 200

    phone.clock.fast_forward("24:00:00")
    go(phone, "#/")
    expect(phone.get_by_text("Your team does not know yet. Please call.").first).to_be_visible()
    expect(phone.get_by_text("A log has waited on this phone for more than a day.")).to_be_visible()
    log_a_quiet_day(phone, days_ago(0))
    go(phone, "#/")
    expect(phone.get_by_text("3 not sent")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("3 not sent")).to_be_visible()

    mine.context.set_offline(False)
    expect(phone.get_by_text("1 needs help")).to_be_visible()
    expect(phone.get_by_text(re.compile("not sent$"))).to_be_hidden()
    tap(phone, "Read it out", "link")
    expect(phone.get_by_text("191 over 114")).to_be_visible()
    mine.picture("41-refused-and-read-out")

    kept = logs_of(clinic, nina)
    assert set(kept) == {days_ago(0), days_ago(1), days_ago(2)}
    assert kept[days_ago(1)]["facts"] == other
    assert [waiting["log"]["day"] for waiting in in_store(phone, "outbox")] == [days_ago(1)]

    go(phone, f"#/compare/{in_store(phone, 'outbox')[0]['id']}")
    tap(phone, "Send mine instead")
    expect(heading(phone)).to_have_text("Call 911 now.")
    expect(phone.get_by_text(re.compile("Your team has this log since"))).to_be_visible()
    desk = seat(DESK).sign_in("joan@example.org", "clinic")
    expect(desk.locator("tbody tr:not(.item)", has_text="Nina").first).to_contain_text(
        re.compile("chest pain|191", re.IGNORECASE)
    )


def test_the_network_that_comes_back_while_an_attempt_fails_is_used_at_once(seat: Seats, clinic: Site) -> None:
    opal = newcomer(clinic, "opal")
    mine = seat(PHONE)
    phone = mine.page
    phone.clock.install()
    phone.clock.resume()
    ready(mine.sign_in("opal@example.org"))
    held: list[Route] = []
    phone.route(SENDING, lambda route: route.continue_() if held else held.append(route))
    with phone.expect_request(SENDING):
        log_a_quiet_day(phone, days_ago(0))
    phone.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))  # no later attempt comes by itself
    phone.evaluate("dispatchEvent(new Event('online'))")
    held[0].abort()
    expect(phone.get_by_text(re.compile("^Sent at ")).first).to_be_visible()
    assert days_ago(0) in logs_of(clinic, opal)


def test_what_waits_for_more_than_a_day_asks_for_a_call(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "omar")
    mine = seat(PHONE)
    phone = mine.page
    phone.clock.install(time=datetime.now(UTC))
    phone.clock.resume()
    ready(mine.sign_in("omar@example.org"))
    mine.context.set_offline(True)
    log_a_quiet_day(phone, days_ago(0))
    go(phone, "#/")
    expect(phone.get_by_text("1 not sent")).to_be_visible()
    expect(phone.get_by_text("waited on this phone")).to_be_hidden()
    phone.clock.fast_forward("24:05:00")
    expect(phone.get_by_text("waited on this phone")).to_be_visible()
    expect(phone.get_by_role("link", name="Read it out")).to_be_visible()


def test_the_page_can_be_installed_and_its_shortcuts_open_without_signal(seat: Seats) -> None:
    mine = seat(PHONE)
    phone = mine.page
    answer_of = mine.context.request.get(mine.address("manifest.webmanifest"))
    manifest = json.loads(answer_of.text())
    assert manifest["display"] == "standalone"
    assert {"any", "maskable"} == {icon.get("purpose", "any") for icon in manifest["icons"]}
    shortcuts = {shortcut["name"]: shortcut for shortcut in manifest["shortcuts"]}
    pictures = [*manifest["icons"], *(icon for shortcut in shortcuts.values() for icon in shortcut["icons"])]
    for picture in pictures:
        assert mine.context.request.get(mine.address(picture["src"].lstrip("/"))).ok, picture

    ready(mine.sign_in("chen@example.org"))
    mine.context.set_offline(True)
    phone.goto(mine.address(shortcuts["Call my team"]["url"].lstrip("/")))
    expect(heading(phone)).to_have_text("Call my team")
    expect(phone.get_by_role("main").get_by_role("link", name=re.compile("555.014[23]"))).to_have_attribute(
        "href",
        CARE_LINE,
    )
    phone.goto(mine.address(""))
    phone.goto(mine.address(shortcuts["Log today"]["url"].lstrip("/")))
    expect(phone).to_have_title(re.compile("^Daily log"))


def test_the_phone_never_keeps_an_answer_of_the_api_in_its_cache(seat: Seats) -> None:
    phone = ready(seat(PHONE).sign_in("chen@example.org"))
    addresses: list[str] = phone.evaluate(
        """async () => {
             const held = await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys()));
             return held.flat().map(request => new URL(request.url).pathname);
           }"""
    )
    assert "/index.html" in addresses
    assert not [address for address in addresses if re.match("/(api|_allauth|clinic|demo)|.*clinic", address)]


@pytest.mark.parametrize(
    ("browser", "first_step"),
    [
        (IPHONE, "Tap Share."),
        (FIREFOX_ON_ANDROID, "Tap the menu of your browser"),
        (None, "Look for Install in the address bar"),
    ],
)
def test_the_first_run_shows_once_how_to_install_on_this_very_phone(
    chromium: Browser, clinic: Site, browser: str | None, first_step: str
) -> None:
    context = chromium.new_context(
        viewport=PHONE, user_agent=browser, locale="en-US", has_touch=True, timezone_id=str(ZONE)
    )
    mine = Seat(context, clinic)
    phone = logged_today(newcomer(clinic, f"inga{len(first_step)}"), mine)
    tap(phone, "Show me how", "link")
    expect(heading(phone)).to_have_text("On your home screen")
    expect(phone.get_by_text(first_step)).to_be_visible()
    mine.picture(f"42-install-{'iphone' if browser == IPHONE else 'android' if browser else 'desk'}")
    tap(phone, "Back to today", "link")
    expect(phone.get_by_role("link", name="All my days")).to_be_visible()
    expect(phone.get_by_text("Put Handhold on your home screen?")).to_be_hidden()
    tap(phone, "More", "link")
    tap(phone, "Put Handhold on the home screen", "link")
    expect(phone.get_by_text(first_step)).to_be_visible()
    context.close()


def test_where_the_browser_offers_it_one_tap_installs(seat: Seats, clinic: Site) -> None:
    phone = logged_today(newcomer(clinic, "ivar"), seat(PHONE))
    phone.evaluate(
        """() => {
             const offer = new Event("beforeinstallprompt", { cancelable: true });
             offer.prompt = async () => { window.asked = true; dispatchEvent(new Event("appinstalled")) };
             dispatchEvent(offer);
             window.quiet = offer.defaultPrevented;
           }"""
    )
    tap(phone, "Show me how", "link")
    tap(phone, "Put it there")
    expect(phone.get_by_text("Handhold is on your home screen.")).to_be_visible()
    assert phone.evaluate("window.asked && window.quiet")


def test_the_offer_to_install_is_put_off_for_good(seat: Seats, clinic: Site) -> None:
    phone = logged_today(newcomer(clinic, "iris"), seat(PHONE))
    tap(phone, "Not now")
    phone.reload()
    expect(phone.get_by_role("link", name="All my days")).to_be_visible()
    expect(phone.get_by_text("Put Handhold on your home screen?")).to_be_hidden()


def test_more_says_whether_the_phone_keeps_handhold_for_good(seat: Seats) -> None:
    phone = ready(seat(PHONE).sign_in("chen@example.org"))
    phone.evaluate(
        """() => {
             let promised = false;
             navigator.storage.persisted = async () => promised;
             navigator.storage.persist = async () => (promised = true);
           }"""
    )
    tap(phone, "More", "link")
    expect(phone.get_by_text("This phone may clear Handhold away")).to_be_visible()
    tap(phone, "Ask the phone to keep it")
    expect(phone.get_by_text("This phone keeps Handhold until you sign out.")).to_be_visible()


def test_the_promise_to_keep_is_asked_for_after_a_log_that_is_not_urgent_and_never_before(
    seat: Seats, clinic: Site
) -> None:
    newcomer(clinic, "pia")
    mine = seat(PHONE)
    mine.page.add_init_script("navigator.storage.persist = async () => (window.asked = true)")
    phone = ready(mine.sign_in("pia@example.org"))
    answer(phone, days_ago(1), "signs", "Chest pain")
    expect(heading(phone)).to_have_text("Call 911 now.")
    assert not phone.evaluate("window.asked === true")
    log_a_quiet_day(phone, days_ago(2))
    phone.wait_for_function("() => window.asked === true")


def test_signing_out_with_an_unsent_log_asks_first_and_then_leaves_nothing_on_the_phone(
    seat: Seats, clinic: Site
) -> None:
    nobody = newcomer(clinic, "rui")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("rui@example.org"))
    phone.route("**/api/v1/logs/*", lambda route: route.abort())
    log_a_quiet_day(phone, days_ago(0))
    go(phone, "#/more")
    tap(phone, "Sign out")
    expect(phone.get_by_text("One of your logs is only on this phone.")).to_be_visible()
    tap(phone, "Stay signed in")
    assert len(in_store(phone, "outbox")) == 1
    tap(phone, "Sign out")
    tap(phone, "Remove and sign out")
    expect(phone.get_by_label("Password")).to_be_visible()
    for room in ("kept", "logs", "outbox", "drafts", "called", "calls", "photos"):
        assert in_store(phone, room) == [], room
    assert phone.evaluate("localStorage.getItem('handhold.here')") is None
    assert logs_of(clinic, nobody) == {}


def test_signing_out_without_signal_leaves_nothing_to_see_and_ends_the_session_with_the_next_signal(
    seat: Seats, clinic: Site
) -> None:
    newcomer(clinic, "kit")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("kit@example.org"))
    log_a_quiet_day(phone, days_ago(0))
    expect(phone.get_by_text(re.compile("^Sent at ")).first).to_be_visible()
    mine.context.set_offline(True)
    go(phone, "#/more")
    tap(phone, "Sign out")
    tap(phone, "Sign out")
    expect(phone.get_by_text("You are signed out, and nothing of you is on this phone.")).to_be_visible()
    assert [row for room in ("kept", "logs", "drafts") for row in in_store(phone, room) if row] == []
    phone.reload()
    expect(phone.get_by_label("Password")).to_be_visible()
    mine.context.set_offline(False)
    phone.wait_for_function("() => localStorage.getItem('handhold.session_to_end') === null")
    assert phone.request.get(mine.address("api/v1/me")).status == 401


def test_who_signs_in_next_never_meets_the_answers_of_who_signed_out(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "sol")
    newcomer(clinic, "tea")
    phone = ready((mine := seat(PHONE)).sign_in("sol@example.org"))
    answer(phone, days_ago(0), "signs", "Fever")
    go(phone, "#/more")
    tap(phone, "Sign out")
    tap(phone, "Sign out")
    expect(phone.get_by_label("Password")).to_be_visible()
    ready(mine.sign_in("tea@example.org"))
    go(phone, f"#/log/{days_ago(0)}/signs")
    expect(phone.get_by_role("button", name=re.compile("^Fever"))).to_have_attribute("aria-pressed", "false")
