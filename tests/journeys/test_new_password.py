"""A patient who has forgotten her password, and whose tries were used up, comes back in by the mailed link alone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.faults.process import wait_until
from tests.faults.site import Site
from tests.journeys.conftest import DESK, PHONE, Seat
from tests.journeys.phone import newcomer
from tests.journeys.test_from_phone_to_nurse_and_back import heading

Seats = Callable[..., Seat]
LINK = re.compile(r"http\S+#/password/\S+")


def mailed_link(clinic: Site, page: Page, email: str) -> str:
    """The link in the newest mail to this address, as the demonstration's mail page shows it."""
    found: list[str] = []

    def came() -> bool:
        answer = page.request.get(f"{clinic.web.address}/demo/mail")
        mails = [mail for mail in answer.text().split("<article>") if f"To {email}," in mail]
        found[:] = [link for mail in mails for link in LINK.findall(mail)]
        return bool(found)

    wait_until(came, "the link is mailed")
    return found[0]


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "olga")
    mine = seat(PHONE)
    page = mine.page
    page.goto(mine.address(""))
    for _ in range(6):
        page.get_by_label("E-mail").fill("olga@example.org")
        page.get_by_label("Password").fill("not this one")
        with page.expect_response("**/auth/login"):
            page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"Too many tries\. Please sign in again at \d\d:\d\d"))

    page.get_by_role("link", name="I forgot my password").click()
    page.get_by_label("E-mail").fill("olga@example.org")
    page.get_by_role("button", name="Send me a link").click()
    expect(heading(page)).to_have_text("Please look at your mail")
    link = mailed_link(clinic, page, "olga@example.org")

    page.goto(link)
    expect(heading(page)).to_have_text("Choose a new password")
    page.get_by_label("Choose a new password").fill("short")
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("at least 12")
    page.get_by_label("Choose a new password").fill("three words remembered")
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_role("link", name="Log today")).to_be_visible()
    assert "password" not in page.url, "the key has left the address"

    desk = seat(DESK)
    desk.page.goto(desk.address("clinic#/password/" + link.rpartition("/")[2]))
    expect(desk.page.get_by_role("status")).to_contain_text("was used already")
    other = seat(PHONE)
    other.page.goto(link)
    expect(heading(other.page)).to_have_text("This link does not work any more")
    other.page.get_by_role("link", name="Send me a new link").click()
    expect(other.page.get_by_role("button", name="Send me a link")).to_be_visible()
