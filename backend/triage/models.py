import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Q, Value, When


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
    escalate_at = models.DateTimeField(null=True, help_text="When the next person is told; empty once acknowledged.")
    escalated_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    resolved_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)

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
        ]
        indexes = [
            models.Index(
                fields=["clinic", "-urgency_rank", "due_at", "id"],
                condition=~Q(state="resolved"),
                name="worklist",
            ),
            models.Index(fields=["escalate_at"], condition=Q(state="open"), name="alerts_to_escalate"),
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

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    detail = models.CharField(max_length=2000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["alert", "at"], name="events_of_an_alert")]


class Contact(models.Model):
    """A call, message or visit with its coded outcome: about an alert, for a work item, or about neither.

    Example: Joan spoke with Maria at 09:33; next: Dr. Okafor calls her on 15 May.
    """

    class Outcome(models.TextChoices):
        SPOKE_WITH_PATIENT = "spoke_with_patient"
        MESSAGE_LEFT = "message_left"
        VISIT_BOOKED = "visit_booked"
        SENT_TO_EMERGENCY_CARE = "sent_to_emergency_care"
        PRESCRIBER_INFORMED = "prescriber_informed"
        COULD_NOT_REACH = "could_not_reach"
        NO_ACTION_NEEDED = "no_action_needed"

    KEEPS_OPEN = (Outcome.MESSAGE_LEFT, Outcome.COULD_NOT_REACH)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, null=True, on_delete=models.PROTECT, related_name="contacts")
    work_item = models.ForeignKey("WorkItem", null=True, on_delete=models.PROTECT, related_name="contacts")
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="contacts")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=30, choices=Outcome)
    note = models.CharField(max_length=2000, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True)
    grade = models.PositiveSmallIntegerField(null=True, help_text="CTCAE grade as the clinician confirmed it.")
    resolves = models.BooleanField()
    guide = models.JSONField(default=dict, help_text="Question of the call guide to yes or no; unanswered is absent.")
    dose_decision = models.ForeignKey("care.DoseDecision", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="no_action_needed") | ~Q(note=""), name="no_action_needed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(resolves=False) | ~Q(outcome__in=["message_left", "could_not_reach"]),
                name="only_an_answer_resolves",
            ),
            models.CheckConstraint(condition=Q(grade__isnull=True) | Q(grade__lte=4), name="contact_grade_0_to_4"),
            models.CheckConstraint(
                condition=Q(alert__isnull=True) | Q(work_item__isnull=True), name="contact_about_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(alert__isnull=False), name="grades_belong_to_an_alert"
            ),
            models.CheckConstraint(
                condition=Q(guide={}) | Q(alert__isnull=False), name="guide_answers_belong_to_an_alert"
            ),
        ]
        indexes = [models.Index(fields=["patient", "-at"], name="contacts_of_a_patient")]


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


class Snooze(models.Model):
    """A symptom that needs nobody while it stays as a nurse expects. Anything worse ends it at once.

    Example: Maria's diarrhea, grade 1 or less expected until 18 May, snoozed by Joan on 11 May at 09:40.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="snoozes")
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="snoozes")
    symptom = models.CharField(max_length=60)
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="snooze")
    expected_grade = models.PositiveSmallIntegerField(help_text="CTCAE grade; this or less is expected.")
    until = models.DateField(help_text="The last day, on the patient's calendar.")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When something worse, or somebody, ended it.")
    ended_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "symptom"], condition=Q(ended_at__isnull=True), name="one_snooze_per_symptom"
            ),
            models.CheckConstraint(condition=Q(expected_grade__lte=3), name="grade_4_is_never_expected"),
        ]

    def __str__(self) -> str:
        return f"until {self.until}, grade {self.expected_grade} or less"


class ConfirmedGrade(models.Model):
    """The CTCAE grade a clinician found for a symptom of a patient on one day. A later one supersedes it; it stays.

    Example: Maria's diarrhea of 14 May, grade 2, confirmed by Joan at 09:35; the estimate was 2.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="confirmed_grades")
    symptom = models.CharField(max_length=60)
    day = models.DateField(help_text="On the patient's calendar.")
    grade = models.PositiveSmallIntegerField()
    estimate = models.PositiveSmallIntegerField(null=True, help_text="The estimated grade it answers, if known.")
    note = models.CharField(max_length=2000, blank=True)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    alert = models.ForeignKey(Alert, null=True, on_delete=models.PROTECT, related_name="confirmed_grades")
    contact = models.OneToOneField(Contact, null=True, on_delete=models.PROTECT, related_name="confirmed_grade")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "symptom", "day"],
                condition=Q(superseded_at__isnull=True),
                name="one_standing_grade_per_symptom_and_day",
            ),
            models.CheckConstraint(condition=Q(grade__lte=4), name="confirmed_grade_0_to_4"),
        ]


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
