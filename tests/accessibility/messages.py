"""The part of the walk with messages: the thread with the team, what waits in it, and the box to write in."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from backend.demo.people import MARIA
from tests.accessibility.phone import Phone

REFUSAL = {"status": 409, "code": "other_content", "detail": "", "fields": [], "existing": None}


def messages(phone: Phone) -> Iterator[str]:
    """Each state a message can be in, and what the box says."""
    phone.keep("kept", a_thread(), "thread")
    phone.see("a[href='#/messages']")
    yield "today-messages"
    phone.open("messages")
    phone.see(".thread .state")
    yield "messages"
    now = datetime.now(UTC).isoformat()
    [me] = [kept for kept in phone.everything_in("kept") if "person" in kept]
    waiting = {"id": str(uuid.uuid4()), "patient": me["patient"]["id"], "text": "Do I bring my shoes on Friday?"}
    waiting |= {"written_at": now, "saved_at": now, "refusal": None}
    phone.keep("messages", waiting)
    phone.see(".message .state.not-sent")
    yield "messages-not-sent"
    phone.keep("messages", {**waiting, "refusal": REFUSAL})
    phone.see(".message .state.needs")
    yield "messages-needs-help"
    phone.forget("messages")
    phone.open()
    phone.open("messages", "write")
    yield "messages-write"
    phone.tap(".foot .press.main")
    phone.see(".ink-note")
    yield "messages-empty"
    phone.page.locator("textarea").fill("My hands are sore. " * 220)
    phone.tap(".foot .press.main")
    phone.see("textarea[aria-invalid=true]")
    yield "messages-too-long"
    phone.page.locator("textarea").fill("My hands are sore. " * 205)
    yield "messages-nearly-full"
    phone.page.locator("textarea").fill("")
    phone.tap(".any-signs > button")
    phone.tap("#signs .row")
    phone.tap("#signs .row ~ .answers .answer")
    phone.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")  # no answer half under the button
    yield "messages-signs"
    phone.tap("#signs .answer[aria-pressed=true]")
    phone.open()


def a_thread() -> dict[str, Any]:
    """Maria has asked, and Joan has answered: the answer is new."""
    days = [(datetime.now(UTC) - timedelta(days=1, minutes=minutes)).isoformat() for minutes in (40, 20, 10)]
    asked: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "origin": "patient",
        "by": MARIA.name,
        "text": "May I take a warm bath?",
    }
    asked |= {"written_at": days[0], "received_at": days[0], "read_at": days[1], "read_by": "Joan Keller"}
    told: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "origin": "team",
        "by": "Joan Keller",
        "text": "Warm is fine.\nNot hot.",
    }
    told |= {"written_at": days[2], "received_at": days[2], "read_at": None, "read_by": None}
    return {"etag": None, "results": [told, asked], "next": "/api/v1/messages?cursor=older"}
