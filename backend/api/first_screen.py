"""The patient's first screen as markup: the numbers to call and the way to the log, before any script is there."""

import re
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from django.conf import settings
from django.template.loader import render_to_string

NOON, EVENING = 12, 18  # as in Today.svelte


def first_screen(*, me: dict[str, Any], logs: list[dict[str, Any]], now: datetime) -> str:
    """What Today.svelte draws of it, in the patient's language. `me` and `logs` are as the API answers them."""
    patient, clinic = me["patient"], me["clinic"]
    local = now.astimezone(ZoneInfo(patient["time_zone"]))
    words = _words(patient["language"])
    greeting = "morning" if local.hour < NOON else "afternoon" if local.hour < EVENING else "evening"
    line = (clinic["hours"] or {}).get("line") or clinic["care_line"]
    label = words["grab.line" if line == clinic["care_line"] else "grab.line_now"]  # as in telephone.ts
    context = {
        "words": {key.replace(".", "_"): text for key, text in words.items()},
        "greeting": words[f"today.{greeting}"].replace("{name}", me["person"]["given_name"]),
        "logged": any(log["day"] == local.date().isoformat() for log in logs),
        "line": label.replace("{number}", line.replace(" ", "\u00a0")),
        "line_dialed": _dialed(line),
        "emergency": clinic["emergency_number"],
        "emergency_dialed": _dialed(clinic["emergency_number"]),
    }
    drawn: str = render_to_string("api/first_screen.html", context)
    return drawn


def script_of(language: str) -> str:
    """The address of the file with the words of this language, or "" where they come with the page."""
    script: str = _built().get(language, {}).get("script", "")
    return script


def _dialed(number: str) -> str:
    return re.sub(r"[^\d+*#]", "", number)


def _words(language: str) -> dict[str, str]:
    built = _built()
    words: dict[str, str] = built.get(language, built["en"])["words"]
    return words


@cache
def _built() -> dict[str, Any]:
    """The words by language, as the front end's build wrote them down from its own texts."""
    found: dict[str, Any] = orjson.loads((settings.PAGES_FOLDER / ".vite" / "first-screen.json").read_bytes())
    return found
