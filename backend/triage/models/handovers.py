"""What is open, passed on at the end of a shift."""

import uuid

from django.db import models
from django.db.models import Q

from .alerts import Alert


class Handover(models.Model):
    """What one nurse has open, offered with notes to a colleague at the end of a shift. Nothing changes hands before it
    is accepted.

    Example: Joan offered three alerts to Priya on 14 May at 18:50; Priya accepted at 18:58.
    """

    class State(models.TextChoices):
        OFFERED = "offered"
        ACCEPTED = "accepted"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("care.Clinic", on_delete=models.PROTECT, related_name="handovers")
    offered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    offered_to = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When it was accepted or withdrawn.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offered_by"], condition=Q(state="offered"), name="one_handover_offered_by_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(offered_by=models.F("offered_to")), name="handovers_are_between_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state="offered", ended_at__isnull=True) | ~Q(state="offered") & Q(ended_at__isnull=False),
                name="ended_handovers_say_when",
            ),
        ]
        indexes = [models.Index(fields=["offered_to"], condition=Q(state="offered"), name="handovers_waiting")]


class HandoverAlert(models.Model):
    """One alert in a handover, with what the nurse says about it.

    Example: Maria's diarrhea: "Call her at 15:00, she was out." It passed to Priya.
    """

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="alerts")
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=2000, blank=True)
    passed = models.BooleanField(default=False, help_text="It changed hands: it was still open and still hers.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "alert"], name="an_alert_once_in_a_handover")]
