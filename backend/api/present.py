"""How rows look from outside: plain dicts, as shapes/ describes them."""

from datetime import date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from backend.care.selectors import treatment_day
from backend.protocol import day_changes, explain, load
from backend.triage import missed_logs
from backend.triage.models import Alert
from backend.triage.worklist import Around, Beside, escalated_to

from . import readable

State = Alert.State
_AS_KEPT = (
    "symptom", "urgency", "state", "change", "day", "reason", "grade", "tags", "raised_at", "due_at", "due_minutes",
    "acknowledged_at", "resolved_at",
)  # fmt: skip


def age(born: date, today: date) -> int:
    """Whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def today_in(time_zone: str, now: datetime) -> date:
    """The date where the patient lives."""
    return now.astimezone(ZoneInfo(time_zone)).date()


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
        "time_zone": row.patient__time_zone,
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
    """One row of the worklist; `row` as `worklist.rows_of` gives it. It says what of it cannot be shown."""
    return readable.shown(partial(_alert, row, around, now), partial(_alert_in_short, row, around, now), row.id)


def _alert(row: Any, around: Around, now: datetime) -> dict[str, Any]:
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
            "to_id": to,
            "from": None if row.escalation_level == 0 else names.get(row.passed_on_from_id),
            "at": row.escalated_at,
        },
        "changed": _changed(row, beside),
        "grade_before": _grade_before(row, beside),
        "needs_contact": row.escalate_at is not None,
        "last_contact": last_contact(beside),
        "resolved_by": colleague(row.resolved_by_id, names.get(row.resolved_by_id)),
        "resolved_at": row.resolved_at,
        "called_at": beside.called_at,
        "reached_at": beside.reached_at,
        "can_wait": beside.can_wait,
        "reopened": beside.reopened_at
        and {"at": beside.reopened_at, "by": beside.reopened_by, "note": beside.reopened_note},
        "corrected": beside.corrected_at
        and {"kind": beside.corrected_kind, "at": beside.corrected_at, "detail": beside.corrected_detail},
    }


def _alert_in_short(row: Any, around: Around, now: datetime) -> dict[str, Any]:
    """Who it is about, how urgent it is and who has it: what a nurse needs to act although the row cannot be shown."""
    names = around.names
    return {
        "id": row.id,
        "patient": patient_in_short(row, now),
        **{name: getattr(row, name) for name in _AS_KEPT},
        "detail": "",
        "rule": {"id": row.rule, "explained": "", "source": row.source, "protocol": f"{row.protocol} {row.version}"},
        "acknowledged_by": colleague(row.acknowledged_by_id, names.get(row.acknowledged_by_id)),
        "assigned_to": colleague(row.assigned_to_id, names.get(row.assigned_to_id)),
        "resolved_by": colleague(row.resolved_by_id, names.get(row.resolved_by_id)),
        "escalation": {"level": row.escalation_level, "to": None, "at": row.escalated_at},
        **dict.fromkeys(("last_contact", "called_at", "reached_at", "can_wait", "reopened", "corrected")),
    }


def patient_in_short(row: Any, now: datetime) -> dict[str, Any]:
    """Name, telephone and age, without the calendar of the place where the patient lives."""
    return {
        "id": row.patient_id,
        "name": row.patient__person__name,
        "age": age(row.patient__birth_on, now.date()),
        "drug": None,
        "treatment_day": None,
        "phone": row.patient__person__phone,
        "time_zone": None,
    }


def _changed(row: Any, beside: Beside) -> str:
    """How it was the day before and which signs are new, in words."""
    if beside.day_before is None:
        return row.detail or ("" if row.symptom == missed_logs.SYMPTOM else day_changes.no_log_before())
    signs = day_changes.sign_changes(_signs(beside.signs_before), _signs(beside.signs))
    return " ".join(filter(None, [row.detail, *signs]))


def _signs(kept: str | None) -> list[str] | None:
    return None if kept is None else orjson.loads(kept)


def _grade_before(row: Any, beside: Beside) -> int | None:
    """The estimated grade of the symptom the day before; None where it is unknown."""
    graded_as = load.released(row.protocol, version=row.version).data["symptoms"].get(row.symptom, {}).get("graded_as")
    grade = orjson.loads(beside.grades_before).get(graded_as) if beside.grades_before else None
    return grade if isinstance(grade, int) else None


def work_item(row: Any, beside: Beside, now: datetime) -> dict[str, Any]:
    """A work item on the worklist; `row` as `to_do.rows_of` gives it. It says what of it cannot be shown."""
    return readable.shown(partial(_work_item, row, beside, now), partial(_work_item_in_short, row, now), row.id)


def _work_item_in_short(row: Any, now: datetime) -> dict[str, Any]:
    return {
        "id": row.id,
        "patient": patient_in_short(row, now),
        **{name: getattr(row, name) for name in ("kind", "week", "begins_on", "due_on", "created_at", "done_at")},
        "assigned_to": colleague(row.assigned_to_id, row.assigned_to__name),
        "done_by": colleague(row.done_by_id, row.done_by__name),
        **dict.fromkeys(("promise", "last_contact")),
    }


def _work_item(row: Any, beside: Beside, now: datetime) -> dict[str, Any]:
    promise = {"next_code": row.promised_in__next_code or None, "next_step": row.promised_in__next_step,
               "next_at": row.promised_in__next_at, "at": row.promised_in__at, "by": row.promised_in__by__name,
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
