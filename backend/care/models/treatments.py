"""A drug over time, and what was decided about its dose."""

import uuid

from django.db import models
from django.db.models import F, Q

from .patients import Patient


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
