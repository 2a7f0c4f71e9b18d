"""Messages on both pages: they wait without signal, a ticked warning sign is a log, and nothing typed is lost."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.faults.process import wait_until
from tests.faults.site import Site
from tests.home import home_today
from tests.journeys.conftest import DESK, Seat
from tests.journeys.phone import in_store, logs_of, newcomer, open_address, ready
from tests.journeys.test_from_phone_to_nurse_and_back import tap

Seats = Callable[..., Seat]
TOO_LONG = "My hands. " * 1000


def at_messages(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Messages")).click()
    expect(page.get_by_role("heading", name="Messages")).to_be_visible()


def write(page: Page, text: str) -> None:
    page.get_by_role("link", name="Write to your team").click()
    page.get_by_label("Your message").fill(text)


def thread_at_desk(joan: Seat, name: str) -> Page:
    desk = joan.sign_in("joan@example.org", "clinic")
    desk.get_by_role("link", name=re.compile("^Messages")).click()
    desk.get_by_role("link", name=name).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(f"Messages with {name}")
    return desk


def test_a_message_waits_without_signal_goes_by_itself_is_read_and_answered(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "tabitha")
    phone, joan = seat(), seat(DESK)
    page = ready(phone.sign_in("tabitha@example.org"))
    phone.context.set_offline(True)
    at_messages(page)
    expect(page.get_by_text("Messages are not for emergencies.")).to_be_visible()
    write(page, "May I take a bath?")
    page.reload()
    expect(page.get_by_label("Your message")).to_have_value("May I take a bath?")
    tap(page, "Send")
    mine = page.get_by_role("listitem").filter(has_text="May I take a bath?")
    expect(mine.get_by_text("Not sent yet. It goes by itself when there is signal.")).to_be_visible()
    phone.picture("33-message-not-sent")
    page.reload()
    expect(mine.get_by_text("Not sent", exact=True)).to_be_visible()

    phone.context.set_offline(False)
    expect(mine.get_by_text("Sent. Nobody has read it yet.")).to_be_visible()

    desk = thread_at_desk(joan, "Tabitha")
    expect(desk.get_by_text("May I take a bath?")).to_be_visible()
    desk.get_by_label("Message to Tabitha").fill("Yes, not too hot.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Not read by the patient yet.")).to_be_visible()
    expect(desk.get_by_label("Message to Tabitha")).to_have_value("")
    joan.picture("34-messages-at-the-desk")

    expect(mine.get_by_text(re.compile("^Read by Joan at "))).to_be_visible()
    theirs = page.get_by_role("listitem").filter(has_text="Yes, not too hot.")
    expect(theirs.get_by_text(re.compile("^Joan, "))).to_be_visible()
    phone.picture("35-message-answered")
    expect(desk.get_by_text(re.compile("^Read by Tabitha at "))).to_be_visible()


def test_an_emergency_ticked_in_the_box_is_todays_log_at_once_and_leaves_the_words_there(
    seat: Seats, clinic: Site
) -> None:
    patient = newcomer(clinic, "ulrika")
    phone, joan = seat(), seat(DESK)
    page = ready(phone.sign_in("ulrika@example.org"))
    phone.context.set_offline(True)
    at_messages(page)
    write(page, "I do not feel well.")
    signs = page.get_by_role("button", name=re.compile("^Do you have any of these now"))
    expect(signs).to_have_attribute("aria-expanded", "false")
    signs.click()
    expect(page.get_by_role("button", name="Chest pain or pressure")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Chest pain or pressure").click()
    expect(page).to_have_url(re.compile("#/advice/"))
    expect(page.get_by_role("link", name=re.compile("911")).first).to_be_visible()
    open_address(page, "#/messages/write")
    expect(page.get_by_label("Your message")).to_have_value("I do not feel well.")
    signs.click()
    tap(page, "Anything else")
    tap(page, "Feeling dizzy")
    expect(page.get_by_text("goes to your team as your log of today")).to_be_visible()
    phone.picture("36-message-with-a-sign")
    tap(page, "Send")
    expect(page).to_have_url(re.compile("#/advice/"))
    assert [message["text"] for message in in_store(page, "messages")] == ["I do not feel well."]

    phone.context.set_offline(False)
    both = {"warning_signs": ["chest_pain", "dizzy_on_standing"]}
    wait_until(lambda: logs_of(clinic, patient).get(str(home_today()), {}).get("facts") == both, "both have come")
    wait_until(lambda: clinic.web.call("GET", "api/v1/messages", patient).body["results"], "the message has come")
    desk = joan.sign_in("joan@example.org", "clinic")
    row = desk.locator("tbody tr:not(.item)", has_text="Ulrika")
    expect(row).to_contain_text("Emergency")
    expect(row).to_contain_text("Chest pain")


def test_10000_characters_are_kept_with_clear_words_on_both_pages(seat: Seats, clinic: Site) -> None:
    patient = newcomer(clinic, "verena")
    phone, joan = seat(), seat(DESK)
    page = ready(phone.sign_in("verena@example.org"))
    open_address(page, "#/messages/write")
    box = page.get_by_label("Your message")
    tap(page, "Send")
    expect(page.get_by_text("Please write something first.")).to_be_visible()
    box.fill(TOO_LONG)
    tap(page, "Send")
    expect(page.get_by_text("This is 5,999 characters too long. All of it is kept.")).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    page.reload()
    expect(box).to_have_value(TOO_LONG)
    assert clinic.web.call("GET", "api/v1/messages", patient).body["results"] == []
    box.fill("My hands are sore.")
    tap(page, "Send")
    expect(page.get_by_text("Sent. Nobody has read it yet.")).to_be_visible()

    desk = thread_at_desk(joan, "Verena")
    field = desk.get_by_label("Message to Verena")
    field.fill(TOO_LONG)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("This is 5999 characters too long. All of it is kept")).to_be_visible()
    desk.reload()
    expect(field).to_have_value(TOO_LONG)
    field.fill("Cream helps.")
    joan.context.set_offline(True)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Not sent: the server does not answer. Your words are kept here.")).to_be_visible()
    expect(field).to_have_value("Cream helps.")
    joan.context.set_offline(False)
    desk.keyboard.press("Control+Enter")
    expect(field).to_have_value("")
    answers = clinic.web.call("GET", "api/v1/messages", patient).body["results"]
    assert [message["text"] for message in answers] == ["Cream helps.", "My hands are sore."]
