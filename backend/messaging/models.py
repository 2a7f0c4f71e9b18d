import uuid

from django.db import models
from django.db.models import F, Q

from backend.care.models import Clinic
from backend.protocol.moment import MOMENTS

LONGEST_MESSAGE = 4000
"""Characters of a message, after trimming. The API's shape says the same, because it reads it here."""


class Delivery(models.Model):
    """One message on its way to one recipient on one channel.

    Who receives it is computed when it is sent, so that nobody who has left is written to. The key makes the same
    occasion one row however often it is asked for.

    It is about a patient, or about a clinic as a whole, never both.

    Example: alert_escalated to the second nurse by e-mail, waiting, third attempt at 08:20.
    """

    class Recipient(models.TextChoices):
        PATIENT = "patient"
        OWNER = "owner"
        PREVIOUS_OWNER = "previous_owner"
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
            models.Index(
                fields=["-created_at"],
                condition=Q(state__in=["nobody_to_receive", "failed"]),
                name="deliveries_that_reached_nobody",
            ),
        ]

    @property
    def sender(self) -> Clinic:
        """The clinic in whose name it goes out."""
        clinic = self.patient.clinic if self.patient else self.clinic
        assert clinic is not None  # noqa: S101 - the database sees to it
        return clinic


class Message(models.Model):
    """What a patient wrote to the care team, or somebody of the team to the patient. Its text never changes.

    A thread only grows at its end: of one patient's messages, a later one has a later `received_at`. It is read once,
    by the first reader of the other side.

    Example: Maria to the team, written 10:02 without signal, received 10:40, read by Joan at 10:52.
    """

    class Origin(models.TextChoices):
        PATIENT = "patient"
        TEAM = "team"

    id = models.UUIDField(primary_key=True, help_text="Made by whoever wrote it.")
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="messages")
    origin = models.CharField(max_length=10, choices=Origin, help_text="Whose side wrote it.")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=LONGEST_MESSAGE)
    written_at = models.DateTimeField(help_text="By the writer's clock, never later than ours.")
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="messages_say_something"),
            models.CheckConstraint(condition=Q(written_at__lte=F("received_at")), name="messages_written_first"),
            models.CheckConstraint(condition=Q(written_at__range=MOMENTS), name="messages_written_at_a_moment"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="read_messages_name_the_reader",
            ),
            models.UniqueConstraint(fields=["patient", "received_at"], name="messages_one_after_the_other"),
        ]
        indexes = [
            models.Index(fields=["patient", "received_at"], condition=Q(read_at__isnull=True), name="unread_messages"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
