"""The call guide: what a nurse asks on the telephone, by symptom."""

from rest_framework import serializers as s


class QuestionShape(s.Serializer):
    id = s.CharField()
    sign = s.BooleanField(help_text="A warning sign: a Yes is judged by the protocol.")
    ask = s.CharField()
    yes = s.CharField()
    no = s.CharField()
    worry = s.ChoiceField(["yes", "no"], allow_null=True, help_text="The answer that worries where no rule judges it.")
    source = s.CharField()  # type: ignore[assignment]


class GuideShape(s.Serializer):
    id = s.CharField()
    symptoms = s.ListField(child=s.CharField(), help_text="None: for every other symptom.")
    rules = s.ListField(child=s.CharField(), help_text="Only for alerts one of these raised; none: for all.")
    questions = QuestionShape(many=True)


class CallGuideShape(s.Serializer):
    drug = s.CharField()
    signature = s.CharField(allow_null=True)
    guides = GuideShape(many=True, help_text="The first that fits is asked.")
