"""A clinic, its care teams and the protocols it uses."""

import uuid

from django.db import models
from django.db.models import Q


class Clinic(models.Model):
    """A clinic, its clock and its telephone numbers.

    Example: Riverside Oncology, America/New_York, care line 555 0142, emergency 911.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60)
    care_line = models.CharField(max_length=30, help_text="Answered 24 hours a day.")
    emergency_number = models.CharField(max_length=10)
    region = models.CharField(max_length=2, default="US", help_text="Whose label texts apply: US or EU.")
    out_of_hours_line = models.CharField(
        max_length=30, blank=True, help_text="To call while the clinic is closed; the care line where it is empty."
    )

    def __str__(self) -> str:
        return self.name


class CareTeam(models.Model):
    """Who answers for a group of patients, in the order of escalation.

    Example: Joan first, then Priya, then Dr. Okafor on call.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="care_teams")
    name = models.CharField(max_length=120)
    nurse = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    second_nurse = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    on_call = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.name


class ProtocolAdoption(models.Model):
    """A clinic uses one version of a protocol for a drug, from a moment on.

    Example: Riverside Oncology uses sorafenib 1 since 1 May, adopted by Ada, not signed.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="adoptions")
    drug = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    adopted_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()
    signed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "drug"],
                condition=Q(replaced_at__isnull=True),
                name="one_protocol_per_clinic_and_drug",
            )
        ]
