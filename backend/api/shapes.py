"""The shapes of answers, as the OpenAPI document and the front end's types know them. Views fill plain dicts."""

from rest_framework import serializers as s

from backend.accounts.models import Person
from backend.care.models import DoseDecision, Patient
from backend.triage.models import Alert, AlertEvent, Contact, Urgency

ANSWER_STATES = ["not_needed", "waiting", "overdue", "acknowledged", "contacted", "resolved"]
URGENCIES = Urgency.choices


class FieldProblem(s.Serializer):
    field = s.CharField()
    reason = s.CharField()
    mend = s.CharField()


class ProblemShape(s.Serializer):
    """application/problem+json (RFC 9457)."""

    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    code = s.CharField(help_text="Stable word to branch on.")
    detail = s.CharField(help_text="What is wrong and what to do next, for the person who meets it.")
    fields = FieldProblem(many=True)  # type: ignore[assignment]
    existing = s.UUIDField(required=False, help_text="409 of a log: the log that is there.")
    by = s.CharField(required=False, allow_null=True, help_text="409 of an alert: who has it.")
    at = s.DateTimeField(required=False, allow_null=True)


class Named(s.Serializer):
    id = s.UUIDField()
    name = s.CharField()


class Colleague(Named):
    role = s.ChoiceField(Person.Role.choices)


class Colleagues(s.Serializer):
    results = Colleague(many=True)


class HandFoot(s.Serializer):
    skin_change = s.ChoiceField(["none", "minimal", "moderate", "severe"], allow_null=True, required=False)
    pain = s.ChoiceField(["none", "mild", "moderate", "severe"], allow_null=True, required=False)
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
    stopping_reason = s.CharField(required=False, allow_null=True)
    weight = s.FloatField(required=False, allow_null=True, help_text="kg")
    temperature = s.FloatField(required=False, allow_null=True, help_text="°C")
    note = s.CharField(required=False, allow_null=True, max_length=2000)


class FiredRule(s.Serializer):
    id = s.CharField()
    symptom = s.CharField()
    urgency = s.ChoiceField(URGENCIES)
    reason = s.CharField()


class ProtocolName(s.Serializer):
    id = s.CharField()
    version = s.IntegerField()


class AssessmentShape(s.Serializer):
    urgency = s.ChoiceField(URGENCIES)
    grades_ctcae5 = s.DictField(
        child=s.JSONField(), help_text="Estimated grade 0 to 4, unknown, or null: not answered."
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


class TeamAnswer(s.Serializer):
    state = s.ChoiceField(ANSWER_STATES)
    by = s.CharField(allow_null=True)
    at = s.DateTimeField(allow_null=True)
    outcome = s.ChoiceField(Contact.Outcome.choices, allow_null=True)
    next_step = s.CharField(allow_null=True)
    next_on = s.DateField(allow_null=True)
    due_at = s.DateTimeField(allow_null=True)


class LogShape(s.Serializer):
    id = s.UUIDField()
    day = s.DateField(help_text="The patient's calendar day as the phone showed it.")
    revision = s.IntegerField()
    corrects = s.UUIDField(allow_null=True)
    facts = Facts()
    received_at = s.DateTimeField()
    assessment = AssessmentShape()
    advice = AdviceShape()
    nurse_due_at = s.DateTimeField(allow_null=True)
    team = TeamAnswer()


class LogPage(s.Serializer):
    results = LogShape(many=True)
    next = s.CharField(allow_null=True)


class AlertPatient(Named):
    age = s.IntegerField()
    drug = s.CharField(allow_null=True)
    treatment_day = s.IntegerField(allow_null=True)
    phone = s.CharField()


class RuleShape(s.Serializer):
    id = s.CharField()
    explained = s.CharField()
    source = s.CharField()  # type: ignore[assignment]
    protocol = s.CharField()


class EscalationShape(s.Serializer):
    level = s.IntegerField()
    to = s.CharField(allow_null=True)
    at = s.DateTimeField(allow_null=True)


class LastContact(s.Serializer):
    at = s.DateTimeField()
    by = s.CharField()
    outcome = s.ChoiceField(Contact.Outcome.choices)


class AlertShape(s.Serializer):
    id = s.UUIDField()
    patient = AlertPatient()
    symptom = s.CharField()
    urgency = s.ChoiceField(URGENCIES)
    state = s.ChoiceField(Alert.State.choices)
    change = s.ChoiceField(Alert.Change.choices)
    day = s.DateField()
    reason = s.CharField()
    detail = s.CharField()
    grade = s.IntegerField(allow_null=True)
    rule = RuleShape()
    tags = s.ListField(child=s.CharField())
    raised_at = s.DateTimeField()
    due_at = s.DateTimeField()
    due_minutes = s.IntegerField()
    acknowledged_by = Named(allow_null=True)
    acknowledged_at = s.DateTimeField(allow_null=True)
    assigned_to = Named(allow_null=True)
    escalation = EscalationShape()
    last_contact = LastContact(allow_null=True)
    resolved_by = Named(allow_null=True)
    resolved_at = s.DateTimeField(allow_null=True)


class FlagShape(s.Serializer):
    rule = s.CharField()
    day = s.DateField()
    urgency = s.ChoiceField(URGENCIES)
    reason = s.CharField()
    facts = s.JSONField()
    source = s.CharField()  # type: ignore[assignment]
    at = s.DateTimeField()


class EventShape(s.Serializer):
    kind = s.ChoiceField(AlertEvent.Kind.choices)
    at = s.DateTimeField()
    by = s.CharField(allow_null=True)
    detail = s.CharField()


class ContactShape(s.Serializer):
    id = s.UUIDField()
    at = s.DateTimeField()
    by = s.CharField()
    outcome = s.ChoiceField(Contact.Outcome.choices)
    note = s.CharField()
    next_step = s.CharField()
    next_on = s.DateField(allow_null=True)
    grade = s.IntegerField(allow_null=True)
    symptom = s.CharField()
    alert = s.UUIDField()


class WholeAlert(AlertShape):
    flags = FlagShape(many=True)
    events = EventShape(many=True)
    contacts = ContactShape(many=True)


class Counts(s.Serializer):
    all = s.IntegerField()
    mine = s.IntegerField()
    unassigned = s.IntegerField()


class AlertPage(s.Serializer):
    results = AlertShape(many=True)
    next = s.CharField(allow_null=True)
    counts = Counts()


class PatientRow(s.Serializer):
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


class DecisionShape(s.Serializer):
    kind = s.ChoiceField(DoseDecision.Kind.choices)
    dose = s.CharField()
    effective_on = s.DateField()
    decided_by = s.CharField()
    reason = s.CharField()


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
    treatment_day = s.IntegerField(allow_null=True)
    dose_decisions = DecisionShape(many=True)
    alerts = AlertShape(many=True)
    contacts = ContactShape(many=True)
    protocol = ProtocolStatus()


class DayShape(s.Serializer):
    id = s.UUIDField()
    day = s.DateField()
    received_at = s.DateTimeField()
    facts = Facts()
    urgency = s.ChoiceField(URGENCIES)
    grades_ctcae5 = s.DictField(child=s.JSONField())
    grades_ctcae6 = s.DictField(child=s.JSONField())
    rules = s.ListField(child=s.CharField())


class Days(s.Serializer):
    first = s.DateField()
    last = s.DateField()
    results = DayShape(many=True)


class PersonShape(s.Serializer):
    id = s.UUIDField()
    name = s.CharField()
    given_name = s.CharField()
    email = s.EmailField()
    role = s.ChoiceField(Person.Role.choices)


class ClinicShape(s.Serializer):
    id = s.UUIDField()
    name = s.CharField()
    time_zone = s.CharField()
    care_line = s.CharField()
    emergency_number = s.CharField()


class TeamShape(s.Serializer):
    name = s.CharField()
    nurse = s.CharField(allow_null=True)
    second_nurse = s.CharField(allow_null=True)
    on_call = s.CharField(allow_null=True)


class ReviewShape(s.Serializer):
    symptom = s.CharField()
    on = s.DateField()
    grade = s.IntegerField()


class MyPatient(s.Serializer):
    id = s.UUIDField()
    name = s.CharField()
    time_zone = s.CharField()
    language = s.CharField()
    birth_on = s.DateField()
    baseline = BaselineShape()
    treatment = TreatmentShape(allow_null=True)
    protocol = ProtocolStatus()
    reviewed = ReviewShape(many=True)


class LateTickShape(s.Serializer):
    name = s.CharField()
    last_at = s.DateTimeField(allow_null=True)


class Me(s.Serializer):
    person = PersonShape()
    clinic = ClinicShape(allow_null=True)
    team = TeamShape(allow_null=True)
    patient = MyPatient(allow_null=True)
    now = s.DateTimeField()
    late_ticks = LateTickShape(many=True)
    unreached = s.IntegerField(help_text="Messages of the last day that reached nobody (staff).")
    demonstration = s.BooleanField()


class ProtocolDocument(s.Serializer):
    protocol = s.JSONField(help_text="As in the protocol's JSON Schema.")
    texts = s.JSONField()
    language = s.CharField()
    signature = s.CharField(allow_null=True)
