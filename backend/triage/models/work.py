"""What a nurse has to do that no log asked for."""

import uuid

from django.db import models
from django.db.models import Q

from .contacts import Contact


class WorkItem(models.Model):
    """Something a nurse has to do for a patient that no log asked for, with an owner, a day and an end.

    Example: the call of Chen Wei's first week of treatment, due on 12 May; Joan has it.
    """

    class Kind(models.TextChoices):
        PROACTIVE_CALL = "proactive_call"
        FOLLOW_UP = "follow_up"
        UNREAD_MESSAGES = "unread_messages"
        PATIENT_NOT_REACHED = "patient_not_reached"
        TEAM_NOT_REACHED = "team_not_reached"
        PATIENT_CALLED = "patient_called"

    ONE_AT_A_TIME = (Kind.UNREAD_MESSAGES, Kind.PATIENT_NOT_REACHED, Kind.TEAM_NOT_REACHED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("care.Clinic", on_delete=models.PROTECT, related_name="work_items")
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="work_items")
    kind = models.CharField(max_length=30, choices=Kind)
    occasion = models.CharField(max_length=80, unique=True, help_text="Found twice, it is one work item.")
    week = models.PositiveSmallIntegerField(null=True, help_text="Week of treatment a proactive call is for.")
    promised_in = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, related_name="+", help_text="The contact that set the next step."
    )
    begins_on = models.DateField(help_text="From this day of the clinic's calendar on it is on the worklist.")
    due_on = models.DateField(help_text="The last day it may wait.")
    created_at = models.DateTimeField()
    assigned_to = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "kind"],
                condition=Q(done_at__isnull=True)
                & Q(kind__in=["unread_messages", "patient_not_reached", "team_not_reached"]),
                name="one_live_work_item_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("begins_on")), name="work_items_end_after_start"),
            models.CheckConstraint(
                condition=~Q(kind="proactive_call") | Q(week__isnull=False), name="proactive_calls_name_a_week"
            ),
            models.CheckConstraint(
                condition=~Q(kind="follow_up") | Q(promised_in__isnull=False), name="follow_ups_name_a_contact"
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "due_on", "id"], condition=Q(done_at__isnull=True), name="work_items_to_do"),
            models.Index(fields=["patient", "kind", "-created_at"], name="work_items_of_a_patient"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} due {self.due_on}"
