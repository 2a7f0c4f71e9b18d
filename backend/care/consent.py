"""The patient's consent to use Handhold: given, and withdrawn."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from backend.accounts.models import Person

from .course import in_words
from .models import Consent, Patient


class ConsentRefused(Exception):
    """It cannot be kept: which field, why, and what to do."""

    def __init__(self, field: str, why: str, mend: str) -> None:
        super().__init__(f"{why} {mend}")
        self.field, self.why, self.mend = field, why, mend


class AlreadyGiven(Exception):
    """The patient's consent is recorded, and was not withdrawn."""

    def __init__(self, consent: Consent | None) -> None:
        super().__init__("given")
        self.consent = consent


class AlreadyWithdrawn(Exception):
    """The consent was withdrawn before."""


def give(*, patient: Patient, text_version: str, given_on: date, recorded_by: Person, now: datetime) -> Consent:
    """Record that the patient agreed. Raise AlreadyGiven or ConsentRefused."""
    if not text_version.strip():
        mend = "Write the version printed on the form."
        raise ConsentRefused("text_version", "Which text was signed is missing.", mend)
    _check_past("given_on", given_on, patient, now)
    try:
        with transaction.atomic():
            return Consent.objects.create(
                patient=patient, text_version=text_version.strip(), given_on=given_on, recorded_by=recorded_by,
                recorded_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise AlreadyGiven(Consent.objects.filter(patient=patient, withdrawn_on=None).first()) from error


def withdraw(*, consent: Consent, withdrawn_on: date, recorded_by: Person, now: datetime) -> None:
    """Record that the patient withdrew it. Raise AlreadyWithdrawn or ConsentRefused."""
    _check_past("withdrawn_on", withdrawn_on, consent.patient, now)
    if withdrawn_on < consent.given_on:
        why = f"Consent was given on {in_words(consent.given_on)}."
        raise ConsentRefused("withdrawn_on", why, "Choose that day or a later one.")
    ended = Consent.objects.filter(pk=consent.pk, withdrawn_on=None).update(
        withdrawn_on=withdrawn_on, withdrawal_recorded_by=recorded_by, withdrawal_recorded_at=now
    )
    if not ended:
        raise AlreadyWithdrawn


def _check_past(field: str, day: date, patient: Patient, now: datetime) -> None:
    if day > now.astimezone(ZoneInfo(patient.time_zone)).date():
        raise ConsentRefused(field, "This day has not come yet.", "Choose today or an earlier day.")
