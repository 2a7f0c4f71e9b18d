"""How urgent a log is, and what a protocol says about it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Urgency(models.TextChoices):
    """How soon the patient and the care team have to speak."""

    SELF_CARE = "self_care"
    CONTACT_24H = "contact_24h"
    CONTACT_TODAY = "contact_today"
    EMERGENCY = "emergency"


RANKS = {Urgency.SELF_CARE: 0, Urgency.CONTACT_24H: 1, Urgency.CONTACT_TODAY: 2, Urgency.EMERGENCY: 3}


class Assessment(models.Model):
    """What one protocol version says about one log. A changed judgment is a new row; the old one stays.

    Example: 14 May, sorafenib 1: contact_today, diarrhea estimated grade 3 in CTCAE v5 and v6.
    """

    log = models.ForeignKey("diary.DailyLog", on_delete=models.CASCADE, related_name="assessments")
    protocol = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    urgency = models.CharField(max_length=20, choices=Urgency)
    grades_ctcae5 = models.JSONField()
    grades_ctcae6 = models.JSONField()
    rules = ArrayField(models.CharField(max_length=60))
    assessed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["log"], condition=Q(superseded_at__isnull=True), name="one_current_assessment_per_log"
            )
        ]
