"""Consent and what follows from it: without it nothing is sent to the patient and no log is taken."""

from datetime import date, datetime

from django.db import transaction

from backend.accounts.models import Person
from backend.care import consent as consents
from backend.care.models import Consent, Patient

from . import contacts, work_items
from .services import end_care


def give(*, patient: Patient, text_version: str, given_on: date, recorded_by: Person, now: datetime) -> Consent:
    """Record consent. Raise AlreadyGiven or ConsentRefused.

    A patient who had withdrawn is in care again, and what was to be done for them then is to be done again.
    """
    with transaction.atomic():
        kept = consents.give(
            patient=patient, text_version=text_version, given_on=given_on, recorded_by=recorded_by, now=now
        )
        withdrawn = Patient.objects.select_for_update(no_key=True).filter(
            pk=patient.pk, status=Patient.Status.WITHDRAWN
        )
        ended_at = withdrawn.values_list("status_since", flat=True).first()
        if withdrawn.update(status=Patient.Status.ACTIVE, status_since=now):
            if ended_at is not None:
                contacts.resume_work(patient_id=patient.pk, ended_at=ended_at)
            work_items.follow_messages(now=now, patient_id=patient.pk)
    return kept


def withdraw(*, consent: Consent, withdrawn_on: date, recorded_by: Person, now: datetime) -> None:
    """Record that the patient withdrew consent: what waits to be sent is canceled, and logs are taken no more.

    Open alerts stay with the nurse who has them. Raise AlreadyWithdrawn or ConsentRefused.
    """
    with transaction.atomic():
        consents.withdraw(consent=consent, withdrawn_on=withdrawn_on, recorded_by=recorded_by, now=now)
        if consent.patient.status == Patient.Status.ACTIVE:
            end_care(patient=consent.patient, status=Patient.Status.WITHDRAWN, now=now)
