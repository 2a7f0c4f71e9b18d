"""A person in treatment, and their consent."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from .clinics import CareTeam, Clinic


class Patient(models.Model):
    """A person in treatment, with the baseline their answers are compared with.

    Example: Maria, 1 stool a day, 126/78 mmHg, America/New_York, active.
    """

    class Status(models.TextChoices):
        ACTIVE = "active"
        WITHDRAWN = "withdrawn"
        DIED = "died"
        TRANSFERRED = "transferred"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField("accounts.Person", on_delete=models.PROTECT, related_name="patient")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients", db_index=False)
    care_team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="patients")
    birth_on = models.DateField()
    time_zone = models.CharField(max_length=60)
    language = models.CharField(max_length=10, default="en")
    usual_stools = models.PositiveSmallIntegerField(null=True, help_text="Stools in 24 hours before treatment.")
    usual_systolic = models.PositiveSmallIntegerField(null=True, help_text="mmHg")
    usual_diastolic = models.PositiveSmallIntegerField(null=True, help_text="mmHg")
    usual_weight = models.DecimalField(null=True, max_digits=4, decimal_places=1, help_text="kg")
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    status_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(usual_diastolic__isnull=True)
                | Q(usual_systolic__isnull=True)
                | Q(usual_diastolic__lt=F("usual_systolic")),
                name="usual_diastolic_below_systolic",
            ),
        ]
        # All that the list of a clinic's patients needs to find its next fifty by name, without reading the rest.
        indexes = [
            models.Index(fields=["clinic", "person", "id"], name="patients_of_a_clinic"),
            models.Index(fields=["clinic", "birth_on"], name="patients_by_birth_date"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def baseline(self) -> dict[str, Any]:
        """The baseline as the evaluator reads it: stools_per_day, systolic and diastolic in mmHg, weight in kg."""
        return {
            "stools_per_day": self.usual_stools,
            "systolic": self.usual_systolic,
            "diastolic": self.usual_diastolic,
            "weight": None if self.usual_weight is None else float(self.usual_weight),
        }


class Consent(models.Model):
    """The patient agreed to use Handhold, by a version of the clinic's consent text, until they withdraw.

    Example: Maria, given on 20 April by text 2026-03, recorded by Joan.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    text_version = models.CharField(max_length=40, help_text="As printed on the clinic's form.")
    given_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True)
    withdrawal_recorded_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawal_recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(withdrawn_on__isnull=True), name="one_consent_per_patient"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_is_withdrawn_after_it_was_given",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawal_recorded_by__isnull=False),
                name="a_withdrawn_consent_names_who_recorded_it",
            ),
        ]
