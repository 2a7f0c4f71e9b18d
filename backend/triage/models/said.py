"""What a patient says after the advice: that they called, and whether it can wait."""

from django.db import models
from django.db.models import Q

from backend.protocol.moment import MOMENTS


class CanWait(models.Model):
    """A patient's own word about whether a log that asks for a call can wait until the team calls.

    The last word counts. It changes no urgency and no clock.

    Example: at 08:13 Maria said that her log of 14 May cannot wait.
    """

    log = models.OneToOneField("diary.DailyLog", primary_key=True, on_delete=models.PROTECT, related_name="can_wait")
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="+")
    can_wait = models.BooleanField()
    said_at = models.DateTimeField(help_text="By the phone's clock, never later than the server's.")
    heard_at = models.DateTimeField(help_text="When the server heard this word.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(said_at__range=MOMENTS), name="can_wait_said_at_a_moment")]


class PatientCall(models.Model):
    """A patient says that they have called about one log, and later perhaps that somebody told them what to do.

    It never answers an alert: an alert ends with what a nurse records.

    Example: Maria called about her log of 14 May at 14:05; on 15 May at 08:10 she said that she was told what to do.
    """

    log = models.OneToOneField("diary.DailyLog", primary_key=True, on_delete=models.PROTECT, related_name="call")
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="calls")
    called_at = models.DateTimeField(help_text="By the phone's clock, never later than the server's.")
    reached_at = models.DateTimeField(null=True, help_text="When the patient said so, by the same clock.")
    heard_at = models.DateTimeField(help_text="When the server first heard of it.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(called_at__range=MOMENTS), name="patients_called_at_a_moment"),
            models.CheckConstraint(condition=Q(reached_at__range=MOMENTS), name="patients_reached_at_a_moment"),
        ]
