"""What an administrator sees of a patient: nothing about health."""

from rest_framework import serializers as s

from backend.care.models import Patient

from .treatments import ConsentShape


class TreatmentDays(s.Serializer):
    started_on = s.DateField()
    ended_on = s.DateField(allow_null=True)


class EnrollmentShape(s.Serializer):
    id = s.UUIDField()
    name = s.CharField()
    birth_on = s.DateField()
    age = s.IntegerField()
    phone = s.CharField()
    language = s.CharField()
    time_zone = s.CharField()
    status = s.ChoiceField(Patient.Status.choices)
    status_since = s.DateTimeField(allow_null=True)
    care_team = s.CharField()
    nurse = s.CharField()
    treatment = TreatmentDays(allow_null=True)
    consent = ConsentShape(allow_null=True)
    last_log_on = s.DateField(allow_null=True)
    last_contact_at = s.DateTimeField(allow_null=True, help_text="The last time somebody tried to reach the patient.")
