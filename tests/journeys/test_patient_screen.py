"""One patient, one screen: a grade by keyboard, the patient's own word on waiting, and a note when the network goes."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from backend.demo.people import PASSWORD
from tests.conftest import hands, stools
from tests.faults.site import Site
from tests.home import home_today
from tests.journeys.conftest import CARE_LINE, DESK, PHONE, Seat
from tests.journeys.phone import days_ago, newcomer, ready
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap

Seats = Callable[..., Seat]


def at_the_patient(seat: Seats, clinic: Site, name: str) -> Seat:
    """A newcomer has logged 5 stools, 4 above usual; Joan has opened her page from the worklist, by keyboard."""
    patient = newcomer(clinic, name)
    logged = {"day": days_ago(0), "facts": stools(5)}
    assert clinic.web.call("PUT", f"api/v1/logs/{uuid.uuid4()}", patient, logged).status == 200
    joan = seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    desk.locator("tbody tr:not(.item)", has_text=name.capitalize()).click()
    desk.keyboard.press("Enter")
    expect(heading(desk)).to_have_text(name.capitalize())
    expect(desk.get_by_role("img", name=re.compile("^28 days"))).to_be_visible()
    return joan


def said(desk: Page) -> Locator:
    """The strip that says what came of an act; the chart's key may stand elsewhere."""
    return desk.get_by_role("status").filter(has=desk.get_by_role("button", name="OK"))


def test_a_nurse_confirms_and_corrects_a_grade_by_keyboard_and_is_told_why_a_key_does_nothing(
    seat: Seats, clinic: Site
) -> None:
    joan = at_the_patient(seat, clinic, "isolde")
    desk = joan.page
    expect(desk.get_by_role("heading", name="Estimated grade 2", exact=True)).to_be_visible()
    desk.keyboard.press("g")
    confirmed = desk.get_by_role("heading", name="Grade 2, confirmed")
    expect(confirmed).to_be_focused()
    expect(said(desk)).to_contain_text("Grade 2 confirmed: Isolde, Diarrhea.")
    joan.picture("50-grade-confirmed")

    desk.keyboard.press("g")
    choice = desk.get_by_role("group", name="The grade you found")
    expect(choice.get_by_role("button", name="Grade 0")).to_be_focused()
    desk.keyboard.press("1")
    expect(desk.get_by_role("heading", name="Grade 1, confirmed")).to_be_focused()
    expect(desk.get_by_text(re.compile(r"^Joan, \d\d:\d\d\. The estimate was 2\.$"))).to_be_visible()
    desk.keyboard.press("t")
    newest = desk.locator(".days tbody tr").first
    expect(newest).to_contain_text("1, confirmed by Joan")
    joan.picture("51-grade-in-the-table")

    desk.get_by_role("button", name="Acknowledge").press("Enter")
    expect(said(desk)).to_contain_text("You have this alert: Isolde")
    expect(desk.locator(".alert h2")).to_be_focused()
    desk.keyboard.press("a")
    expect(said(desk)).to_contain_text("You have this alert already.")


def test_a_patient_says_without_signal_that_it_cannot_wait_and_the_nurse_reads_it(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "benedikt")
    his = seat(PHONE)
    phone = ready(his.sign_in("benedikt@example.org"))
    his.context.set_offline(True)
    tap(phone, "Thinking of stopping", "link")
    tap(phone, "It costs too much")
    expect(heading(phone)).to_have_text("Call your team now.")
    question = phone.get_by_role("region", name=re.compile("^Can it wait"))
    expect(phone.get_by_text("until your team calls you")).to_have_count(0)  # nobody was asked yet
    tap(phone, "Yes")
    expect(question).to_contain_text("Please call them all the same")
    tap(phone, "No")
    expect(question).to_contain_text("Then please call now.")
    expect(question.get_by_role("link", name=re.compile("^Call 555"))).to_have_attribute("href", CARE_LINE)
    question.scroll_into_view_if_needed()
    his.picture("52-it-cannot-wait")

    phone.reload()
    expect(question.get_by_role("button", name="No")).to_have_attribute("aria-pressed", "true")
    his.context.set_offline(False)
    joan = seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    row = desk.locator("tbody tr:not(.item)", has_text="Benedikt").first
    expect(row.locator(".wait")).to_have_text("No")
    row.get_by_role("link", name="Benedikt").click()
    expect(desk.get_by_text("Benedikt says it cannot wait.")).to_be_visible()


def test_what_she_had_open_is_there_for_her_again_and_never_for_the_next_one_at_the_desk(
    seat: Seats, clinic: Site
) -> None:
    joan = at_the_patient(seat, clinic, "hedda")
    desk, panel = joan.page, joan.page.get_by_role("dialog")

    def signs_in_next(who: str) -> None:
        joan.context.clear_cookies()
        desk.evaluate("dispatchEvent(new Event('online'))")
        desk.get_by_label("E-mail").fill(f"{who}@example.org")
        desk.get_by_label("Password").fill(PASSWORD)
        desk.get_by_role("button", name="Sign in").click()
        expect(desk.get_by_role("navigation").first).to_be_visible()

    desk.keyboard.press("r")
    panel.get_by_label("Note").fill("Her feet are sore.")
    signs_in_next("joan")
    expect(panel.get_by_label("Note")).to_have_value("Her feet are sore.")
    signs_in_next("priya")
    expect(heading(desk)).to_have_text("Hedda")  # the address is still her patient's, whom Priya may see
    expect(panel).to_be_hidden()
    expect(desk.get_by_text("Her feet are sore.")).to_be_hidden()


def test_a_next_step_on_a_day_without_hours_says_so_before_it_is_promised(seat: Seats, clinic: Site) -> None:
    desk = at_the_patient(seat, clinic, "ulla").page
    desk.keyboard.press("r")
    panel = desk.get_by_role("dialog")
    day, warning = panel.get_by_label("By", exact=True), panel.get_by_text("The clinic is closed on Sun")
    sunday = 7 - home_today().isoweekday() or 7
    day.fill(days_ago(-sunday))
    expect(warning).to_be_visible()
    day.fill(days_ago(-sunday - 1))
    expect(warning).to_be_hidden()


def test_a_note_survives_the_network_and_an_outcome_that_needs_a_note_keeps_the_rest(seat: Seats, clinic: Site) -> None:
    joan = at_the_patient(seat, clinic, "tamsin")
    desk = joan.page
    desk.keyboard.press("r")
    panel = desk.get_by_role("dialog")
    panel.get_by_label("No action needed").check()
    panel.get_by_label("Next step", exact=True).select_option("In my own words")
    own = panel.get_by_label("Next step in your own words")
    own.fill("Look at the next log")
    expect(panel.get_by_text("Sent as you typed it, in English.")).to_be_visible()
    panel.get_by_label("By", exact=True).fill(days_ago(-1))
    desk.evaluate("document.activeElement.blur()")  # as after a click between two fields: the keys act all the same
    desk.keyboard.press("Control+Enter")
    note = panel.get_by_label("Note")
    expect(panel.get_by_text("Write why no action is needed.")).to_be_visible()
    expect(note).to_be_focused()
    expect(own).to_have_value("Look at the next log")

    note.fill("Ate prunes")
    joan.context.set_offline(True)
    note.press_sequentially(" yesterday.")
    panel.get_by_role("button", name=re.compile("^Record and resolve")).click()
    expect(panel.get_by_role("alert")).to_contain_text("the server does not answer")
    joan.picture("53-offline-in-a-note")
    desk.keyboard.press("Escape")
    desk.keyboard.press("r")
    expect(note).to_have_value("Ate prunes yesterday.")
    expect(panel.get_by_label("By", exact=True)).to_have_value(days_ago(-1))

    joan.context.set_offline(False)
    panel.get_by_role("button", name=re.compile("^Record and resolve")).click()
    expect(panel).to_be_hidden()
    expect(said(desk)).to_contain_text("Recorded and resolved: Tamsin")
    expect(heading(desk)).to_be_focused()


def test_one_call_about_two_alerts_is_recorded_once_by_keyboard(seat: Seats, clinic: Site) -> None:
    patient = newcomer(clinic, "adaline")
    logged = {"day": days_ago(0), "facts": {**stools(8), **hands("moderate", "moderate")}}
    assert clinic.web.call("PUT", f"api/v1/logs/{uuid.uuid4()}", patient, logged).status == 200
    desk = seat(DESK).sign_in("joan@example.org", "clinic")
    rows = desk.locator("tbody tr:not(.item)", has_text="Adaline")
    expect(rows).to_have_count(1)
    rows.first.click()
    desk.keyboard.press("Shift+R")
    panel = desk.get_by_role("dialog")
    expect(panel.get_by_role("checkbox", name="Hand-foot")).to_be_checked()
    desk.keyboard.press("Escape")
    desk.keyboard.press("r")
    panel.get_by_role("checkbox", name="Hand-foot").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("r")
    expect(panel.locator(".guide input").first).to_be_focused()
    desk.keyboard.press("1")
    expect(panel.get_by_label("Spoke with the patient")).to_be_focused()
    also = panel.get_by_role("group", name="The same contact was also about")
    expect(also.get_by_role("checkbox", name="Hand-foot")).to_be_visible()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Space")
    expect(also.get_by_role("checkbox", name="Hand-foot")).to_be_checked()
    desk.keyboard.press("Escape")
    desk.keyboard.press("r")
    expect(also.get_by_role("checkbox", name="Hand-foot")).to_be_checked()
    panel.get_by_role("checkbox", name="Hand-foot").focus()
    desk.keyboard.press("Tab")
    desk.keyboard.press("2")
    expect(panel.get_by_role("button", name="2", exact=True)).to_have_attribute("aria-pressed", "true")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Eats again. 2 glasses an hour.")
    expect(panel.get_by_role("button", name="Record and resolve 2 alerts")).to_be_visible()
    desk.keyboard.press("Control+Enter")
    expect(panel).to_be_hidden()
    expect(said(desk)).to_contain_text("And for other alerts of this patient: 1.")
    expect(rows).to_have_count(0)


def test_words_typed_beside_a_field_go_into_the_note_and_what_was_recorded_is_no_draft(
    seat: Seats, clinic: Site
) -> None:
    desk = at_the_patient(seat, clinic, "cosima").page
    desk.keyboard.press("r")
    panel = desk.get_by_role("dialog")
    expect(panel.locator(".guide input").first).to_be_focused()
    desk.keyboard.press("5")
    expect(panel.get_by_label("Prescriber informed: dose decision")).to_be_checked()
    desk.keyboard.press("Control+Enter")
    expect(panel.get_by_text("Write what the prescriber said, or record the decision.")).to_be_visible()
    panel.get_by_label("Prescriber informed: dose decision").focus()
    desk.keyboard.type("Dr. Okafor calls her at noon.")
    note = panel.get_by_label("Note")
    expect(note).to_be_focused()
    expect(note).to_have_value("Dr. Okafor calls her at noon.")
    desk.keyboard.press("2")
    expect(note).to_have_value("Dr. Okafor calls her at noon.2")
    panel.get_by_role("button", name="Record, keep open").press("Enter")
    expect(panel).to_be_hidden()

    desk.keyboard.press("r")
    desk.keyboard.press("2")
    note.fill("Voicemail.")
    desk.keyboard.press("Control+Enter")
    expect(panel).to_be_hidden()
    desk.keyboard.press("r")
    expect(panel).to_be_visible()
    expect(note).to_have_value("")
    expect(panel.get_by_role("radio", checked=True)).to_have_count(0)
    assert desk.evaluate("Object.keys(sessionStorage).filter(key => key.includes('contact'))") == []


def test_the_page_of_a_patient_says_what_else_waits_and_finds_another(seat: Seats, clinic: Site) -> None:
    leontine = newcomer(clinic, "leontine")
    written = {"text": "May I take a bath?"}
    assert clinic.web.call("PUT", f"api/v1/messages/{uuid.uuid4()}", leontine, written).status == 200
    desk = seat(DESK).sign_in("joan@example.org", "clinic")
    expect(desk.locator("tbody tr.item", has_text="Leontine")).to_be_visible()
    desk.get_by_role("link", name="Roster", exact=True).press("Enter")
    expect(heading(desk)).to_have_text("Roster")
    desk.keyboard.press("/")
    expect(desk.get_by_role("searchbox")).to_be_focused()
    desk.keyboard.type("leontine")
    desk.get_by_role("link", name="Leontine", exact=True).press("Enter")
    expect(heading(desk)).to_have_text("Leontine")
    waiting = desk.get_by_role("region", name="Open alerts")
    expect(waiting.get_by_role("heading", name="Also on the worklist")).to_be_visible()
    expect(waiting.get_by_role("link", name="Unread messages from Leontine.")).to_be_visible()
