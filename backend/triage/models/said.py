"""What a patient says after the advice: that they called, and whether it can wait."""

from django.db import models


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
