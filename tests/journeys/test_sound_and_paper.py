"""An emergency is really heard in a browser; a printed page is a page; an administrator sees nothing about health."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.faults.site import Site
from tests.faults.web import Person
from tests.journeys.conftest import DESK, Seat
from tests.journeys.phone import days_ago, newcomer, open_address
from tests.journeys.test_from_phone_to_nurse_and_back import heading

Seats = Callable[..., Seat]
LISTEN = """
  const Real = window.AudioContext;
  window.contexts = [];
  window.notices = [];
  window.AudioContext = class extends Real {
    constructor(...how) {
      super(...how);
      window.contexts.push(this);
      this.ear = new AnalyserNode(this);
      this.ear.connect(this.destination);
    }
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    const ear = this.context.ear;
    if (ear && to === this.context.destination && this !== ear) connect.call(this, ear);
    return connect.call(this, to, ...more);
  };
  window.loudest = () => Math.max(0, ...window.contexts.map(({ ear }) => {
    const samples = new Float32Array(ear.fftSize);
    ear.getFloatTimeDomainData(samples);
    return Math.max(...samples.map(Math.abs));
  }));
  const Notice = window.Notification;
  window.Notification = class extends Notice {
    constructor(...told) {
      super(...told);
      window.notices.push(told);
    }
  };
"""
"""Everything that goes to the loudspeaker goes through an analyser as well, and each notification is kept."""
SHOWN = "button:not(.block):visible, a.press:visible, kbd:visible, input:visible, select:visible, textarea:visible"
SAMPLES = 0.01


def emergency_of(clinic: Site, patient: Person) -> None:
    log = str(uuid.uuid4())
    sent = {"day": days_ago(0), "facts": {"warning_signs": ["chest_pain"]}}
    assert clinic.web.call("PUT", f"api/v1/logs/{log}", patient, sent).status == 200
    clinic.database.until_flagged(log)


def row_of(desk: Page, name: str) -> None:
    expect(desk.locator("tbody tr:not(.item)", has_text=name)).to_be_visible()


def test_an_emergency_sounds_in_the_browser_once_the_nurse_has_turned_it_on(seat: Seats, clinic: Site) -> None:
    quiet, loud = newcomer(clinic, "quillan"), newcomer(clinic, "louisa")
    joan = seat(DESK)
    joan.context.grant_permissions(["notifications"])
    joan.page.add_init_script(LISTEN)
    desk = joan.sign_in("joan@example.org", "clinic")
    expect(desk.locator("tbody tr").first).to_be_visible()

    emergency_of(clinic, quiet)
    row_of(desk, "Quillan")
    expect(desk).to_have_title(re.compile(r"^\(! \d+\) Worklist"))
    assert desk.evaluate("[window.contexts.length, window.notices.length]") == [0, 0]

    desk.get_by_role("switch").click()
    desk.wait_for_function(f"() => window.loudest() > {SAMPLES}")
    assert desk.evaluate("window.contexts.map(({ state }) => state)") == ["running"]
    desk.wait_for_function("() => window.loudest() === 0")

    desk.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    emergency_of(clinic, loud)
    desk.wait_for_function(f"() => window.loudest() > {SAMPLES}")
    row_of(desk, "Louisa")
    assert desk.evaluate("window.notices") == [["Handhold: the worklist needs you now", {"tag": "handhold-emergency"}]]
    assert "Louisa" not in desk.title()


def as_paper(desk: Page) -> None:
    """Nothing on it can be pressed or typed into, it says where and when it was printed, and nothing is cut off."""
    desk.emulate_media(media="print")
    expect(desk.locator(SHOWN)).to_have_count(0)
    expect(desk.locator(".printed")).to_contain_text("Riverside Oncology, printed")
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert desk.pdf().startswith(b"%PDF")
    desk.emulate_media(media="screen")


def test_a_printed_page_is_a_page_and_no_screen_with_buttons(seat: Seats) -> None:
    desk = seat(DESK).sign_in("joan@example.org", "clinic")
    desk.locator("tbody tr:not(.item)", has_text="Ines Duarte").click()
    as_paper(desk)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ines Duarte")
    expect(desk.get_by_role("heading", name="Done before")).to_be_visible()
    as_paper(desk)
    patient = desk.url.split("#/")[1]
    thread = patient.replace("patients", "messages")
    for address in (f"{patient}/treatment", thread, "messages", "patients", "roster"):
        open_address(desk, f"#/{address}")
        expect(desk.locator("main h1")).to_be_visible()
        as_paper(desk)


def test_an_administrator_reads_who_a_patient_is_and_is_shown_no_act(seat: Seats, clinic: Site) -> None:
    patient = newcomer(clinic, "wilfrida")
    emergency_of(clinic, patient)
    desk = seat(DESK).sign_in("ada@example.org", "clinic")
    expect(heading(desk)).to_have_text("Roster")
    open_address(desk, "#/")
    row = desk.locator("tbody tr:not(.item)", has_text="Wilfrida")
    row.click()
    expect(row.get_by_role("button")).to_have_count(0)
    foot = desk.locator("footer.keys")
    expect(foot).to_contain_text("next, previous")
    for act in ("acknowledge", "record", "call"):
        expect(foot).not_to_contain_text(act)
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).not_to_contain_text("acknowledge")
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    expect(desk.get_by_text("Nurses and prescribers act on it.").first).to_be_visible()

    open_address(desk, "#/patients")
    desk.get_by_role("searchbox").fill("Wilfrida")
    desk.get_by_role("link", name="Wilfrida").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Wilfrida")
    expect(desk.get_by_text("Care is shown to nurses and prescribers.")).to_be_visible()
    who = desk.url.split("#/")[1]
    for address in (who, f"{who}/treatment", who.replace("patients", "messages")):
        open_address(desk, f"#/{address}")
        expect(desk.get_by_text("Care is shown to nurses and prescribers.")).to_be_visible()
        expect(desk.locator("main")).not_to_contain_text(re.compile("chest pain|emergency|mmHg", re.IGNORECASE))

    oscar = seat(DESK).sign_in("oscar@example.org", "clinic")
    expect(oscar.get_by_role("heading", level=1)).to_have_text("Worklist")
    for address in (who, f"{who}/treatment", who.replace("patients", "messages")):
        open_address(oscar, f"#/{address}")
        expect(oscar.get_by_text("It may belong to another clinic")).to_be_visible()
        expect(oscar.locator("body")).not_to_contain_text("Wilfrida")
