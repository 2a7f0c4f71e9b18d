"""A daily log: the facts of one day, what the protocol made of them, and what the team answered."""

from rest_framework import serializers as s

from backend.triage.models import Contact, NextStep

from .names import URGENCIES, MayBeUnreadable, ProtocolName
from .photos import PhotoShape

MISSED_REASONS = ["forgot", "side_effects", "no_tablets", "felt_well", "told_to", "other"]
MOUTH_SORES = ["none", "sore", "changes_food", "cannot_eat"]
NAUSEA = ["none", "eats_as_usual", "eats_less", "hardly_eats"]
APPETITE = ["as_usual", "less", "eats_less", "hardly_eats"]
RASH = ["none", "under_10_percent", "up_to_30_percent", "over_30_percent", "over_50_percent"]
PAIN = ["none", "mild", "moderate", "severe"]
ANSWER_STATES = ["not_needed", "waiting", "overdue", "held_back", "acknowledged", "contacted", "resolved"]


class HandFoot(s.Serializer):
    skin_change = s.ChoiceField(
        ["none", "minimal", "moderate", "severe"],
        allow_null=True,
        required=False,
        help_text="none is as usual: without pain, unless pain is answered.",
    )
    pain = s.ChoiceField(PAIN, allow_null=True, required=False)
    limits_daily_activities = s.BooleanField(allow_null=True, required=False)
    limits_self_care = s.BooleanField(allow_null=True, required=False)


class Reading(s.Serializer):
    systolic = s.IntegerField(min_value=60, max_value=260, help_text="mmHg")
    diastolic = s.IntegerField(min_value=30, max_value=160, help_text="mmHg, below systolic")
    taken_at = s.DateTimeField(required=False, allow_null=True)
    source = s.ChoiceField(["typed", "cuff"], required=False, allow_null=True)  # type: ignore[assignment]


class Diarrhea(s.Serializer):
    stools = s.IntegerField(min_value=0, max_value=50, allow_null=True, required=False, help_text="In 24 hours.")
    loose = s.BooleanField(allow_null=True, required=False)
    limits_daily_activities = s.BooleanField(allow_null=True, required=False)
    limits_self_care = s.BooleanField(allow_null=True, required=False)


class Fatigue(s.Serializer):
    present = s.BooleanField(allow_null=True, required=False)
    relieved_by_rest = s.BooleanField(allow_null=True, required=False)
    limits_daily_activities = s.BooleanField(allow_null=True, required=False)
    limits_self_care = s.BooleanField(allow_null=True, required=False)


class Facts(s.Serializer):
    """What was answered for one day. Unanswered is null or absent, never 0. Unknown fields are refused."""

    hand_foot = HandFoot(required=False, allow_null=True)
    hands = HandFoot(required=False, allow_null=True)
    feet = HandFoot(required=False, allow_null=True)
    blood_pressure = Reading(many=True, required=False, allow_null=True, help_text="In the order taken.")
    diarrhea = Diarrhea(required=False, allow_null=True)
    fatigue = Fatigue(required=False, allow_null=True)
    warning_signs = s.ListField(child=s.CharField(), required=False, allow_null=True, help_text="[] means none.")
    adherence = s.CharField(required=False, allow_null=True)
    missed_reason = s.ChoiceField(MISSED_REASONS, required=False, allow_null=True)
    tablets_left = s.IntegerField(
        min_value=0, max_value=2000, required=False, allow_null=True, help_text="Counted once a week."
    )
    stopping_reason = s.CharField(required=False, allow_null=True)
    mouth_sores = s.ChoiceField(MOUTH_SORES, required=False, allow_null=True)
    nausea = s.ChoiceField(NAUSEA, required=False, allow_null=True)
    appetite = s.ChoiceField(APPETITE, required=False, allow_null=True)
    rash = s.ChoiceField(RASH, required=False, allow_null=True, help_text="Share of the skin; a palm is about 1 %.")
    rash_symptoms = s.ChoiceField(PAIN, required=False, allow_null=True, help_text="How the rash feels.")
    rash_limits_daily_activities = s.BooleanField(required=False, allow_null=True)
    rash_limits_self_care = s.BooleanField(required=False, allow_null=True)
    headache = s.ChoiceField(PAIN, required=False, allow_null=True)
    weight = s.FloatField(required=False, allow_null=True, help_text="kg")
    temperature = s.FloatField(required=False, allow_null=True, help_text="°C; a measured fever counts as the sign.")
    note = s.CharField(required=False, allow_null=True, max_length=2000)


class FiredRule(s.Serializer):
    id = s.CharField()
    symptom = s.CharField()
    urgency = s.ChoiceField(URGENCIES)
    reason = s.CharField()


class AssessmentShape(s.Serializer):
    urgency = s.ChoiceField(URGENCIES)
    grades_ctcae5 = s.DictField(
        child=s.JSONField(),
        help_text="Estimated 0 to 4, unknown, or null: not answered. Grades of optional questions only if answered.",
    )
    grades_ctcae6 = s.DictField(child=s.JSONField())
    rules = FiredRule(many=True)
    protocol = ProtocolName()


class AdviceShape(s.Serializer):
    urgency = s.ChoiceField(URGENCIES)
    title = s.CharField()
    because = s.ListField(child=s.CharField())
    paragraphs = s.ListField(child=s.CharField())
    while_you_wait = s.ListField(child=s.CharField())
    what_it_means = s.ListField(child=s.CharField(), required=False)
    watch_for = s.ListField(child=s.CharField(), required=False)
    when_to_call = s.ListField(child=s.CharField(), required=False)


class Answer(s.Serializer):
    state = s.ChoiceField(
        ANSWER_STATES,
        help_text="Nothing older than the log answers it. held_back: a nurse knows about it from before (`by`, `at`) "
        "and nobody is asked to look, unless the patient says that it cannot wait.",
    )
    by = s.CharField(allow_null=True)
    at = s.DateTimeField(allow_null=True)
    outcome = s.ChoiceField(Contact.Outcome.choices, allow_null=True)
    next_code = s.ChoiceField(
        NextStep.choices,
        allow_null=True,
        help_text="What comes next, in a sentence of the protocol's texts (`next_steps`); null: in the nurse's words.",
    )
    next_step = s.CharField(
        allow_null=True, help_text="The sentence of the code in the patient's language, or the nurse's own words."
    )
    next_on = s.DateField(allow_null=True, help_text="On the clinic's calendar.")
    next_at = s.DateTimeField(allow_null=True, help_text="The hour on that day, where one was agreed.")
    due_at = s.DateTimeField(allow_null=True, help_text="When somebody looks at the latest; null: nobody is asked to.")
    until = s.DateField(
        allow_null=True, help_text="held_back: the last day on which the nurse expects it, if she said."
    )


class AlertAnswer(Answer):
    """What the team has answered about one symptom or report of the log."""

    symptom = s.CharField()
    urgency = s.ChoiceField(URGENCIES)
    taken_back_at = s.DateTimeField(
        allow_null=True, help_text="When the patient corrected the answers that raised it. The alert stays."
    )


class TeamAnswer(Answer):
    """What the team has answered: the least answered alert of the log, and each of them."""

    alerts = AlertAnswer(many=True, help_text="Least answered first; empty until the log is flagged.")
    called_at = s.DateTimeField(
        allow_null=True,
        help_text="When the patient says that they called about this day, before or after a correction.",
    )
    reached_at = s.DateTimeField(allow_null=True, help_text="When they said that somebody told them what to do.")
    can_wait = s.BooleanField(allow_null=True, help_text="Whether it can wait, as the patient said last.")


class CanWaitShape(s.Serializer):
    can_wait = s.BooleanField()
    said_at = s.DateTimeField()


class CalledShape(s.Serializer):
    at = s.DateTimeField()
    reached_at = s.DateTimeField(allow_null=True)


class LogShape(MayBeUnreadable):
    id = s.UUIDField()
    day = s.DateField(help_text="The patient's calendar day as the phone showed it.")
    revision = s.IntegerField()
    corrects = s.UUIDField(allow_null=True)
    facts = Facts()
    written_at = s.DateTimeField(allow_null=True, help_text="By the phone's clock.")
    received_at = s.DateTimeField()
    assessment = AssessmentShape()
    advice = AdviceShape()
    nurse_due_at = s.DateTimeField(allow_null=True)
    photos = PhotoShape(many=True, help_text="Of this day, whichever of its revisions they were sent with.")
    team = TeamAnswer()


class LogPage(s.Serializer):
    results = LogShape(many=True)
    next = s.CharField(allow_null=True)
