import uuid

from django.db import models
from django.db.models import Q

from backend.care.models import Clinic


class Delivery(models.Model):
    """One message on its way to one recipient on one channel.

    Who receives it is computed when it is sent, so that nobody who has left is written to. The key makes the same
    occasion one row however often it is asked for.

    It is about a patient, or about a clinic as a whole, never both.

    Example: alert_escalated to the second nurse by e-mail, waiting, third attempt at 08:20.
    """

    class Recipient(models.TextChoices):
        PATIENT = "patient"
        NURSE = "nurse"
        SECOND_NURSE = "second_nurse"
        ON_CALL = "on_call"
        ADMINISTRATORS = "administrators"

    class Channel(models.TextChoices):
        EMAIL = "email"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        CANCELLED = "cancelled"
        NOBODY = "nobody_to_receive"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=160, unique=True)
    patient = models.ForeignKey("care.Patient", null=True, on_delete=models.CASCADE, related_name="deliveries")
    clinic = models.ForeignKey(
        "care.Clinic", null=True, on_delete=models.CASCADE, related_name="+", help_text="Where it is about no patient."
    )
    alert = models.ForeignKey("triage.Alert", null=True, on_delete=models.CASCADE, related_name="deliveries")
    recipient = models.CharField(max_length=20, choices=Recipient)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    template = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True, help_text="Why it was cancelled or failed; no health data.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False, person__isnull=False),
                name="sent_deliveries_name_someone",
            ),
            models.CheckConstraint(
                condition=Q(patient__isnull=False, clinic__isnull=True)
                | Q(patient__isnull=True, clinic__isnull=False) & ~Q(recipient="patient"),
                name="deliveries_are_about_a_patient_or_a_clinic",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="waiting"), name="waiting_deliveries"),
        ]

    @property
    def sender(self) -> Clinic:
        """The clinic in whose name it goes out."""
        clinic = self.patient.clinic if self.patient else self.clinic
        assert clinic is not None  # noqa: S101 - the database sees to it
        return clinic
