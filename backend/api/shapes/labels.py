"""What a drug's label says about its dose."""

from rest_framework import serializers as s


class DoseLevelsShape(s.Serializer):
    scope = s.CharField()
    levels = s.ListField(child=s.CharField())
    verified = s.BooleanField()
    source = s.CharField()  # type: ignore[assignment]


class LabelRowShape(s.Serializer):
    symptom = s.CharField()
    grades = s.ListField(child=s.IntegerField())
    when = s.CharField()
    occurrence = s.CharField()
    says = s.CharField()
    scope = s.CharField()
    verified = s.BooleanField(help_text="False: show it as not verified.")
    source = s.CharField()  # type: ignore[assignment]


class LabelShape(s.Serializer):
    drug = s.CharField()
    dose_levels = DoseLevelsShape(many=True)
    rows = LabelRowShape(many=True)
