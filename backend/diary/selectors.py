"""Logs of one patient or many, in few queries. Only current logs count; what a correction replaced is history."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import QuerySet

from .models import DailyLog

DaysOfPatient = dict[date, dict[str, Any]]
_NEAR = """
SELECT false, day, facts FROM diary_dailylog
WHERE patient_id = %(patient)s AND superseded_at IS NULL AND day BETWEEN %(first)s AND %(last)s AND id <> %(log)s
UNION ALL
SELECT true, day, NULL FROM diary_dailylog WHERE id = %(log)s
"""


def logs_of(patient_id: UUID) -> QuerySet[DailyLog]:
    """The current logs of one patient, newest day first."""
    return DailyLog.objects.filter(patient_id=patient_id, superseded_at__isnull=True).order_by("-day")


def this_log_and_its_days(
    *, log_id: UUID, patient_id: UUID, day: date, window: int
) -> tuple[DailyLog | None, DaysOfPatient]:
    """The log with this id, whoever's it is, and the patient's current facts within `window` days of `day`."""
    first, last = day - timedelta(days=window), day + timedelta(days=window)
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"log": log_id, "patient": patient_id, "first": first, "last": last})
        rows = cursor.fetchall()
    days = {near: orjson.loads(facts) for is_kept, near, facts in rows if not is_kept}
    is_kept = len(days) < len(rows)
    return DailyLog.objects.filter(pk=log_id).first() if is_kept else None, days


def facts_by_day(*, patients: Collection[UUID], first: date, last: date) -> dict[UUID, DaysOfPatient]:
    """The facts of each patient's current logs from `first` to `last`, by day. A day without a log is absent."""
    found: dict[UUID, DaysOfPatient] = defaultdict(dict)
    rows = DailyLog.objects.filter(
        patient_id__in=patients, superseded_at__isnull=True, day__range=(first, last)
    ).values_list("patient_id", "day", "facts")
    for patient, day, facts in rows:
        found[patient][day] = facts
    return found
