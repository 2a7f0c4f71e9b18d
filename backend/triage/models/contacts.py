"""What came of a contact: its outcome, a snooze agreed in it, a grade confirmed."""

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from backend.protocol.moment import MOMENTS

from .alerts import Alert


class NextStep(models.TextChoices):
    """What comes next, in a sentence of the texts that exists in every language."""

    CALL_AGAIN = "call_again"
    PRESCRIBER_CALLS = "prescriber_calls"
    PRESCRIBER_DECIDES = "prescriber_decides"
    COME_TO_CLINIC = "come_to_clinic"
    GO_TO_EMERGENCY = "go_to_emergency"
    MEASURE_PRESSURE = "measure_pressure"
    USE_CREAM = "use_cream"
    USE_SYMPTOM_MEDICINE = "use_symptom_medicine"
    LOG_AS_BEFORE = "log_as_before"


NEEDS_DAY = (NextStep.CALL_AGAIN, NextStep.PRESCRIBER_CALLS, NextStep.COME_TO_CLINIC)
"""A promise without a day is nothing to be held to."""


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
    TRIED_TO_REACH = (
        Outcome.SPOKE_WITH_PATIENT, Outcome.MESSAGE_LEFT, Outcome.VISIT_BOOKED, Outcome.SENT_TO_EMERGENCY_CARE,
        Outcome.COULD_NOT_REACH,
    )  # fmt: skip
    """Somebody reached the patient or tried to. Any of these stops the clock of an alert."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, null=True, on_delete=models.PROTECT, related_name="contacts")
    work_item = models.ForeignKey("WorkItem", null=True, on_delete=models.PROTECT, related_name="contacts")
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="contacts")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=30, choices=Outcome)
    note = models.CharField(max_length=2000, blank=True)
    next_code = models.CharField(max_length=30, choices=NextStep, blank=True, default="")
    next_step = models.CharField(
        max_length=200, blank=True, help_text="The words of the code in English, or the nurse's own."
    )
    next_on = models.DateField(null=True, help_text="On the clinic's calendar.")
    next_at = models.DateTimeField(null=True, help_text="The hour on that day, where one was agreed.")
    grade = models.PositiveSmallIntegerField(null=True, help_text="CTCAE grade as the clinician confirmed it.")
    resolves = models.BooleanField()
    guide = models.JSONField(default=dict, help_text="Question of the call guide to yes or no; unanswered is absent.")
    set_aside = models.CharField(
        max_length=500, blank=True, default="", help_text="Why what the guide found needs nothing more."
    )
    dose_decision = models.ForeignKey("care.DoseDecision", null=True, on_delete=models.PROTECT, related_name="+")
    part_of = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="parts",
        help_text="The contact itself, where this is another alert it was also about.",
    )  # fmt: skip

    alert_before = models.JSONField(
        null=True, encoder=DjangoJSONEncoder, help_text="The alert before this contact resolved it, to undo it."
    )

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
            models.CheckConstraint(
                condition=Q(next_code="") | (Q(next_code__in=NextStep.values) & ~Q(next_step="")),
                name="coded_next_steps_are_known_and_have_words",
            ),
            models.CheckConstraint(
                condition=~Q(next_code__in=NEEDS_DAY) | Q(next_on__isnull=False), name="promises_have_a_day"
            ),
            models.CheckConstraint(
                condition=Q(next_at__isnull=True) | Q(next_on__isnull=False, next_at__range=MOMENTS),
                name="hour_of_a_next_step_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-at"], name="contacts_of_a_patient")]


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
