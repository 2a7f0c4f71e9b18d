"""How rows look from outside: plain dicts, as shapes/ describes them."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.care.selectors import treatment_day
from backend.diary.models import DailyLog, Photo
from backend.protocol import explain, load
from backend.protocol.call_guide import call_guide
from backend.triage.models import Alert, AlertEvent, CanWait, ConfirmedGrade, Contact, PatientCall, Snooze, Urgency
from backend.triage.worklist import Around, Beside, escalated_to

State = Alert.State


def age(born: date, today: date) -> int:
    """Whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def today_in(time_zone: str, now: datetime) -> date:
    """The date where the patient lives."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def log(
    row: DailyLog,
    alerts: list[Alert],
    call: PatientCall | None,
    photos: list[Photo],
    waits: CanWait | None = None,
) -> dict[str, Any]:
    """A daily log with what was answered at once, what the team has answered since, and what the patient said of it."""
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
    contact = next(iter(alert.contacts.all()), None)
    by = alert.resolved_by if alert.state == State.RESOLVED else alert.acknowledged_by
    told |= {"by": by.given_name if by else None, "at": alert.resolved_at or alert.acknowledged_at}
    if contact is not None:
        told |= {"by": contact.by.given_name, "at": contact.at, "outcome": contact.outcome}
        told |= {"next_step": contact.next_step or None, "next_on": contact.next_on}
    if alert.state == State.RESOLVED:
        return {**told, "state": "resolved"}
    return {**told, "state": "contacted" if contact else "acknowledged"}


def patient_of_alert(row: Any, beside: Beside, now: datetime) -> dict[str, Any]:
    """The few facts a worklist row shows of a patient."""
    today, started_on = today_in(row.patient__time_zone, now), beside.started_on
    return {
        "id": row.patient_id,
        "name": row.patient__person__name,
        "age": age(row.patient__birth_on, today),
        "drug": beside.drug,
        "treatment_day": treatment_day(started_on=started_on, today=today) if started_on else None,
        "phone": row.patient__person__phone,
    }


@cache
def _explained(drug: str, version: int, rule_id: str) -> str:
    return explain.explain(load.released(drug, version=version), rule_id)


def rule(alert: Any) -> dict[str, str]:
    """Rule, explanation and source: why this alert is here."""
    return {
        "id": alert.rule,
        "explained": _explained(alert.protocol, alert.version, alert.rule),
        "source": alert.source,
        "protocol": f"{alert.protocol} {alert.version}",
    }


def alert(row: Any, around: Around, now: datetime) -> dict[str, Any]:
    """One row of the worklist; `row` as `worklist.rows_of` gives it."""
    beside, names = around.beside[row.id], around.names
    to = escalated_to(row, around)

    return {
        "id": row.id,
        "patient": patient_of_alert(row, beside, now),
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
        "acknowledged_by": colleague(row.acknowledged_by_id, names.get(row.acknowledged_by_id)),
        "acknowledged_at": row.acknowledged_at,
        "assigned_to": colleague(row.assigned_to_id, names.get(row.assigned_to_id)),
        "escalation": {
            "level": row.escalation_level,
            "to": None if to is None else names[to],
            "at": row.escalated_at,
        },
        "last_contact": last_contact(beside),
        "resolved_by": colleague(row.resolved_by_id, names.get(row.resolved_by_id)),
        "resolved_at": row.resolved_at,
        "called_at": beside.called_at,
        "reached_at": beside.reached_at,
        "can_wait": beside.can_wait,
        "reopened": beside.reopened_at
        and {"at": beside.reopened_at, "by": beside.reopened_by, "note": beside.reopened_note},
    }


def work_item(row: Any, beside: Beside, now: datetime) -> dict[str, Any]:
    """A work item on the worklist; `row` as `to_do.rows_of` gives it."""
    promise = {"next_step": row.promised_in__next_step, "at": row.promised_in__at, "by": row.promised_in__by__name,
               "symptom": row.promised_in__alert__symptom}  # fmt: skip
    return {
        "id": row.id,
        "patient": patient_of_alert(row, beside, now),
        "kind": row.kind,
        "week": row.week,
        "promise": promise if row.promised_in__at else None,
        "begins_on": row.begins_on,
        "due_on": row.due_on,
        "created_at": row.created_at,
        "assigned_to": colleague(row.assigned_to_id, row.assigned_to__name),
        "last_contact": last_contact(beside),
        "done_at": row.done_at,
        "done_by": colleague(row.done_by_id, row.done_by__name),
    }


def colleague(person: UUID | None, name: str | None) -> dict[str, Any] | None:
    """Somebody of the staff, or nobody."""
    return None if person is None else {"id": person, "name": name}


def last_contact(beside: Beside) -> dict[str, Any] | None:
    """Who last reached the patient or tried to, and what came of it."""
    if beside.contact_at is None:
        return None
    return {"at": beside.contact_at, "by": beside.contact_by, "outcome": beside.outcome}


def event(row: AlertEvent) -> dict[str, Any]:
    """Something that happened to an alert."""
    return {"kind": row.kind, "at": row.at, "by": row.by and row.by.name, "detail": row.detail}


def call(row: PatientCall) -> dict[str, Any]:
    """The patient's own word that they called, among what happened to an alert."""
    return {"kind": "patient_called", "at": row.called_at, "by": None, "detail": ""}


def grade_event(row: ConfirmedGrade) -> dict[str, Any]:
    """A clinician's grade, among what happened to an alert."""
    return {"kind": "grade_confirmed", "at": row.at, "by": row.by.name, "detail": f"grade {row.grade}"}


def grade(row: ConfirmedGrade) -> dict[str, Any]:
    """A clinician's grade of a symptom on a day, with the estimate it answers."""
    return {
        "id": row.pk,
        "symptom": row.symptom,
        "day": row.day,
        "grade": row.grade,
        "estimate": row.estimate,
        "note": row.note,
        "by": row.by.name,
        "at": row.at,
        "superseded_at": row.superseded_at,
    }


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
        "asked": [
            {"question": question, "answer": answer, "words": words}
            for question, answer, words in call_guide().said(row.guide)
        ],
        "symptom": row.alert.symptom if row.alert else None,
        "alert": row.alert_id,
        "work_item": row.work_item_id,
        "snooze": snooze(row.snooze) if hasattr(row, "snooze") else None,
        "part_of": row.part_of_id,
    }


def snooze(row: Snooze) -> dict[str, Any]:
    """What a nurse expects of a symptom, and until when nobody need look at it."""
    return {
        "id": row.pk,
        "symptom": row.symptom,
        "expected_grade": row.expected_grade,
        "until": row.until,
        "by": row.contact.by.name,
        "at": row.at,
        "ended_at": row.ended_at,
    }
