"""How rows look from outside: plain dicts, as shapes/ describes them."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from backend.accounts.models import Person
from backend.care.models import Patient, Treatment
from backend.care.selectors import treatment_day
from backend.diary.models import DailyLog, Photo
from backend.protocol import explain, load
from backend.triage.models import Alert, AlertEvent, Contact, PatientCall, Urgency
from backend.triage.selectors import escalated_to

State = Alert.State


def named(person: Person | None) -> dict[str, Any] | None:
    """Id and name, or None."""
    return None if person is None else {"id": person.pk, "name": person.name}


def age(born: date, today: date) -> int:
    """Whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def today_of(patient: Patient, now: datetime) -> date:
    """The date where the patient lives."""
    return now.astimezone(ZoneInfo(patient.time_zone)).date()


def log(row: DailyLog, alerts: list[Alert], call: PatientCall | None, photos: list[Photo]) -> dict[str, Any]:
    """A daily log with what was answered at once, what the team has answered since, and whether the patient called."""
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
    contact = next(iter(alert.contacts.all()), None)
    by = alert.resolved_by if alert.state == State.RESOLVED else alert.acknowledged_by
    told |= {"by": by.given_name if by else None, "at": alert.resolved_at or alert.acknowledged_at}
    if contact is not None:
        told |= {"by": contact.by.given_name, "at": contact.at, "outcome": contact.outcome}
        told |= {"next_step": contact.next_step or None, "next_on": contact.next_on}
    if alert.state == State.RESOLVED:
        return {**told, "state": "resolved"}
    return {**told, "state": "contacted" if contact else "acknowledged"}


def patient_of_alert(patient: Patient, treatment: Treatment | None, now: datetime) -> dict[str, Any]:
    """The few facts a worklist row shows of a patient."""
    today = today_of(patient, now)
    return {
        "id": patient.pk,
        "name": patient.person.name,
        "age": age(patient.birth_on, today),
        "drug": treatment.drug if treatment else None,
        "treatment_day": treatment_day(started_on=treatment.started_on, today=today) if treatment else None,
        "phone": patient.person.phone,
    }


@cache
def _explained(drug: str, version: int, rule_id: str) -> str:
    return explain.explain(load.released(drug, version=version), rule_id)


def rule(alert: Alert) -> dict[str, str]:
    """Rule, explanation and source: why this alert is here."""
    return {
        "id": alert.rule,
        "explained": _explained(alert.protocol, alert.version, alert.rule),
        "source": alert.source,
        "protocol": f"{alert.protocol} {alert.version}",
    }


def alert(row: Alert, last: Contact | None, now: datetime) -> dict[str, Any]:
    """One row of the worklist."""
    treatments = row.patient.treatments_newest_first  # type: ignore[attr-defined]
    to = escalated_to(row)
    return {
        "id": row.pk,
        "patient": patient_of_alert(row.patient, treatments[0] if treatments else None, now),
        "symptom": row.symptom,
        "urgency": row.urgency,
        "state": row.state,
        "change": row.change,
        "day": row.day,
        "reason": row.reason,
        "detail": row.detail,
        "grade": row.grade,
        "rule": rule(row),
        "tags": row.tags,
        "raised_at": row.raised_at,
        "due_at": row.due_at,
        "due_minutes": row.due_minutes,
        "acknowledged_by": named(row.acknowledged_by),
        "acknowledged_at": row.acknowledged_at,
        "assigned_to": named(row.assigned_to),
        "escalation": {
            "level": row.escalation_level,
            "to": to.name if to else None,
            "at": row.escalated_at,
        },
        "last_contact": last and {"at": last.at, "by": last.by.name, "outcome": last.outcome},
        "resolved_by": named(row.resolved_by),
        "resolved_at": row.resolved_at,
        "called_at": row.called_at,  # type: ignore[attr-defined]
        "reached_at": row.reached_at,  # type: ignore[attr-defined]
    }


def event(row: AlertEvent) -> dict[str, Any]:
    """Something that happened to an alert."""
    return {"kind": row.kind, "at": row.at, "by": row.by and row.by.name, "detail": row.detail}


def call(row: PatientCall) -> dict[str, Any]:
    """The patient's own word that they called, among what happened to an alert."""
    return {"kind": "patient_called", "at": row.called_at, "by": None, "detail": ""}


def contact(row: Contact) -> dict[str, Any]:
    """A contact with its outcome."""
    return {
        "id": row.pk,
        "at": row.at,
        "by": row.by.name,
        "outcome": row.outcome,
        "note": row.note,
        "next_step": row.next_step,
        "next_on": row.next_on,
        "grade": row.grade,
        "symptom": row.alert.symptom,
        "alert": row.alert_id,
    }
