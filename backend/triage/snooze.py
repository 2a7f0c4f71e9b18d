"""Snoozing: a symptom a nurse has dealt with needs nobody while it stays as expected, for at most 28 days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from backend.accounts.models import Person

from .decide import REVIEWED, Finding
from .models import RANKS, Alert, AlertEvent, Contact, Snooze, Urgency

LONGEST_DAYS = 28
HIGHEST_EXPECTED = 3
"""Grade 4 is never expected: it is an emergency."""


class SnoozeRefused(Exception):
    """The symptom cannot be snoozed so: what to correct, why, and what to do."""

    def __init__(self, field: str, why: str, mend: str) -> None:
        super().__init__(f"{why} {mend}")
        self.field, self.why, self.mend = field, why, mend


class AlreadyEnded(Exception):
    """The snooze has ended."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the nurse expects: this CTCAE grade or less, to the last day, on the patient's calendar."""

    grade: int
    until: date


def check(*, alert: Alert, expected: Expected, grade: int | None, now: datetime) -> None:
    """Raise SnoozeRefused unless the alert may be snoozed so. `grade` is the grade known now, the clinician's first."""
    if alert.symptom not in REVIEWED:
        raise SnoozeRefused("snooze", "Only a graded symptom can be snoozed.", "Record without snoozing.")
    if alert.urgency == Urgency.EMERGENCY:
        raise SnoozeRefused("snooze", "An emergency is never snoozed.", "Record without snoozing.")
    if grade is None:
        raise SnoozeRefused("grade", "The grade is not known.", "Choose the grade you found.")
    if expected.grade > min(grade, HIGHEST_EXPECTED):
        highest = min(grade, HIGHEST_EXPECTED)
        raise SnoozeRefused("snooze.expected_grade", f"It is grade {grade} now.", f"Expect grade {highest} or less.")
    today = now.astimezone(ZoneInfo(alert.patient.time_zone)).date()
    last = today + timedelta(days=LONGEST_DAYS)
    if not today < expected.until <= last:
        mend = f"Choose a day from {today + timedelta(days=1)} to {last}."
        raise SnoozeRefused("snooze.until", f"A snooze ends within {LONGEST_DAYS} days.", mend)


def begin(*, alert: Alert, expected: Expected, contact: Contact, now: datetime) -> Snooze:
    """Keep what is expected of the symptom from here on, in place of what was expected before."""
    with transaction.atomic():
        running_for([alert.patient_id]).filter(symptom=alert.symptom).update(ended_at=now, ended_by=contact.by)
        kept = Snooze.objects.create(
            alert=alert, patient_id=alert.patient_id, symptom=alert.symptom, contact=contact,
            expected_grade=expected.grade, until=expected.until, at=now,
        )  # fmt: skip
        AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.SNOOZED, at=now, by=contact.by, detail=str(kept))
    return kept


def end(*, snooze: Snooze, by: Person, now: datetime) -> None:
    """End a snooze before its day. Raise AlreadyEnded."""
    with transaction.atomic():
        # Locked first, as whoever snoozes it or flags a log about it does.
        Alert.objects.select_for_update(no_key=True).get(pk=snooze.alert_id)
        if not Snooze.objects.filter(pk=snooze.pk, ended_at=None).update(ended_at=now, ended_by=by):
            raise AlreadyEnded
        AlertEvent.objects.create(alert_id=snooze.alert_id, kind=AlertEvent.Kind.SNOOZE_ENDED, at=now, by=by)


def running_for(patients: Collection[UUID]) -> QuerySet[Snooze]:
    """The snoozes of these patients that nothing has ended. One whose last day is past covers nothing any more."""
    return Snooze.objects.filter(patient_id__in=patients, ended_at=None)


def expected(snooze: Snooze, *, finding: Finding, alert: Alert, day: date, time_zone: str) -> bool | None:
    """True when this finding is what the nurse expected, False when it is worse, None on a day she did not speak of.

    Worse is a higher grade, one that is not known, and what is more urgent or due sooner than when she snoozed it. She
    spoke of the days after that on which she did, to the last one, on the patient's calendar.
    """
    if not snooze.at.astimezone(ZoneInfo(time_zone)).date() < day <= snooze.until:
        return None
    if finding.grade is None or finding.grade > snooze.expected_grade:
        return False
    return finding.rank <= RANKS[Urgency(alert.urgency)] and finding.due_minutes >= alert.due_minutes
