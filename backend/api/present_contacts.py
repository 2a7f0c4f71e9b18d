"""How what was done about alerts looks from outside: contacts, grades, snoozes, and what happened to an alert."""

from typing import Any

from backend.protocol.call_guide import call_guide
from backend.triage.models import AlertEvent, ConfirmedGrade, PatientCall


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


def contact(row: Any) -> dict[str, Any]:
    """A contact with its outcome; `row` as `contacts.rows_of` gives it."""
    return {
        "id": row.id,
        "at": row.at,
        "by": row.by__name,
        "outcome": row.outcome,
        "note": row.note,
        "next_code": row.next_code or None,
        "next_step": row.next_step,
        "next_on": row.next_on,
        "next_at": row.next_at,
        "grade": row.grade,
        "asked": [
            {"question": question, "answer": answer, "words": words}
            for question, answer, words in call_guide().said(row.guide)
        ],
        "set_aside": row.set_aside,
        "symptom": row.alert__symptom,
        "alert": row.alert_id,
        "work_item": row.work_item_id,
        "snooze": snooze_of(row),
        "part_of": row.part_of_id,
    }


def snooze_of(row: Any) -> dict[str, Any] | None:
    """The snooze a contact began; `row` as above."""
    if row.snooze__id is None:
        return None
    return {
        "id": row.snooze__id,
        "symptom": row.snooze__symptom,
        "expected_grade": row.snooze__expected_grade,
        "until": row.snooze__until,
        "by": row.by__name,
        "at": row.snooze__at,
        "ended_at": row.snooze__ended_at,
    }
