"""How a daily log looks from outside, with what was answered at once and what the team has answered since."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from backend.diary.models import DailyLog, Photo
from backend.protocol import texts
from backend.triage.models import Alert, CanWait, Contact, PatientCall, Urgency

from . import readable

State = Alert.State


def log(
    row: DailyLog,
    alerts: list[Alert],
    call: PatientCall | None,
    photos: list[Photo],
    waits: CanWait | None = None,
) -> dict[str, Any]:
    """A daily log with what was answered at once, what the team has answered since, and what the patient said of it.

    It says what of it cannot be shown.
    """
    return readable.shown(partial(_log, row, alerts, call, photos, waits), partial(_log_in_short, row), row.pk)


def _log_in_short(row: DailyLog) -> dict[str, Any]:
    """A log that cannot be shown: its day, and no answer that could be taken for advice."""
    words = texts.of("en")["errors"]["unreadable_day"]
    told = {"by": None, "at": None, "outcome": None, "next_step": None, "next_on": None, "due_at": None}
    unknown = {"urgency": Urgency.SELF_CARE, "grades_ctcae5": {}, "grades_ctcae6": {}, "rules": []}
    return {
        "id": row.pk,
        "day": row.day,
        "revision": row.revision,
        "corrects": row.corrects_id,
        "facts": row.facts if isinstance(row.facts, dict) else {},
        "received_at": row.received_at,
        "assessment": {**unknown, "protocol": {"id": "unknown", "version": 0}},
        "advice": {"urgency": Urgency.SELF_CARE, "title": words, "because": [], "paragraphs": [], "while_you_wait": []},
        "nurse_due_at": None,
        "photos": [],
        "team": {**told, "state": "not_needed", "called_at": None, "reached_at": None, "can_wait": None},
    }


def _log(
    row: DailyLog, alerts: list[Alert], call: PatientCall | None, photos: list[Photo], waits: CanWait | None
) -> dict[str, Any]:
    minutes = row.answer["nurse_due_minutes"]
    due = None if minutes is None else row.received_at + timedelta(minutes=minutes)
    return {
        "id": row.pk,
        "day": row.day,
        "revision": row.revision,
        "corrects": row.corrects_id,
        "facts": row.facts,
        "received_at": row.received_at,
        "assessment": row.answer["assessment"],
        "advice": row.answer["advice"],
        "nurse_due_at": due,
        "photos": [photo(one) for one in photos],
        "team": {
            **team_answer(row, alerts, due),
            "called_at": call and call.called_at,
            "reached_at": call and call.reached_at,
            "can_wait": waits and waits.can_wait,
        },
    }


def photo(row: Photo) -> dict[str, Any]:
    """Which photo it is; the image has its own address."""
    return {"id": row.pk, "part": row.part}


def team_answer(row: DailyLog, alerts: list[Alert], due: datetime | None) -> dict[str, Any]:
    """Who answered this log, when and how. With several alerts, the one that still waits speaks."""
    told: dict[str, Any] = {
        "by": None,
        "at": None,
        "outcome": None,
        "next_step": None,
        "next_on": None,
        "due_at": due,
    }
    if not alerts:
        asks = row.answer["assessment"]["urgency"] != Urgency.SELF_CARE
        return {**told, "state": "waiting" if asks else "not_needed"}
    order = [State.OPEN, State.ACKNOWLEDGED, State.RESOLVED]
    alert = min(alerts, key=lambda one: order.index(State(one.state)))
    told["due_at"] = alert.due_at
    if alert.state == State.OPEN:
        return {**told, "state": "overdue" if alert.escalation_level else "waiting"}
    contacts = list(alert.contacts.all())
    contact = contacts[0] if contacts else None
    by = alert.resolved_by if alert.state == State.RESOLVED else alert.acknowledged_by
    told |= {"by": by.given_name if by else None, "at": alert.resolved_at or alert.acknowledged_at}
    if contact is not None:
        told |= {"by": contact.by.given_name, "at": contact.at, "outcome": contact.outcome}
        promise = next((one for one in contacts if one.next_step or one.outcome not in Contact.KEEPS_OPEN), contact)
        told |= {"next_step": promise.next_step or None, "next_on": promise.next_on}
    if alert.state == State.RESOLVED:
        return {**told, "state": "resolved"}
    return {**told, "state": "contacted" if contact else "acknowledged"}
