"""One walk through every screen of the patient's phone, for the tests of this folder and for `make pictures`.

`screens(phone)` stops at each screen and gives its name; whoever walks looks at `phone.page` then. A new route or a
new question needs a stop here: a test says so.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.accessibility import messages, trouble
from tests.accessibility.phone import Phone
from tests.accessibility.questions import EMERGENCY, SELF_CARE, TODAY, WELL, WITHIN_A_DAY, questions

REFUSAL = {"status": 422, "code": "invalid_facts", "detail": "", "fields": [], "existing": None}


def screens(phone: Phone) -> Iterator[str]:
    """Every screen in the order in which a patient meets them."""
    yield from arriving(phone)
    phone.reachable = False
    yield from today(phone)
    yield from questions(phone)
    yield from advice(phone)
    yield from the_day_after(phone)
    yield from days(phone)
    yield from messages.messages(phone)
    yield from the_rest(phone)
    yield from trouble.photos(phone)
    yield from trouble.cuff(phone)
    yield from trouble.a_full_phone(phone)
    yield from trouble.a_cleared_phone(phone)
    yield from signing_in_again(phone)
    yield from trouble.a_locked_phone(phone)


def arriving(phone: Phone) -> Iterator[str]:
    """The first visit, by somebody whose signal comes and goes."""
    phone.open_first()
    yield "sign-in"
    phone.page.route("**/_allauth/**", lambda route: route.abort())
    phone.sign_in()
    phone.see(".ink-note")
    yield "sign-in-no-signal"
    phone.page.unroute("**/_allauth/**")
    phone.page.route("**/api/v1/protocol*", lambda route: route.abort())
    phone.tap_away("form button[type=submit]")
    phone.see(".press.log")  # Today needs no protocol; the questions do
    phone.tap_away(".press.log")
    phone.see("button.press.main")
    yield "first-load-no-signal"
    phone.page.unroute("**/api/v1/protocol*")
    phone.tap_away("button.press.main")
    phone.open()
    phone.see(".press.log")
    phone.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")


def today(phone: Phone) -> Iterator[str]:
    """Today, as each day leaves it."""
    phone.see(".press.log")
    phone.page.wait_for_load_state("networkidle")  # what comes late replaces rows
    yield "today-first-visit"
    yield from trouble.installing(phone)
    phone.open("install")
    yield "install"
    phone.page.evaluate("dispatchEvent(new Event('beforeinstallprompt'))")
    phone.see("main .press.main")
    yield "install-one-tap"
    phone.open()
    phone.see(".press.log")
    yield "today"
    phone.keep("drafts", phone.draft("tired", {"hands": WELL["hands"]}))
    yield "today-begun"
    log_id = phone.save(TODAY)
    phone.open()
    yield "today-not-sent"
    refused = {**phone.everything_in("outbox")[0], "refusal": REFUSAL}
    phone.keep("outbox", refused)
    phone.see(".needs")
    yield "today-needs-help"
    late = (datetime.now(UTC) - timedelta(hours=26)).isoformat()
    phone.keep("outbox", {**refused, "refusal": None, "saved_at": late})
    phone.see(".note")
    yield "today-waits-too-long"
    phone.arrive(log_id)
    phone.see(".team-not-yet")
    yield "today-sent"
    phone.keep("logs", next(log for log in phone.everything_in("logs") if log["id"] == log_id) | overdue())
    yield "today-overdue"
    phone.keep("logs", next(log for log in phone.everything_in("logs") if log["id"] == log_id) | answered(phone))
    phone.see(".team")
    yield "today-joan-called"
    phone.lose_the_way()
    phone.see(".note")
    yield "today-no-such-page"


def advice(phone: Phone) -> Iterator[str]:
    """What to do now, in all four urgencies and through its fates."""
    phone.save(SELF_CARE)
    phone.see(".band.self-care")
    yield "advice-self-care"
    log_id = phone.save(WITHIN_A_DAY)
    phone.see(".band.contact-24h")
    yield "advice-contact-24h"
    phone.arrive(log_id)
    phone.see(".team-not-yet")
    yield "advice-contact-24h-sent"
    log_id = phone.save(TODAY)
    phone.see(".band.contact-today")
    yield "advice-contact-today"
    phone.tap(".can-wait button:last-child")
    phone.see(".can-wait a.press")
    yield "advice-cannot-wait"
    phone.tap(".can-wait button:first-child")
    phone.see(".can-wait [role=status] p")
    yield "advice-can-wait"
    phone.arrive(log_id)
    phone.tap("main .stack button.press")
    phone.see(".called")
    yield "advice-contact-today-called"
    phone.keep("logs", next(log for log in phone.everything_in("logs") if log["id"] == log_id) | answered(phone))
    phone.see(".team")
    yield "advice-contact-today-answered"
    log_id = phone.save(EMERGENCY)
    phone.see(".all-red")
    yield "emergency"
    phone.arrive(log_id)
    yield "emergency-sent"
    phone.forget_today()
    phone.open("stopping")
    yield "stopping"
    phone.tap(".own-words summary")
    phone.see(".own-words textarea")
    yield "stopping-own-words"
    phone.tap_away(".answers .press")
    phone.see(".band")
    yield "stopping-advice"


def the_day_after(phone: Phone) -> Iterator[str]:
    """Yesterday's advice was to call: Today asks first what came of it."""
    phone.forget_today()
    phone.save(TODAY, day=phone.ago(1))
    phone.open()
    phone.see(".follow-up")
    yield "follow-up"
    phone.tap(".follow-up button + button")
    phone.see(".follow-up .press.main")
    yield "follow-up-not-yet"
    phone.tap(".follow-up .press.main + button")
    phone.see(".follow-up p + p")
    yield "follow-up-called"


def days(phone: Phone) -> Iterator[str]:
    """All days, with one of each kind, and what can be done about a refused log."""
    phone.save(TODAY, day=phone.ago(1))
    existing = next(log["id"] for log in phone.everything_in("logs") if log["day"] == phone.ago(1))
    [entry] = phone.everything_in("outbox")
    refusal = {**REFUSAL, "status": 409, "code": "day_already_logged", "existing": existing}
    phone.keep("outbox", {**entry, "refusal": refusal})
    phone.open("days")
    yield "days"
    phone.open("compare", entry["id"])
    yield "compare"
    phone.open("read", entry["id"])
    yield "read-out"
    phone.open("call")
    yield "call"
    phone.keep("outbox", {**entry, "refusal": {**REFUSAL, "code": "invalid_day"}})
    phone.open("which", entry["id"])
    yield "which"
    phone.open()  # before the entry leaves: its screen would lead to Today by itself
    phone.keep("outbox", {**entry, "refusal": None})
    phone.arrive(entry["id"])
    phone.see(".follow-up")
    yield "today-follow-up"


def the_rest(phone: Phone) -> Iterator[str]:
    phone.open("more")
    yield "more"
    phone.open("medicine")
    yield "medicine"
    phone.open("more")
    phone.tap(".push button.press.quiet")
    phone.see("[role=alert] .press")
    yield "more-sign-out"


def signing_in_again(phone: Phone) -> Iterator[str]:
    """The session ended while the phone was away."""
    phone.page.route("**/api/v1/**", lambda route: route.fulfill(status=401, json={"code": "not_authenticated"}))
    phone.open()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.see("a[href='#/sign-in']")
    yield "today-sign-in-again"
    phone.open("sign-in")
    yield "sign-in-again"


def overdue() -> dict[str, Any]:
    due = (datetime.now(UTC) - timedelta(minutes=2)).isoformat()
    team = {"state": "overdue", "by": None, "at": None, "outcome": None, "next_step": None, "next_on": None}
    return {"team": {**team, "due_at": due, "called_at": None, "reached_at": None}}


def answered(phone: Phone) -> dict[str, Any]:
    """Joan has called, and said what comes next."""
    at = (datetime.now(UTC) - timedelta(minutes=2)).isoformat()
    team = {"state": "resolved", "by": "Joan Keller", "at": at, "outcome": "spoke_with_patient", "due_at": None}
    return {
        "team": {
            **team,
            "next_code": "prescriber_calls",
            "next_step": "Your doctor calls you.",
            "next_on": phone.ago(-1),
            "called_at": None,
            "reached_at": None,
        }
    }
