from django.db import models


class AuditEvent(models.Model):
    """Somebody looked at or changed one patient's data. Rows are only ever added; the database refuses the rest.

    Example: Joan viewed the logs of Maria at 09:31.
    """

    class Verb(models.TextChoices):
        VIEWED = "viewed"
        CHANGED = "changed"

    at = models.DateTimeField()
    person_id = models.UUIDField(null=True, help_text="Who; empty when the system itself did it.")
    patient_id = models.UUIDField()
    verb = models.CharField(max_length=10, choices=Verb)
    what = models.CharField(max_length=40, help_text="Such as log, alert, worklist. Never a value.")
    subject_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["patient_id", "-at"], name="audit_by_patient"),
            models.Index(fields=["person_id", "-at"], name="audit_by_person"),
        ]
