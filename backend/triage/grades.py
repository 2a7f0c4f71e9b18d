"""A clinician's grade of a symptom on a day: confirmed or corrected, kept beside the estimate it answers."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from backend.accounts.models import Person
from backend.care.models import Patient
from backend.care.selectors import context_of

from .assess import protocol_of
from .models import Alert, Assessment, ConfirmedGrade, Contact

LONGEST_BACK = timedelta(days=366)


class GradedMeanwhile(Exception):
    """Another grade stands for this symptom and day than the one that was seen. Says which."""

    def __init__(self, standing: ConfirmedGrade | None) -> None:
        super().__init__(str(standing and standing.grade))
        self.standing = standing


class GradeRefused(Exception):
    """There is nothing to grade: what to correct, why, and what to do."""

    def __init__(self, field: str, why: str, mend: str) -> None:
        super().__init__(f"{why} {mend}")
        self.field, self.why, self.mend = field, why, mend


@dataclass(frozen=True, slots=True)
class Found:
    """What a clinician found. `supersedes` is the grade that stood when she looked, None if there was none."""

    symptom: str
    day: date
    grade: int
    note: str = ""
    supersedes: UUID | None = None


def confirm(*, patient: Patient, found: Found, by: Person, now: datetime) -> ConfirmedGrade:
    """Keep the clinician's grade; a live alert about that symptom and day takes it over, and stays as open as it is.

    Sent again by the same person it is answered with what is kept. Raise GradedMeanwhile or GradeRefused.
    """
    _check(patient, found, now)
    try:
        with transaction.atomic():
            # Locked first: a contact about the same alert may be recorded, with its grade, at the same moment.
            alert = _live_alert(patient.pk, found)
            standing = _standing(patient, found)
            if standing is not None and _is_same(standing, found, by):
                return standing
            if (standing and standing.pk) != found.supersedes:
                raise GradedMeanwhile(standing)
            return _keep(patient, found, by, now, alert, contact=None)
    except IntegrityError:  # another grade of that day came to stand at the same moment
        standing = _standing(patient, found)
        if standing is not None and _is_same(standing, found, by):
            return standing
        raise GradedMeanwhile(standing) from None


def confirm_at_contact(*, contact: Contact, alert: Alert, grade: int) -> None:
    """The grade recorded with a contact is the clinician's grade of the alert's day. The alert is locked already.

    What is no graded symptom, such as chest pain or a missing log, keeps its grade on the contact alone.
    """
    if graded_as(alert.patient, alert.symptom) is None:
        return
    found = Found(alert.symptom, alert.day, grade, contact.note)
    standing = _standing(alert.patient, found)
    found = replace(found, supersedes=standing.pk if standing else None)
    _keep(alert.patient, found, contact.by, contact.at, alert, contact)


def standing_grades(patient: UUID) -> QuerySet[ConfirmedGrade]:
    """The grades of a patient that no later one has superseded."""
    return ConfirmedGrade.objects.filter(patient_id=patient, superseded_at=None).select_related("by")


def _standing(patient: Patient, found: Found) -> ConfirmedGrade | None:
    return standing_grades(patient.pk).filter(symptom=found.symptom, day=found.day).first()


def graded_as(patient: Patient, symptom: str) -> str | None:
    """The name of the CTCAE grade of a symptom in the patient's protocol, None if it has no grade."""
    symptoms = protocol_of(context_of(patient.pk)).data["symptoms"]
    name: str | None = symptoms.get(symptom, {}).get("graded_as")
    return name


def _check(patient: Patient, found: Found, now: datetime) -> None:
    if graded_as(patient, found.symptom) is None:
        raise GradeRefused("symptom", "This symptom has no CTCAE grade.", "Choose one that is graded.")
    today = now.astimezone(ZoneInfo(patient.time_zone)).date()
    if not today - LONGEST_BACK <= found.day <= today:
        raise GradeRefused("day", f"It is {today} where the patient lives.", "Choose that day or an earlier one.")


def _live_alert(patient: UUID, found: Found) -> Alert | None:
    theirs = Alert.objects.select_for_update(no_key=True).filter(patient_id=patient, symptom=found.symptom)
    return theirs.live().first()


def _is_same(standing: ConfirmedGrade, found: Found, by: Person) -> bool:
    return (standing.by_id, standing.grade, standing.note) == (by.pk, found.grade, found.note.strip())


def _keep(
    patient: Patient, found: Found, by: Person, now: datetime, alert: Alert | None, contact: Contact | None
) -> ConfirmedGrade:
    """Only the grade that was seen is superseded: beside one that came meanwhile the database lets no other stand."""
    if found.supersedes is not None:
        standing_grades(patient.pk).filter(pk=found.supersedes).update(superseded_at=now)
    about = alert if alert is not None and alert.day == found.day else None
    if about is not None:
        Alert.objects.filter(pk=about.pk).update(grade=found.grade)
    return ConfirmedGrade.objects.create(
        patient=patient, symptom=found.symptom, day=found.day, grade=found.grade, note=found.note.strip(),
        estimate=_estimate(patient, found), by=by, at=now, alert=about, contact=contact,
    )  # fmt: skip


def _estimate(patient: Patient, found: Found) -> int | None:
    """The estimated grade of that day by CTCAE v5. None without a log, or where it is not known."""
    of_day = Assessment.objects.filter(
        log__patient=patient, log__day=found.day, log__superseded_at=None, superseded_at=None
    )
    grades = of_day.values_list("grades_ctcae5", flat=True).first() or {}
    estimate = grades.get(graded_as(patient, found.symptom))
    return estimate if isinstance(estimate, int) else None
