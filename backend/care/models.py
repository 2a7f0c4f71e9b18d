import uuid
from datetime import timedelta
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class Clinic(models.Model):
    """A clinic, its clock and its telephone numbers.

    Example: Riverside Oncology, America/New_York, care line 555 0142, emergency 911.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60)
    care_line = models.CharField(max_length=30, help_text="Answered 24 hours a day.")
    emergency_number = models.CharField(max_length=10)
    region = models.CharField(max_length=2, default="US", help_text="Whose label texts apply: US or EU.")
    out_of_hours_line = models.CharField(
        max_length=30, blank=True, help_text="To call while the clinic is closed; the care line where it is empty."
    )

    def __str__(self) -> str:
        return self.name


class CareTeam(models.Model):
    """Who answers for a group of patients, in the order of escalation.

    Example: Joan first, then Priya, then Dr. Okafor on call.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="care_teams")
    name = models.CharField(max_length=120)
    nurse = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    second_nurse = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    on_call = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.name


class Patient(models.Model):
    """A person in treatment, with the baseline their answers are compared with.

    Example: Maria, 1 stool a day, 126/78 mmHg, America/New_York, active.
    """

    class Status(models.TextChoices):
        ACTIVE = "active"
        WITHDRAWN = "withdrawn"
        DIED = "died"
        TRANSFERRED = "transferred"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField("accounts.Person", on_delete=models.PROTECT, related_name="patient")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    care_team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="patients")
    birth_on = models.DateField()
    time_zone = models.CharField(max_length=60)
    language = models.CharField(max_length=10, default="en")
    usual_stools = models.PositiveSmallIntegerField(null=True, help_text="Stools in 24 hours before treatment.")
    usual_systolic = models.PositiveSmallIntegerField(null=True, help_text="mmHg")
    usual_diastolic = models.PositiveSmallIntegerField(null=True, help_text="mmHg")
    usual_weight = models.DecimalField(null=True, max_digits=4, decimal_places=1, help_text="kg")
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    status_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(usual_diastolic__isnull=True)
                | Q(usual_systolic__isnull=True)
                | Q(usual_diastolic__lt=F("usual_systolic")),
                name="usual_diastolic_below_systolic",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def baseline(self) -> dict[str, Any]:
        """The baseline as the evaluator reads it: stools_per_day, systolic and diastolic in mmHg, weight in kg."""
        return {
            "stools_per_day": self.usual_stools,
            "systolic": self.usual_systolic,
            "diastolic": self.usual_diastolic,
            "weight": None if self.usual_weight is None else float(self.usual_weight),
        }


class TreatmentsThatCount(models.Manager["Treatment"]):
    """Every treatment but those recorded by mistake and taken back."""

    def get_queryset(self) -> models.QuerySet["Treatment"]:
        """Treatments that are or were."""
        return super().get_queryset().filter(taken_back_at__isnull=True)


class Treatment(models.Model):
    """One drug of one patient, from its first day to its last, with the dose it began with.

    The dose is a level of the label's ladder for one `use` (backend/protocol/doses), or another one in words.

    Example: sorafenib 400 mg twice a day since 22 April, level 0 of "US: liver or kidney cancer".
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="treatments")
    drug = models.CharField(max_length=40)
    use = models.CharField(max_length=40, blank=True, help_text="Whose ladder of doses counts; empty: none.")
    dose = models.CharField(max_length=120)
    level = models.SmallIntegerField(null=True, help_text="0 is the label's starting dose; empty: another dose.")
    mg_a_day = models.DecimalField(null=True, max_digits=7, decimal_places=2, help_text="Of another dose, if known.")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, help_text="The last day of the treatment.")
    taken_back_at = models.DateTimeField(null=True, help_text="Recorded by mistake: it never was.")

    objects = TreatmentsThatCount()
    recorded = models.Manager["Treatment"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(ended_on__isnull=True),
                name="one_running_treatment_per_patient",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="treatment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(ended_on__isnull=False),
                name="what_was_taken_back_does_not_run",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(mg_a_day__isnull=True) & ~Q(use=""),
                name="treatment_levels_belong_to_a_ladder",
            ),
        ]


class DoseDecision(models.Model):
    """What a clinician decided about the dose, and why. Handhold never decides.

    It counts from `effective_on`, the first day of what was decided: the first day on hold, at the lower dose, or
    without the drug. Rows are only ever added; a wrong one is taken back by a `Withdrawal`.

    Example: hold until grade 1, decided by Dr. Okafor on 14 May, recorded by Joan.
    """

    class Kind(models.TextChoices):
        START = "start"
        NO_CHANGE = "no_change"
        HOLD = "hold"
        REDUCTION = "reduction"
        INCREASE = "increase"
        RESUMPTION = "resumption"
        STOP = "stop"
        SWITCH = "switch"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="dose_decisions")
    kind = models.CharField(max_length=20, choices=Kind)
    dose = models.CharField(max_length=120, blank=True)
    level = models.SmallIntegerField(null=True, help_text="Of the treatment's ladder; empty: another dose, or none.")
    mg_a_day = models.DecimalField(null=True, max_digits=7, decimal_places=2, help_text="Of another dose, if known.")
    reason = models.CharField(max_length=2000)
    effective_on = models.DateField()
    decided_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    led_to = models.OneToOneField(Treatment, null=True, on_delete=models.PROTECT, related_name="began_with")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="dose_decisions_say_why"),
            models.CheckConstraint(
                condition=Q(kind="switch", led_to__isnull=False) | ~Q(kind="switch") & Q(led_to__isnull=True),
                name="a_switch_leads_to_a_treatment",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(mg_a_day__isnull=True), name="a_level_knows_its_mg"
            ),
        ]


class Withdrawal(models.Model):
    """A dose decision was recorded by mistake: who took it back, when and why. Rows are only ever added.

    Example: the hold of 14 May was meant for another patient, taken back by Joan at 10:02.
    """

    decision = models.OneToOneField(DoseDecision, primary_key=True, on_delete=models.PROTECT, related_name="withdrawal")
    why = models.CharField(max_length=2000)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="withdrawals_say_why")]


class Consent(models.Model):
    """The patient agreed to use Handhold, by a version of the clinic's consent text, until they withdraw.

    Example: Maria, given on 20 April by text 2026-03, recorded by Joan.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    text_version = models.CharField(max_length=40, help_text="As printed on the clinic's form.")
    given_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True)
    withdrawal_recorded_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawal_recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(withdrawn_on__isnull=True), name="one_consent_per_patient"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_is_withdrawn_after_it_was_given",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawal_recorded_by__isnull=False),
                name="a_withdrawn_consent_names_who_recorded_it",
            ),
        ]


class ProtocolAdoption(models.Model):
    """A clinic uses one version of a protocol for a drug, from a moment on.

    Example: Riverside Oncology uses sorafenib 1 since 1 May, adopted by Ada, not signed.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="adoptions")
    drug = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    adopted_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()
    signed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "drug"],
                condition=Q(replaced_at__isnull=True),
                name="one_protocol_per_clinic_and_drug",
            )
        ]


class Shift(models.Model):
    """One person in one place of the escalation, from one moment to another.

    Entered as clock times of the clinic and kept as moments, so that a night on which clocks change keeps its ends.

    Example: Joan is the nurse of Riverside Oncology on 14 May from 07:00 to 19:00.
    """

    class Place(models.TextChoices):
        NURSE = "nurse"
        SECOND_NURSE = "second_nurse"
        ON_CALL = "on_call"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="shifts")
    place = models.CharField(max_length=20, choices=Place)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_shift_per_place_at_a_time",
                expressions=[
                    ("clinic", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shifts_end_after_they_start"),
            models.CheckConstraint(
                condition=Q(ends_at__lte=F("starts_at") + timedelta(hours=25)),
                name="shifts_last_a_day_at_most",
            ),
        ]
        indexes = [models.Index(fields=["clinic", "ends_at"], name="shifts_of_a_clinic")]


class OpeningHours(models.Model):
    """When a clinic is open on one day of the week, by its own clock. A weekday without a row is closed.

    Closing at or before opening means on the following day: 00:00 is midnight.

    Example: Riverside Oncology, Monday, 08:00 to 17:00.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday, 6 is Sunday.")
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "weekday"], name="one_row_of_hours_per_weekday"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekdays_are_0_to_6"),
        ]


class Holiday(models.Model):
    """A day on which a clinic does not open, whatever its hours.

    Example: Riverside Oncology, 26 November, Thanksgiving.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "day"], name="one_holiday_per_day")]
