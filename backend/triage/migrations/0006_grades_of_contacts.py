"""Grades that were recorded with contacts before they had rows of their own: the grade of the alert's day."""

from django.db import migrations


def keep_grades_of_contacts(apps, schema_editor):
    """The latest of each symptom and day stands; the earlier ones are superseded when it came."""
    contacts = apps.get_model("triage", "Contact").objects.filter(grade__isnull=False).select_related("alert")
    grades = apps.get_model("triage", "ConfirmedGrade").objects
    for contact in contacts.order_by("at", "pk").iterator():
        alert = contact.alert
        of_day = {"patient_id": contact.patient_id, "symptom": alert.symptom, "day": alert.day}
        grades.filter(**of_day, superseded_at=None).update(superseded_at=contact.at)
        grades.create(
            **of_day, grade=contact.grade, note=contact.note, by_id=contact.by_id, at=contact.at, alert_id=alert.pk,
            contact_id=contact.pk,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("triage", "0006_grades_and_waiting")]

    operations = [migrations.RunPython(keep_grades_of_contacts, migrations.RunPython.noop)]
