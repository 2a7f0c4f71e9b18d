"""Logs of one patient or many, in few queries. Only current logs count; what a correction replaced is history."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import QuerySet

from .models import DailyLog, Photo

_DAYS = """
SELECT patient_id, day, id, facts, flagged_at IS NOT NULL FROM diary_dailylog
WHERE patient_id = ANY(%s) AND superseded_at IS NULL AND day BETWEEN %s AND %s
"""


def logs_of(patient_id: UUID) -> QuerySet[DailyLog]:
    """The current logs of one patient, newest day first."""
    return DailyLog.objects.filter(patient_id=patient_id, superseded_at__isnull=True).order_by("-day")


@dataclass(frozen=True, slots=True)
class KeptDay:
    """What a patient reported for a day, and whether it has been flagged."""

    log_id: UUID
    facts: dict[str, Any]
    is_flagged: bool


def days_of(*, patients: Collection[UUID], first: date, last: date) -> dict[UUID, dict[date, KeptDay]]:
    """Each patient's current days from `first` to `last`. A day without a log is absent."""
    found: dict[UUID, dict[date, KeptDay]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [list(patients), first, last])
        for patient, day, log_id, facts, is_flagged in cursor.fetchall():
            found[patient][day] = KeptDay(log_id, orjson.loads(facts), is_flagged)
    return found


def photos_by_day(*, patient_id: UUID, first: date, last: date) -> dict[date, list[Photo]]:
    """A patient's complete photos from `first` to `last`, in the order sent. A day without one is absent.

    A day keeps its photos when its log is corrected: they are those of all its revisions.
    """
    found: dict[date, list[Photo]] = defaultdict(list)
    of_days = photos_of_patient(patient_id).filter(log__day__range=(first, last)).order_by("complete_at", "id")
    for photo in of_days.select_related("log"):
        found[photo.log.day].append(photo)
    return found


def photos_of_patient(patient_id: UUID) -> QuerySet[Photo]:
    """The complete photos of one patient."""
    return Photo.objects.filter(log__patient_id=patient_id, complete_at__isnull=False)


def photos_of_clinic(clinic_id: UUID) -> QuerySet[Photo]:
    """The complete photos of a clinic's patients."""
    return Photo.objects.filter(log__patient__clinic_id=clinic_id, complete_at__isnull=False)
