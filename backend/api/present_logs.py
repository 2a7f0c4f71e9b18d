"""How a daily log looks from outside, with what was answered at once and what the team has answered since."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from backend.diary.models import DailyLog, Photo
from backend.protocol import texts
from backend.triage.answers import (
    CONTACTED,
    HELD_BACK,
    OVERDUE,
    RESOLVED,
    WAITING,
    AlertAnswer,
    may_be_held_back,
)
from backend.triage.models import CanWait, Contact, PatientCall, Urgency
from backend.triage.next_steps import in_words

from . import readable

# Of a log that nobody has answered.
NOBODY: dict[str, Any] = dict.fromkeys(
    ("by", "at", "outcome", "next_code", "next_step", "next_on", "next_at", "due_at", "until")
)


def log(
    row: DailyLog,
    answers: Sequence[AlertAnswer] = (),
    call: PatientCall | None = None,
    photos: Sequence[Photo] = (),
    waits: CanWait | None = None,
    language: str = "en",
) -> dict[str, Any]:
    """A daily log with what was answered at once, what the team has answered since, and what the patient said of it.

    `language` is the one its patient reads. It says what of it cannot be shown.
    """
    present = partial(_log, row, answers, call, photos, waits, language)
    return readable.shown(present, partial(_log_in_short, row, language), row.pk)


def _log_in_short(row: DailyLog, language: str) -> dict[str, Any]:
    """A log that cannot be shown: its day, and no answer that could be taken for advice."""
    words = texts.of(language)["errors"]["unreadable_day"]
    unknown = {"urgency": Urgency.SELF_CARE, "grades_ctcae5": {}, "grades_ctcae6": {}, "rules": []}
    return {
        "id": row.pk,
        "day": row.day,
        "revision": row.revision,
        "corrects": row.corrects_id,
        "facts": row.facts if isinstance(row.facts, dict) else {},
        "written_at": None,
        "received_at": row.received_at,
        "assessment": {**unknown, "protocol": {"id": "unknown", "version": 0}},
        "advice": {"urgency": Urgency.SELF_CARE, "title": words, "because": [], "paragraphs": [], "while_you_wait": []},
        "nurse_due_at": None,
        "photos": [],
        "team": {
            **NOBODY,
            "state": "not_needed",
            "alerts": [],
            "called_at": None,
            "reached_at": None,
            "can_wait": None,
        },
    }


def _log(
    row: DailyLog, answers: Sequence[AlertAnswer], call: PatientCall | None, photos: Sequence[Photo],
    waits: CanWait | None, language: str,
) -> dict[str, Any]:  # fmt: skip
    minutes = row.answer["nurse_due_minutes"]
    due = None if minutes is None else row.received_at + timedelta(minutes=minutes)
    return {
        "id": row.pk,
        "day": row.day,
        "revision": row.revision,
        "corrects": row.corrects_id,
        "facts": row.facts,
        "written_at": row.written_at,
        "received_at": row.received_at,
        "assessment": row.answer["assessment"],
        "advice": row.answer["advice"],
        "nurse_due_at": due,
        "photos": [photo(one) for one in photos],
        "team": {
            **team_answer(row, answers, None if may_be_held_back(row) else due, language),
            "alerts": [alert_answer(one, language) for one in answers],
            "called_at": call and call.called_at,
            "reached_at": call and call.reached_at,
            "can_wait": waits and waits.can_wait,
        },
    }


def photo(row: Photo) -> dict[str, Any]:
    """Which photo it is; the image has its own address."""
    return {"id": row.pk, "part": row.part}


def team_answer(row: DailyLog, answers: Sequence[AlertAnswer], due: datetime | None, language: str) -> dict[str, Any]:
    """Who answered this log, when and how. With several alerts, the least answered one counts."""
    if answers:
        return _answer(answers[0], language)
    asks = row.answer["assessment"]["urgency"] != Urgency.SELF_CARE
    return {**NOBODY, "due_at": due, "state": WAITING if asks else "not_needed"}


def alert_answer(one: AlertAnswer, language: str) -> dict[str, Any]:
    """The same about one alert of the log."""
    alert = one.alert
    return {
        "symptom": alert.symptom,
        "urgency": alert.urgency,
        "taken_back_at": one.taken_back_at,
        **_answer(one, language),
    }


def _answer(one: AlertAnswer, language: str) -> dict[str, Any]:
    """The state of one alert; who answered it since the log came in, or who knows about it from before."""
    alert, told = one.alert, {**NOBODY, "due_at": one.alert.due_at, "state": one.state}
    if one.state in (WAITING, OVERDUE):
        return told
    by = alert.resolved_by or alert.acknowledged_by
    told |= {"by": by.given_name if by else None, "at": alert.resolved_at or alert.acknowledged_at}
    if one.state == HELD_BACK:
        return {**told, "due_at": None, "until": one.until}
    if one.state in (CONTACTED, RESOLVED) and one.contacts:
        contact = one.contacts[0]
        told |= {"by": contact.by.given_name, "at": contact.at, "outcome": contact.outcome}
        promise = next((it for it in one.contacts if it.next_step or it.outcome not in Contact.KEEPS_OPEN), contact)
        told |= _next(promise, language)
    return told


def _next(promise: Contact, language: str) -> dict[str, Any]:
    code = promise.next_code
    return {
        "next_code": code or None,
        "next_step": (in_words(code, language) if code else promise.next_step) or None,
        "next_on": promise.next_on,
        "next_at": promise.next_at,
    }
