"""One walk through every screen of the nurse's page, for the tests of this folder and for `make pictures`."""

import re
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect

from backend.demo.people import PASSWORD
from tests.demonstration import PATIENCE
from tests.faults.site import Site

WIDE, NARROW, HEIGHT = 1280, 768, 800


class Desk:
    """Priya's desk, not signed in yet."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._context = browser.new_context(
            viewport={"width": WIDE, "height": HEIGHT}, reduced_motion="reduce", locale="en-US"
        )
        self._context.set_default_timeout(PATIENCE)
        self.page: Page = self._context.new_page()
        self.page.goto(f"{site.web.address}/clinic")

    def sign_in(self, email: str = "priya@example.org") -> None:
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()

    def go(self, where: str, wait_for: str) -> None:
        """Open an address of the page and wait until this is seen."""
        self.page.evaluate("where => { location.hash = where }", where)
        self.page.locator(wait_for).first.wait_for()

    def choose(self, patient: str) -> None:
        """Choose the first row of this patient on the worklist."""
        self.go("", "tbody tr")
        self.page.locator("tbody tr", has_text=patient).first.locator("td.urgency").click()

    def record(self, patient: str) -> None:
        """Open the panel that records a contact about this patient's first alert."""
        self.choose(patient)
        self.page.keyboard.press("r")
        expect(self.page.get_by_role("dialog")).to_be_visible()

    def put_away(self) -> None:
        """Close the open dialog. Where what was written has to be left first, leave it."""
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("dialog")).to_be_hidden()

    def close(self) -> None:
        self._context.close()


def screens(desk: Desk) -> Iterator[str]:
    """Every screen, in the order of a morning. Nothing is recorded on the way."""
    yield from _worklist(desk)
    yield from _recording(desk)
    yield from _roster(desk)
    yield from _messages(desk)
    yield from _patients(desk)


def _worklist(desk: Desk) -> Iterator[str]:
    page = desk.page
    page.get_by_label("E-mail").wait_for()
    yield "sign-in"
    page.get_by_label("E-mail").fill("priya@example.org")
    page.get_by_label("Password").fill("not hers")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").get_by_text("password").first.wait_for()
    yield "sign-in-refused"
    desk.sign_in()
    page.locator("tbody tr").first.wait_for()
    yield "worklist"
    desk.choose("Ines Duarte")
    page.locator("tr[aria-current]").get_by_role("button", name="Why: the rule").click()
    yield "worklist-chosen"
    page.locator("tr.item", has_text="Chen Wei").locator("td.due").click()
    yield "work-item-chosen"
    page.keyboard.press("r")
    page.get_by_role("dialog").get_by_text("reported last").wait_for()
    yield "record-work-item"
    desk.put_away()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "keys"
    desk.put_away()
    page.get_by_role("button", name="Resolved").click()
    page.get_by_role("button", name="Reopen").first.wait_for()
    yield "worklist-resolved"
    page.get_by_role("button", name="Mine").click()
    page.locator(".empty").wait_for()
    yield "worklist-none-mine"
    page.get_by_role("button", name=re.compile(r"^All \d")).click()
    page.locator("tbody tr").first.wait_for()


def _recording(desk: Desk) -> Iterator[str]:
    page = desk.page
    desk.record("Ines Duarte")
    page.get_by_role("dialog").get_by_text("Snooze").first.wait_for()
    yield "record"
    fever = page.get_by_role("radiogroup", name="Fever", exact=True).get_by_text("Yes", exact=True)
    fever.click()
    page.locator(".heard-rule").wait_for()
    yield "record-heard"
    fever.click()
    page.keyboard.press("Control+Enter")
    page.locator(".needs").wait_for()
    yield "record-mend"
    page.get_by_label("Prescriber informed").check()
    page.locator("#dose-kind").select_option("reduction")
    yield "record-dose"
    page.get_by_label("Message left").check()
    yield "record-stays-open"
    page.get_by_label("Spoke with the patient").check()
    page.get_by_role("checkbox").check()
    page.get_by_label("Until", exact=True).fill("")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Choose a day from").wait_for()
    yield "record-snooze"
    page.get_by_role("checkbox").uncheck()
    desk.put_away()


def _roster(desk: Desk) -> Iterator[str]:
    """Priya reads the roster and begins a handover; Ada changes the roster, and Priya comes back."""
    page = desk.page
    desk.go("#/roster", "table.week")
    page.get_by_role("button", name="Offer handover").click()
    page.get_by_text("Choose who takes over.").wait_for()
    yield "roster-of-a-nurse"
    _change_places(desk, "ada@example.org", "table.week")
    yield "roster"
    page.get_by_role("button", name="Week after").click()
    page.locator(".tools .soft", has_text="Week of").wait_for()
    page.get_by_role("button", name="Add shift").click()
    page.get_by_role("button", name="Add holiday").click()
    page.get_by_role("button", name="Change hours").click()
    page.get_by_label("Opens").first.fill("soon")
    page.get_by_role("button", name="Save hours").click()
    page.get_by_role("button", name="Change the out-of-hours line").click()
    yield "roster-mend"
    page.get_by_role("button", name="End work here: Joan Keller").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "leave"
    desk.put_away()
    _change_places(desk, "priya@example.org", "tbody tr")


def _change_places(desk: Desk, email: str, wait_for: str) -> None:
    desk.page.get_by_role("button", name="Sign out").click()
    desk.page.get_by_label("E-mail").wait_for()
    desk.sign_in(email)
    desk.page.locator(wait_for).first.wait_for()


def _messages(desk: Desk) -> Iterator[str]:
    """The list, and Maria's thread: nothing of hers is unread, so looking at it changes nothing."""
    page = desk.page
    desk.go("#/messages", "tbody tr")
    yield "messages"
    page.get_by_role("link", name="Maria Alvarez").click()
    page.get_by_role("heading", level=1, name="Messages with Maria Alvarez").wait_for()
    yield "messages-with-maria"
    page.get_by_label("Message to Maria Alvarez").fill("Cream twice a day. " * 220)
    page.keyboard.press("Control+Enter")
    page.get_by_text("characters too long").wait_for()
    yield "messages-mend"
    page.get_by_label("Message to Maria Alvarez").fill("")


def _treatment(desk: Desk) -> Iterator[str]:
    page = desk.page
    for name, screen in (("Amina Yusuf", "treatment"), ("Rosa Imani", "treatment-switched")):
        desk.go("#/patients", "tbody tr")
        page.get_by_role("link", name=name).click()
        page.locator(".who-head dl a").click()
        page.locator(".course-line").first.wait_for()
        yield screen
    page.locator("#decide-kind").select_option("switch")
    page.locator("#decide-drug").select_option("sorafenib")
    page.locator("#decide-kind").press("Control+Enter")
    page.get_by_text("Choose who decided.").wait_for()
    yield "treatment-mend"
    page.get_by_role("button", name="Take back").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    page.get_by_role("dialog").get_by_text("Write why").wait_for()
    yield "take-back"
    desk.put_away()
    page.get_by_role("button", name="Withdraw consent").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "withdraw-consent"
    desk.put_away()
    desk.go("#/patients", "tbody tr")
    page.get_by_role("link", name="Chen Wei").click()
    page.locator(".who-head dl a").click()
    page.get_by_role("button", name="Record consent").click()
    page.get_by_text("Write the version").wait_for()
    yield "consent-mend"
    desk.go("#/patients", "tbody tr")


def _patients(desk: Desk) -> Iterator[str]:
    page = desk.page
    desk.go("#/patients", "tbody tr")
    yield "patients"
    yield from _grading(desk)
    for name, screen in (("Ines Duarte", "patient-photos"), ("Maria Alvarez", "patient")):
        page.get_by_role("link", name=name).click()
        page.get_by_role("heading", level=1, name=name).wait_for()
        page.locator(".chart svg").first.wait_for()
        if screen == "patient-photos":
            page.locator("main img").first.wait_for()
        yield screen
        if screen == "patient":
            page.keyboard.press("t")
            page.locator(".chart table").wait_for()
            yield "patient-table"
            page.get_by_role("button", name="Reopen").first.click()
            page.get_by_role("dialog").get_by_role("button", name="Reopen").click()
            page.get_by_text("Write why").wait_for()
            yield "reopen"
            desk.put_away()
        desk.go("#/patients", "tbody tr")
    yield from _treatment(desk)
    page.route("**/api/v1/**", lambda route: route.abort())
    page.reload()
    page.get_by_role("alert").first.wait_for()
    yield "no-answer"


def _grading(desk: Desk) -> Iterator[str]:
    """The choice of a grade, and what is said when it could not be kept. Nothing is graded."""
    page = desk.page
    page.get_by_role("link", name="Ines Duarte").click()
    page.get_by_role("button", name="Change").click()
    page.get_by_role("group", name="The grade you found").wait_for()
    yield "grade-choice"
    page.route("**/grades", lambda route: route.abort())
    page.get_by_role("group", name="The grade you found").get_by_role("button").first.focus()
    page.keyboard.press("3")
    page.get_by_role("alert").get_by_text("the server does not answer").wait_for()
    yield "grade-not-kept"
    page.unroute("**/grades")
    page.keyboard.press("Escape")
    desk.go("#/patients", "tbody tr")
