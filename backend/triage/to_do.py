"""The work items of a clinic as they are read, beside the alerts on the worklist: in three statements, however many."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F, QuerySet

from .models import WorkItem

ORDER = ("due_on", "id")
_OF_ITEM = (
    "id", "patient_id", "day", "kind", "week", "begins_on", "due_on", "created_at", "assigned_to_id",
    "assigned_to__name", "done_at", "done_by_id", "done_by__name", "promised_in__next_step",
    "promised_in__next_code", "promised_in__next_at", "promised_in__at",
    "promised_in__by__name", "promised_in__alert__symptom",
)  # fmt: skip
_OF_PATIENT = ("patient__birth_on", "patient__time_zone", "patient__person__name", "patient__person__phone")
_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE assigned_to_id = %s), count(*) FILTER (WHERE assigned_to_id IS NULL)
FROM triage_workitem WHERE clinic_id = %s AND done_at IS NULL AND begins_on <= %s
"""


def items_of_clinic(clinic_id: UUID) -> QuerySet[WorkItem]:
    """The work items of one clinic, those due first first."""
    return WorkItem.objects.filter(clinic_id=clinic_id).order_by(*ORDER)


def to_do(clinic_id: UUID, *, today: date) -> QuerySet[WorkItem]:
    """What is to be done today or is late, by the clinic's calendar."""
    return items_of_clinic(clinic_id).filter(done_at=None, begins_on__lte=today)


def rows_of(items: QuerySet[WorkItem]) -> QuerySet[WorkItem, Any]:
    """The same work items as plain rows, each with what it shows of its patient; `worklist.beside_of` adds the rest."""
    return items.annotate(day=F("due_on")).values_list(*_OF_ITEM, *_OF_PATIENT, named=True)


def counts(*, clinic_id: UUID, person_id: UUID, today: date) -> dict[str, int]:
    """How many work items are to be done today: all, this person's, and nobody's."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [person_id, clinic_id, today])
        return dict(zip(("all", "mine", "unassigned"), cursor.fetchone() or (), strict=True))


def today_of(time_zone: str, now: datetime) -> date:
    """The date on the clinic's own calendar."""
    return now.astimezone(ZoneInfo(time_zone)).date()
