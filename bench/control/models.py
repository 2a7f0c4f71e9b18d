from django.conf import settings
from django.db import models


class Log(models.Model):
    """A daily log with a column for each answer.

    Example: 14 May, 8 stools, 152/96 mmHg.
    """

    id = models.UUIDField(primary_key=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    day = models.DateField()
    stools = models.PositiveSmallIntegerField()
    systolic = models.PositiveSmallIntegerField()
    diastolic = models.PositiveSmallIntegerField()
    second_systolic = models.PositiveSmallIntegerField()
    second_diastolic = models.PositiveSmallIntegerField()
    skin_change = models.CharField(max_length=20)
    pain = models.CharField(max_length=20)
    fatigue = models.BooleanField()
    adherence = models.CharField(max_length=40)
    weight = models.FloatField()
    note = models.TextField(blank=True)
    received_at = models.DateTimeField(auto_now_add=True)


class Alert(models.Model):
    """A log that crossed a threshold.

    Example: the log of 14 May.
    """

    log = models.ForeignKey(Log, on_delete=models.CASCADE)
    raised_at = models.DateTimeField(auto_now_add=True)
