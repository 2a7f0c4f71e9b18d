"""Logs of one patient or many, in few queries. Only current logs count; what a correction replaced is history."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from .models import DailyLog

DaysOfPatient = dict[date, dict[str, Any]]


def logs_of(patient_id: UUID) -> QuerySet[DailyLog]:
    """The current logs of one patient, newest day first."""
    return DailyLog.objects.filter(patient_id=patient_id, superseded_at__isnull=True).order_by("-day")


def this_log_and_its_days(*, log_id: UUID, patient_id: UUID, day: date, window: int) -> list[DailyLog]:
    """The log with this id, whoever's it is, and the patient's current logs within `window` days of `day`."""
    near = Q(
        patient_id=patient_id,
        superseded_at__isnull=True,
        day__range=(day - timedelta(days=window), day + timedelta(days=window)),
    )
    return list(DailyLog.objects.filter(Q(pk=log_id) | near))


def facts_by_day(*, patients: Collection[UUID], first: date, last: date) -> dict[UUID, DaysOfPatient]:
    """The facts of each patient's current logs from `first` to `last`, by day. A day without a log is absent."""
    found: dict[UUID, DaysOfPatient] = defaultdict(dict)
    rows = DailyLog.objects.filter(
        patient_id__in=patients, superseded_at__isnull=True, day__range=(first, last)
    ).values_list("patient_id", "day", "facts")
    for patient, day, facts in rows:
        found[patient][day] = facts
    return found
