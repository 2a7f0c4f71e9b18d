from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from backend.protocol.moment import MOMENTS


class DailyLog(models.Model):
    """What a patient reported for one calendar day, as it was sent. A correction is a new row.

    `day` is the patient's calendar day as the phone showed it; it is never converted. A row whose `flagged_at` is
    empty waits to be flagged: the waiting rows are the queue.

    Example: Maria, 14 May, revision 1, 8 stools, received 08:12, flagged 08:12.
    """

    id = models.UUIDField(primary_key=True, help_text="Made by the phone.")
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="logs")
    day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content; the same id must keep it.")
    answer = models.JSONField(encoder=DjangoJSONEncoder, help_text="Assessment and advice as answered on receipt.")
    shown = models.JSONField(null=True, help_text="Protocol, urgency and rules as the phone showed them.")
    phone_agrees = models.BooleanField(null=True, help_text="Whether the phone showed what the server found.")
    written_at = models.DateTimeField(null=True, help_text="By the phone's clock.")
    received_at = models.DateTimeField()
    sent_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)
    flagged_at = models.DateTimeField(null=True)
    flag_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "day"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_log_per_day",
            ),
            models.CheckConstraint(
                condition=Q(revision=1, corrects__isnull=True) | Q(revision__gt=1, corrects__isnull=False),
                name="corrections_name_what_they_correct",
            ),
            models.CheckConstraint(condition=Q(written_at__range=MOMENTS), name="logs_written_at_a_moment"),
        ]
        indexes = [
            models.Index(
                fields=["flag_attempts", "received_at"],
                condition=Q(flagged_at__isnull=True, superseded_at__isnull=True),
                name="waiting_logs",
            )
        ]


class BloodPressureReading(models.Model):
    """One measurement of a daily log, in the order taken. Pressures in mmHg.

    Example: 152 over 96, first of 14 May, typed.
    """

    class Source(models.TextChoices):
        TYPED = "typed"
        CUFF = "cuff"

    log = models.ForeignKey(DailyLog, on_delete=models.CASCADE, related_name="readings")
    position = models.PositiveSmallIntegerField()
    systolic = models.PositiveSmallIntegerField()
    diastolic = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.TYPED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "position"], name="one_reading_per_position"),
            models.CheckConstraint(condition=Q(diastolic__lt=F("systolic")), name="diastolic_below_systolic"),
            models.CheckConstraint(condition=Q(systolic__range=(60, 260)), name="systolic_in_range"),
            models.CheckConstraint(condition=Q(diastolic__range=(30, 160)), name="diastolic_in_range"),
            models.CheckConstraint(condition=Q(taken_at__range=MOMENTS), name="readings_taken_at_a_moment"),
        ]


class Photo(models.Model):
    """A picture of hands or feet that a patient sent with a log: being received, or complete.

    Its bytes are in a private folder under `file_name`; `size` is what the phone said it would send, `received` how
    much of that has come, `digest` the SHA-256 of what is kept once it is complete.

    Example: hands, first of Maria's log of 14 May, JPEG, 214,330 bytes, all received, complete 08:13.
    """

    class Part(models.TextChoices):
        HANDS = "hands"
        FEET = "feet"

    class ContentType(models.TextChoices):
        JPEG = "image/jpeg"
        WEBP = "image/webp"
        PNG = "image/png"

    id = models.UUIDField(primary_key=True, help_text="Made by the phone.")
    log = models.ForeignKey(DailyLog, on_delete=models.PROTECT, related_name="photos")
    place = models.PositiveSmallIntegerField(help_text="1 to 4: a log has so many places.")
    part = models.CharField(max_length=10, choices=Part)
    content_type = models.CharField(max_length=20, choices=ContentType)
    size = models.PositiveIntegerField(help_text="In bytes, as announced.")
    received = models.PositiveIntegerField(default=0, help_text="In bytes.")
    digest = models.CharField(max_length=64, default="", blank=True)
    file_name = models.CharField(max_length=32, unique=True, help_text="Random.")
    begun_at = models.DateTimeField()
    complete_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "place"], name="one_photo_per_place"),
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="no_more_received_than_announced"),
            models.CheckConstraint(
                condition=Q(complete_at__isnull=True, digest="")
                | Q(complete_at__isnull=False, received=F("size")) & ~Q(digest=""),
                name="complete_photos_have_all_bytes",
            ),
        ]
        indexes = [
            models.Index(fields=["begun_at"], condition=Q(complete_at__isnull=True), name="unfinished_photos"),
        ]
