"""The patient's first screen as markup: the numbers to call and the way to the log, before any script is there."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from django.conf import settings
from django.template.loader import render_to_string

from backend.care.selectors import treatment_day
from backend.protocol import texts
from backend.protocol.model import Protocol

from .first_follow_up import followed_up, symptom_in_words

NOON, EVENING = 12, 18  # as in Today.svelte


def first_screen(*, me: dict[str, Any], logs: list[dict[str, Any]], protocol: Protocol, now: datetime) -> str:
    """What Today.svelte draws of it, in the patient's language. `me` and `logs` are as the API answers them."""
    patient, clinic = me["patient"], me["clinic"]
    local = now.astimezone(ZoneInfo(patient["time_zone"]))
    words = _words(patient["language"])
    greeting = "morning" if local.hour < NOON else "afternoon" if local.hour < EVENING else "evening"
    line = (clinic["hours"] or {}).get("line") or clinic["care_line"]
    label = words["grab.line" if line == clinic["care_line"] else "grab.line_now"]  # as in telephone.ts
    asked = followed_up(logs, today=local.date(), zone=ZoneInfo(patient["time_zone"]))
    context = {
        "follow_up": asked and _question(symptom_in_words(asked, protocol, patient["language"]), words),
        "words": {key.replace(".", "_"): text for key, text in words.items()},
        "date": _date_line(patient, protocol, local.date(), words),
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
    script: str = _built()["languages"].get(language, {}).get("script", "")
    return script


def script_of_the_follow_up() -> str:
    """The address of the file that draws the rest of the follow-up question."""
    script: str = _built()["follow_up"]
    return script


def _date_line(patient: dict[str, Any], protocol: Protocol, today: date, words: dict[str, str]) -> str:
    """The day, and which day of treatment it is. "" while there is no treatment: then the phone writes it."""
    treatment = patient["treatment"]
    begun = treatment and date.fromisoformat(treatment["started_on"])
    if not begun or treatment["ended_on"] or begun > today:
        return ""
    drug = texts.of(patient["language"]).get("drugs", {}).get(treatment["drug"], treatment["drug"])
    values = {
        "date": long_day(today, patient["language"]),
        "day": str(treatment_day(started_on=begun, today=today)),
        "drug": drug,
    }
    return _filled(words["today.date_and_day"], values)


def long_day(day: date, language: str) -> str:
    """ "Thursday, May 14", as a browser writes it in this language."""
    languages = _built()["languages"]
    form = languages.get(language, languages["en"])["days"]
    values = {
        "weekday": form["weekdays"][day.isoweekday() % 7],
        "month": form["months"][day.month - 1],
        "day": str(day.day),
    }
    return _filled(form["pattern"], values)


def _filled(words: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda place: values[place[1]], words)


def _question(symptom: str | None, words: dict[str, str]) -> str:
    return words["follow_up.title_plain"] if symptom is None else words["follow_up.title"].replace("{symptom}", symptom)


def _dialed(number: str) -> str:
    return re.sub(r"[^\d+*#]", "", number)


def _words(language: str) -> dict[str, str]:
    built = _built()["languages"]
    words: dict[str, str] = built.get(language, built["en"])["words"]
    return words


@cache
def _built() -> dict[str, Any]:
    """What the front end's build wrote down: the words by language, and the files that come with the first screen."""
    found: dict[str, Any] = orjson.loads((settings.PAGES_FOLDER / ".vite" / "first-screen.json").read_bytes())
    return found
