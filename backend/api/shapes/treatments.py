"""A patient's treatments with their decisions, figures and gaps; the doses to choose from; consent."""

from rest_framework import serializers as s

from backend.care.models import DoseDecision
from backend.triage.course import INTENDS
from backend.triage.models import Alert, Contact

GAPS = [("hold", "Hold"), ("reported_stop", "Reported stop"), ("reported_hold", "Reported hold")]
STILL = [(one, one) for one in ("yes", "on_hold", "stopped_by_patient", "ended", "not_known", "not_yet")]


class LevelShape(s.Serializer):
    level = s.IntegerField(help_text="0 is the label's starting dose.")
    words = s.CharField()
    mg_a_day = s.FloatField()


class UseShape(s.Serializer):
    id = s.CharField()
    words = s.CharField()
    verified = s.BooleanField(help_text="False: show it as not verified.")
    source = s.CharField()  # type: ignore[assignment]
    days_on = s.IntegerField()
    days_off = s.IntegerField(help_text="0: every day.")
    levels = LevelShape(many=True)


class DrugShape(s.Serializer):
    drug = s.CharField()
    uses = UseShape(many=True)


class WithdrawalShape(s.Serializer):
    by = s.CharField()
    at = s.DateTimeField()
    why = s.CharField()


class DoseDecisionShape(s.Serializer):
    id = s.UUIDField()
    kind = s.ChoiceField(DoseDecision.Kind.choices)
    dose = s.CharField()
    level = s.IntegerField(allow_null=True)
    drug = s.CharField(allow_null=True, help_text="Of a switch: the drug it led to.")
    effective_on = s.DateField()
    reason = s.CharField()
    decided_by = s.CharField()
    recorded_by = s.CharField()
    recorded_at = s.DateTimeField()
    withdrawn = WithdrawalShape(allow_null=True)


class SpanShape(s.Serializer):
    first = s.DateField()
    last = s.DateField(allow_null=True)
    dose = s.CharField()
    level = s.IntegerField(allow_null=True)
    mg_a_day = s.FloatField(allow_null=True, help_text="On average, days off counted; empty: known in words only.")
    held = s.BooleanField()


class ShareShape(s.Serializer):
    share = s.FloatField(allow_null=True, help_text="Of the label's starting dose; 1 is all of it.")
    taken_mg = s.FloatField()
    planned_mg = s.FloatField()
    days = s.IntegerField()
    days_not_known = s.IntegerField(help_text="In neither sum.")


class FiguresShape(s.Serializer):
    days = s.IntegerField()
    days_on_hold = s.IntegerField()
    days_on_drug = s.IntegerField()
    prescribed = ShareShape()
    reported = ShareShape()


class DoseGapShape(s.Serializer):
    kind = s.ChoiceField(GAPS)
    first = s.DateField()
    last = s.DateField(allow_null=True)
    days = s.IntegerField()
    why = s.CharField()
    unanswered = s.IntegerField()


class CourseShape(s.Serializer):
    id = s.UUIDField()
    drug = s.CharField()
    use = UseShape(allow_null=True)
    started_on = s.DateField()
    ended_on = s.DateField(allow_null=True)
    seen = s.UUIDField(allow_null=True, help_text="The decision recorded last; send it back with the next one.")
    spans = SpanShape(many=True)
    decisions = DoseDecisionShape(many=True)
    figures = FiguresShape()
    gaps = DoseGapShape(many=True)


class StillShape(s.Serializer):
    days = s.IntegerField()
    answer = s.ChoiceField(STILL)


class IntentionShape(s.Serializer):
    day = s.DateField()
    rule = s.ChoiceField([(one, one) for one in INTENDS])
    reason = s.CharField(allow_null=True)
    alert = s.UUIDField()
    state = s.ChoiceField(Alert.State.choices)
    outcome = s.ChoiceField(Contact.Outcome.choices, allow_null=True)
    contact_by = s.CharField(allow_null=True)
    contact_at = s.DateTimeField(allow_null=True)
    decision = s.ChoiceField(DoseDecision.Kind.choices, allow_null=True)
    decision_on = s.DateField(allow_null=True)
    still_on_drug = StillShape(many=True)


class ConsentShape(s.Serializer):
    id = s.UUIDField()
    text_version = s.CharField()
    given_on = s.DateField()
    recorded_by = s.CharField()
    withdrawn_on = s.DateField(allow_null=True)


class TreatmentsShape(s.Serializer):
    name = s.CharField()
    today = s.DateField()
    planned_until = s.DateField(help_text="The last day a decision may be dated.")
    treatments = CourseShape(many=True)
    intentions = IntentionShape(many=True)
    drugs = DrugShape(many=True)
    consents = ConsentShape(many=True)
