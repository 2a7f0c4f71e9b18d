"""The part of the walk where something is in the way, or comes from outside: photo, cuff, a full or cleared phone."""

import json
from collections.abc import Iterator

from playwright.sync_api import FilePayload

from tests.accessibility.phone import Phone
from tests.diary.pictures import from_a_camera
from tests.journeys.devices import A_CUFF, FULL, ROOM_AGAIN

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604.1"
FIREFOX_ON_ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Firefox/140.0"
CALLS_ITSELF = "name => Object.defineProperty(navigator, 'userAgent', { value: name, configurable: true })"
NOTHING_IS_KEPT = "indexedDB.open = () => { throw new DOMException('The operation is insecure.', 'SecurityError') }"


def installing(phone: Phone) -> Iterator[str]:
    """What each kind of phone is told about its home screen."""
    for name, browser in (("iphone", IPHONE), ("android", FIREFOX_ON_ANDROID)):
        phone.page.evaluate(CALLS_ITSELF, browser)
        phone.open("install")
        yield f"install-{name}"
        phone.open()
    phone.page.evaluate("delete navigator.userAgent")


def picked(picture: bytes) -> FilePayload:
    """A file as the phone's camera hands it over."""
    return {"name": "IMG_0412.jpg", "mimeType": "image/jpeg", "buffer": picture}


def photos(phone: Phone) -> Iterator[str]:
    """A photo of hands: asked for, not a photo, looked at, and with the log."""
    phone.begin("review", {"fatigue": {"present": False}})
    phone.tap(".photo-head button")
    phone.see(".photo-question .stack")
    yield "photo-asked"
    pick = phone.page.locator(".photo-question input[type=file]").first
    pick.set_input_files(picked(b"no photo"))
    phone.see(".photo-question .ink-note")
    yield "photo-not-opened"
    pick.set_input_files(picked(from_a_camera()))
    phone.see("img.photo")
    yield "photo-looked-at"
    phone.tap_away(".foot .press.main")
    phone.open()
    yield "photo-not-sent"
    phone.forget("photos")
    phone.forget_today()


def cuff(phone: Phone) -> Iterator[str]:
    """A cuff that measures, and one that goes out of reach."""
    phone.page.evaluate(A_CUFF)
    phone.begin("pressure", {})
    phone.see(".cuff .press")
    yield "cuff-offered"
    phone.tap(".cuff .press")
    phone.page.wait_for_function("cuff.listening")
    phone.see(".cuff [role=status]")
    yield "cuff-measures"
    phone.page.evaluate("cuff.send(152, 96)")
    phone.see(".cuff .says")
    yield "cuff-says"
    phone.tap(".cuff .press.quiet")
    phone.tap(".cuff .press")
    phone.page.wait_for_function("cuff.listening")
    phone.page.evaluate("cuff.leave()")
    phone.see(".cuff .ink-note")
    yield "cuff-lost"
    phone.page.evaluate("delete navigator.bluetooth")
    phone.forget("drafts")


def a_full_phone(phone: Phone) -> Iterator[str]:
    """No room for an answer, which can be read out."""
    phone.begin("review", {"fatigue": {"present": False}})
    phone.page.evaluate(FULL)
    phone.open("log", phone.today, "tired")
    phone.tap(".answers .answer")
    phone.see(".above .note")
    yield "full"
    phone.tap(".above .press.quiet")
    phone.see(".above .aloud")
    yield "full-read-out"
    phone.page.evaluate(ROOM_AGAIN)
    phone.tap(".above .press")
    phone.page.wait_for_selector(".above .note", state="detached")
    phone.open()
    phone.forget("drafts")


def a_cleared_phone(phone: Phone) -> Iterator[str]:
    """The browser has cleared what was kept: two logs may be missing."""
    [me] = [kept for kept in phone.everything_in("kept") if "person" in kept]
    missing = {"patient": me["patient"]["id"], "unsent": [phone.today], "begun": [phone.ago(1)]}
    phone.page.evaluate("missing => localStorage.setItem('handhold.missing', missing)", json.dumps(missing))
    phone.open("more")
    phone.open()
    phone.forget("drafts")
    phone.see("[role=alert].note")
    yield "cleared"
    phone.tap("[role=alert].note .press.quiet")
    phone.open("more")


def a_locked_phone(phone: Phone) -> Iterator[str]:
    """A browser that keeps nothing for this page. The walk ends here."""
    phone.page.add_init_script(NOTHING_IS_KEPT)
    phone.page.reload()
    phone.see("main .press.main")
    yield "locked"
