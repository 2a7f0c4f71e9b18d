"""Who is on duty when, and when the clinic is open."""

import uuid
from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from backend.protocol.moment import MOMENTS

from .clinics import Clinic


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
            models.CheckConstraint(
                condition=Q(starts_at__range=MOMENTS, ends_at__range=MOMENTS), name="shifts_run_at_moments"
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
