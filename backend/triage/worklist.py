"""The worklist as it is read: alerts of a clinic with all a row shows, in four statements whatever their number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from .models import Alert

ORDER = ("-urgency_rank", "due_at", "id")
_OF_ALERT = (
    "id", "patient_id", "symptom", "urgency", "urgency_rank", "state", "change", "day", "rule", "protocol", "version",
    "reason", "detail", "source", "tags", "grade", "raised_at", "due_at", "due_minutes", "escalation_level",
    "escalated_at", "acknowledged_by_id", "acknowledged_at", "assigned_to_id", "resolved_by_id", "resolved_at",
)  # fmt: skip
_OF_PATIENT = (
    "patient__birth_on", "patient__time_zone", "patient__person__name", "patient__person__phone",
    "patient__care_team__second_nurse_id", "patient__care_team__on_call_id",
)  # fmt: skip
_BESIDE = """
SELECT alert.id, treatment.drug, treatment.started_on, contact.at, contact.name, contact.outcome,
    call.called_at, call.reached_at, wait.can_wait,
    reopened.at, reopened.name, reopened.detail
FROM unnest(%s::uuid[], %s::uuid[], %s::date[]) AS alert (id, patient_id, day)
LEFT JOIN LATERAL (
    SELECT drug, started_on FROM care_treatment WHERE patient_id = alert.patient_id ORDER BY started_on DESC LIMIT 1
) treatment ON true
LEFT JOIN LATERAL (
    SELECT at, name, outcome FROM triage_contact JOIN accounts_person person ON person.id = by_id
    WHERE patient_id = alert.patient_id ORDER BY at DESC LIMIT 1
) contact ON true
LEFT JOIN LATERAL (
    SELECT called_at, reached_at FROM triage_flag flag
    JOIN triage_patientcall USING (log_id) JOIN diary_dailylog log ON log.id = flag.log_id
    WHERE flag.alert_id = alert.id AND log.day >= alert.day ORDER BY called_at DESC LIMIT 1
) call ON true
LEFT JOIN LATERAL (
    SELECT can_wait FROM triage_flag flag
    JOIN triage_canwait USING (log_id) JOIN diary_dailylog log ON log.id = flag.log_id
    WHERE flag.alert_id = alert.id AND log.day >= alert.day ORDER BY said_at DESC LIMIT 1
) wait ON true
LEFT JOIN LATERAL (
    SELECT at, name, detail FROM triage_alertevent JOIN accounts_person person ON person.id = by_id
    WHERE alert_id = alert.id AND kind = 'reopened' ORDER BY at DESC LIMIT 1
) reopened ON true
"""
_NAMES = "SELECT id, name FROM accounts_person WHERE id = ANY(%s)"
_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE assigned_to_id = %s), count(*) FILTER (WHERE assigned_to_id IS NULL)
FROM triage_alert WHERE clinic_id = %s AND state <> 'resolved'
"""


class Beside(NamedTuple):
    """What stands beside an alert: its patient's last treatment and contact, what they said, who reopened it."""

    drug: str | None
    started_on: date | None
    contact_at: datetime | None
    contact_by: str | None
    outcome: str | None
    called_at: datetime | None
    reached_at: datetime | None
    can_wait: bool | None
    reopened_at: datetime | None
    reopened_by: str | None
    reopened_note: str | None


@dataclass(frozen=True, slots=True)
class Around:
    """What is around some rows of the worklist: what stands beside each alert, and the names of the staff in them."""

    beside: dict[UUID, Beside]
    names: dict[UUID, str]


def alerts_of_clinic(clinic_id: UUID) -> QuerySet[Alert]:
    """The alerts of one clinic, most urgent first, then by due time."""
    return Alert.objects.filter(clinic_id=clinic_id).order_by(*ORDER)


def rows_of(alerts: QuerySet[Alert]) -> QuerySet[Alert, Any]:
    """The same alerts as plain rows, each with what it shows of its patient; a third of the cost of model instances."""
    return alerts.values_list(*_OF_ALERT, *_OF_PATIENT, named=True)


def around(rows: Collection[Any]) -> Around:
    """Read in two statements what is around these rows; see `rows_of`."""
    people = {person for row in rows for person in staff_of(row)} - {None}
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, [[row.id for row in rows], [row.patient_id for row in rows], [row.day for row in rows]])
        beside = {found[0]: Beside(*found[1:]) for found in cursor.fetchall()}
        cursor.execute(_NAMES, [list(people)])
        return Around(beside, dict(cursor.fetchall()))


def staff_of(row: Any) -> tuple[UUID | None, ...]:
    """Everybody of the staff a row names."""
    return (row.acknowledged_by_id, row.assigned_to_id, row.resolved_by_id, escalated_to(row))


def escalated_to(row: Any) -> UUID | None:
    """Whose turn it is after an alert was passed on; None while it is with its nurse."""
    second, on_call = row.patient__care_team__second_nurse_id, row.patient__care_team__on_call_id
    turn: UUID | None = (None, second, on_call, on_call)[min(row.escalation_level, 3)]
    return turn


def counts(*, clinic_id: UUID, person_id: UUID) -> dict[str, int]:
    """How many alerts of the clinic are not resolved: all, this person's, and nobody's."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [person_id, clinic_id])
        return dict(zip(("all", "mine", "unassigned"), cursor.fetchone() or (), strict=True))
