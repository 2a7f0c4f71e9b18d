"""The patients of a clinic, one of them, and their logged days."""

from rest_framework import serializers as s

from backend.care.models import DoseDecision, Patient

from .alerts import AlertShape, ContactShape, SnoozeShape
from .logs import Facts
from .names import URGENCIES, MayBeUnreadable, ProtocolName
from .photos import PhotoShape
from .treatments import ConsentShape


class PatientRow(MayBeUnreadable):
    id = s.UUIDField()
    name = s.CharField()
    age = s.IntegerField()
    drug = s.CharField(allow_null=True)
    treatment_day = s.IntegerField(allow_null=True)
    last_log_on = s.DateField(allow_null=True)
    open_alerts = s.IntegerField()
    urgency = s.ChoiceField(URGENCIES, allow_null=True, help_text="Of the most urgent live alert.")


class PatientPage(s.Serializer):
    results = PatientRow(many=True)
    next = s.CharField(allow_null=True)


class BaselineShape(s.Serializer):
    stools_per_day = s.IntegerField(allow_null=True)
    systolic = s.IntegerField(allow_null=True)
    diastolic = s.IntegerField(allow_null=True)
    weight = s.FloatField(allow_null=True)


class TreatmentShape(s.Serializer):
    drug = s.CharField()
    dose = s.CharField()
    started_on = s.DateField()
    ended_on = s.DateField(allow_null=True)
    held_since = s.DateField(allow_null=True, help_text="The first day of the hold that goes on.")


class DecisionShape(s.Serializer):
    kind = s.ChoiceField(DoseDecision.Kind.choices)
    drug = s.CharField(help_text="Of the treatment it is about.")
    dose = s.CharField()
    effective_on = s.DateField()
    decided_by = s.CharField()
    reason = s.CharField()


class GradeShape(s.Serializer):
    id = s.UUIDField()
    symptom = s.CharField()
    day = s.DateField()
    grade = s.IntegerField()
    estimate = s.IntegerField(allow_null=True, help_text="The estimated grade it answers; null where it is not known.")
    note = s.CharField()
    by = s.CharField()
    at = s.DateTimeField()
    superseded_at = s.DateTimeField(allow_null=True, help_text="When a later grade of that day took its place.")


class ProtocolStatus(ProtocolName):
    signature = s.CharField(allow_null=True)


class WholePatient(s.Serializer):
    id = s.UUIDField()
    name = s.CharField()
    birth_on = s.DateField()
    age = s.IntegerField()
    phone = s.CharField()
    time_zone = s.CharField()
    language = s.CharField()
    status = s.ChoiceField(Patient.Status.choices)
    baseline = BaselineShape()
    treatment = TreatmentShape(allow_null=True)
    consent = ConsentShape(allow_null=True, help_text="The newest one; it may be withdrawn.")
    treatment_day = s.IntegerField(allow_null=True)
    dose_decisions = DecisionShape(many=True)
    alerts = AlertShape(many=True)
    contacts = ContactShape(many=True)
    snoozes = SnoozeShape(many=True, help_text="Those that run.")
    grades = GradeShape(many=True, help_text="Clinicians' grades, newest first, superseded ones too.")
    protocol = ProtocolStatus()


class DayShape(MayBeUnreadable):
    id = s.UUIDField()
    day = s.DateField()
    received_at = s.DateTimeField()
    facts = Facts()
    urgency = s.ChoiceField(URGENCIES)
    grades_ctcae5 = s.DictField(child=s.JSONField())
    grades_ctcae6 = s.DictField(child=s.JSONField())
    rules = s.ListField(child=s.CharField())
    photos = PhotoShape(many=True)


class Days(s.Serializer):
    first = s.DateField()
    last = s.DateField()
    results = DayShape(many=True)
