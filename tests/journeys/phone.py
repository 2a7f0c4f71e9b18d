"""What the tests of the phone do over and over: sign in somebody new, answer one question, look into the store."""

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.faults.site import Site
from tests.faults.web import Person
from tests.home import home_today
from tests.journeys.test_from_phone_to_nurse_and_back import tap, works_offline


def days_ago(days: int) -> str:
    return str(home_today() - timedelta(days=days))


def newcomer(clinic: Site, name: str, kind: str = "patient") -> Person:
    """A patient of Riverside who has logged nothing yet, or a nurse, with a token to ask the API for them."""
    email = f"{name}@example.org"
    return Person(email, clinic.asked("tests.journeys.newcomer", f"{kind} {email}"), None)


def ready(page: Page) -> Page:
    """Wait until Today is there and the phone could do without a network."""
    expect(page.get_by_role("link", name="All my days")).to_be_visible()
    works_offline(page)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


def open_address(page: Page, address: str) -> None:
    page.evaluate("where => { location.hash = where }", address)


def answer(page: Page, day: str, question: str, words: str) -> None:
    """Answer one question of a day; the review comes next."""
    open_address(page, f"#/log/{day}/{question}/change")
    tap(page, words)


def log_a_quiet_day(page: Page, day: str) -> None:
    """A log with one answer that asks for no call."""
    answer(page, day, "tired", "No more than usual")
    save(page)


def save(page: Page) -> None:
    """Save the log at its review; its advice comes next, network or not."""
    tap(page, "Save my log")
    expect(page).to_have_url(re.compile("#/advice/"))


def logs_of(clinic: Site, patient: Person) -> dict[str, Any]:
    """What the server has of this patient, by day."""
    results = clinic.web.call("GET", "api/v1/logs", patient).body["results"]
    return {log["day"]: log for log in results}


def in_store(page: Page, room: str) -> list[Any]:
    """Everything in one room of the phone's store."""
    rows: list[Any] = page.evaluate(
        """async room => {
             const open = indexedDB.open("handhold");
             await new Promise(done => { open.onsuccess = done });
             const all = open.result.transaction(room).objectStore(room).getAll();
             await new Promise(done => { all.onsuccess = done });
             open.result.close();
             return JSON.parse(JSON.stringify(all.result));
           }""",
        room,
    )
    return rows
