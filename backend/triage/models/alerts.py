"""What waits for a nurse, what fed it, and what happened to it."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.expressions import RawSQL

from .judged import RANKS, Assessment, Urgency


class Alerts(models.QuerySet["Alert"]):
    """Alerts, and those among them that still wait."""

    def live(self) -> Self:
        """Those that are not resolved. The word stands in the text of the statement, not beside it as a value: so the
        plan that PostgreSQL keeps can use the worklist's own index, and is not made anew for each request."""
        return self.exclude(state=RawSQL("'resolved'", (), models.CharField()))


class Alert(models.Model):
    """A symptom of one patient that waits for a nurse, with every flag that fed it.

    Example: diarrhea, contact_today, raised 3 May 08:12 by two flags, acknowledged by Joan at 08:20.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ACKNOWLEDGED = "acknowledged"
        RESOLVED = "resolved"

    class Change(models.TextChoices):
        NEW = "new"
        WORSE = "worse"
        REPEAT = "repeat"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("care.Clinic", on_delete=models.PROTECT, related_name="alerts")
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="alerts")
    symptom = models.CharField(max_length=60)
    urgency = models.CharField(max_length=20, choices=Urgency)
    urgency_rank = models.GeneratedField(
        expression=Case(*[When(urgency=word, then=Value(rank)) for word, rank in RANKS.items()], default=Value(0)),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    change = models.CharField(max_length=10, choices=Change, default=Change.NEW)
    day = models.DateField(help_text="The day of the latest log that fed it.")
    rule = models.CharField(max_length=60)
    protocol = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    detail = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=500)
    tags = ArrayField(models.CharField(max_length=40), default=list)
    grade = models.PositiveSmallIntegerField(null=True, help_text="Estimated grade of the latest flag.")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_minutes = models.PositiveIntegerField()
    escalation_level = models.PositiveSmallIntegerField(default=0)
    escalate_at = models.DateTimeField(
        null=True, help_text="When the next person is told; empty once a contact is recorded."
    )
    escalated_at = models.DateTimeField(null=True)
    passed_on_from = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="Who had it when its time was up without a contact.",
    )  # fmt: skip
    acknowledged_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    resolved_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    objects = Alerts.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "symptom"],
                condition=~Q(state="resolved"),
                name="one_live_alert_per_symptom",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(acknowledged_by__isnull=False),
                name="acknowledged_alerts_name_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved") | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="resolved_alerts_name_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(escalate_at__isnull=False), name="open_alerts_have_a_clock"
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved") | Q(escalate_at__isnull=True), name="resolved_alerts_have_no_clock"
            ),
        ]
        indexes = [
            models.Index(
                fields=["clinic", "-urgency_rank", "due_at", "id"],
                condition=~Q(state="resolved"),
                name="worklist",
            ),
            models.Index(fields=["escalate_at"], condition=Q(escalate_at__isnull=False), name="alerts_to_escalate"),
            models.Index(fields=["patient", "symptom", "-resolved_at"], name="alerts_of_a_symptom"),
            models.Index(fields=["clinic", "-resolved_at"], condition=Q(state="resolved"), name="resolved_alerts"),
        ]


class Flag(models.Model):
    """One rule that fired on one log, with the facts that made it.

    Example: diarrhea_3 on Maria's log of 14 May: stools 8, usual 1.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="flags")
    log = models.ForeignKey("diary.DailyLog", on_delete=models.CASCADE, related_name="flags")
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="flags")
    rule = models.CharField(max_length=60)
    symptom = models.CharField(max_length=60)
    urgency = models.CharField(max_length=20, choices=Urgency)
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    reason = models.CharField(max_length=500)
    source = models.CharField(max_length=500)
    flagged_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "rule", "symptom"], name="one_flag_per_log_and_rule")]


class AlertEvent(models.Model):
    """Something that happened to an alert. Rows are only ever added.

    Example: escalated to Priya at 12:12.
    """

    class Kind(models.TextChoices):
        RAISED = "raised"
        FED = "fed"
        WORSENED = "worsened"
        HELD_BACK = "held_back"
        ACKNOWLEDGED = "acknowledged"
        ASSIGNED = "assigned"
        ESCALATED = "escalated"
        PATIENT_TOLD = "patient_told_to_call"
        CONTACT = "contact_recorded"
        RESOLVED = "resolved"
        REOPENED = "reopened"
        SNOOZED = "snoozed"
        SNOOZE_ENDED = "snooze_ended"
        CANNOT_WAIT = "cannot_wait"
        CORRECTED = "corrected"
        TAKEN_BACK = "taken_back"
        UNDONE = "undone"

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    detail = models.CharField(max_length=2000, blank=True)
    day = models.DateField(null=True, help_text="Of the log that was corrected.")

    class Meta:
        indexes = [models.Index(fields=["alert", "at"], name="events_of_an_alert")]
