"""The worklist, one alert with its history, and the colleagues it can be given to."""

from rest_framework import serializers as s

from backend.accounts.models import Person
from backend.triage.models import Alert, AlertEvent, Contact, NextStep

from .names import URGENCIES, MayBeUnreadable, Named

PATIENT_CALLED = ("patient_called", "The patient says that they called")
GRADE_CONFIRMED = ("grade_confirmed", "A clinician confirmed or corrected the grade")


class Colleague(Named):
    role = s.ChoiceField(Person.Role.choices)


class Colleagues(s.Serializer):
    results = Colleague(many=True)


class AlertPatient(Named):
    age = s.IntegerField()
    drug = s.CharField(allow_null=True)
    treatment_day = s.IntegerField(allow_null=True)
    phone = s.CharField()
    time_zone = s.CharField(allow_null=True, help_text="Of the patient: null where the row cannot be shown.")


class RuleShape(s.Serializer):
    id = s.CharField()
    explained = s.CharField()
    source = s.CharField()  # type: ignore[assignment]
    protocol = s.CharField()


class EscalationShape(s.Serializer):
    level = s.IntegerField()
    to = s.CharField(allow_null=True, help_text="Who has it now that it was passed on.")
    to_id = s.UUIDField(allow_null=True)
    at = s.DateTimeField(allow_null=True)

    def get_fields(self) -> dict[str, s.Field]:
        """`from` is no name in Python."""
        had = s.CharField(allow_null=True, help_text="Who had it when its time was up without a contact.")
        return {**super().get_fields(), "from": had}


class LastContact(s.Serializer):
    at = s.DateTimeField()
    by = s.CharField()
    outcome = s.ChoiceField(Contact.Outcome.choices)


class Reopened(s.Serializer):
    at = s.DateTimeField()
    by = s.CharField()
    note = s.CharField()


class CorrectedShape(s.Serializer):
    kind = s.ChoiceField([AlertEvent.Kind.CORRECTED, AlertEvent.Kind.TAKEN_BACK])
    at = s.DateTimeField()
    detail = s.CharField(
        help_text="What was changed: 6, now 0. Empty where a sign was taken back that the alert names."
    )


class AlertShape(MayBeUnreadable):
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
    changed = s.CharField(help_text="How it was the day before, and which warning signs are new; for the nurse.")
    grade_before = s.IntegerField(allow_null=True, help_text="Estimated grade of the symptom the day before.")
    needs_contact = s.BooleanField(help_text="Nobody has tried to reach the patient about it: the clock runs on.")
    last_contact = LastContact(allow_null=True)
    resolved_by = Named(allow_null=True)
    resolved_at = s.DateTimeField(allow_null=True)
    called_at = s.DateTimeField(allow_null=True, help_text="When the patient says that they called the team.")
    reached_at = s.DateTimeField(allow_null=True, help_text="When they said that somebody told them what to do.")
    can_wait = s.BooleanField(allow_null=True, help_text="What the patient said; null while they have not answered.")
    reopened = Reopened(allow_null=True, help_text="Who last opened it again by hand, and why.")
    corrected = CorrectedShape(
        allow_null=True, help_text="What the patient corrected last in the answers of its newest day. The alert stays."
    )


class FlagShape(s.Serializer):
    rule = s.CharField()
    day = s.DateField()
    urgency = s.ChoiceField(URGENCIES)
    reason = s.CharField()
    facts = s.JSONField()
    source = s.CharField()  # type: ignore[assignment]
    at = s.DateTimeField()


class EventShape(s.Serializer):
    kind = s.ChoiceField([*AlertEvent.Kind.choices, PATIENT_CALLED, GRADE_CONFIRMED])
    at = s.DateTimeField()
    by = s.CharField(allow_null=True)
    detail = s.CharField()


class SnoozeShape(s.Serializer):
    id = s.UUIDField()
    symptom = s.CharField()
    expected_grade = s.IntegerField()
    until = s.DateField()
    by = s.CharField()
    at = s.DateTimeField()
    ended_at = s.DateTimeField(allow_null=True, help_text="When something worse, or somebody, ended it.")


class AskedShape(s.Serializer):
    question = s.CharField()
    answer = s.BooleanField()
    words = s.CharField(help_text="What was answered, as a part of a sentence: no fever.")


class ContactShape(s.Serializer):
    id = s.UUIDField()
    at = s.DateTimeField()
    by = s.CharField()
    outcome = s.ChoiceField(Contact.Outcome.choices)
    note = s.CharField()
    next_code = s.ChoiceField(NextStep.choices, allow_null=True)
    next_step = s.CharField(help_text="The words of the code in English, or the nurse's own.")
    next_on = s.DateField(allow_null=True, help_text="On the clinic's calendar.")
    next_at = s.DateTimeField(allow_null=True, help_text="The hour on that day, where one was agreed.")
    grade = s.IntegerField(allow_null=True)
    asked = AskedShape(many=True, help_text="Answers to the call guide.")
    set_aside = s.CharField(help_text="Why what the guide found needs nothing more; empty where nothing was put aside.")
    symptom = s.CharField(allow_null=True, help_text="Of the alert it is about.")
    alert = s.UUIDField(allow_null=True)
    work_item = s.UUIDField(allow_null=True)
    snooze = SnoozeShape(allow_null=True)
    part_of = s.UUIDField(allow_null=True, help_text="The contact itself, where this is another alert it was about.")


class WholeAlert(AlertShape):
    flags = FlagShape(many=True)
    events = EventShape(many=True)
    contacts = ContactShape(many=True)


class Counts(s.Serializer):
    all = s.IntegerField()
    mine = s.IntegerField()
    unassigned = s.IntegerField()


class PatientCounts(Counts):
    passed_on = s.IntegerField(help_text="Past their time without a contact, and taken by nobody since.")


class AlertCounts(PatientCounts):
    patients = PatientCounts(help_text="How many patients these alerts are of.")
    emergencies = s.IntegerField(help_text="Patients with an emergency that is not resolved.")


class AlertPage(s.Serializer):
    results = AlertShape(many=True)
    next = s.CharField(allow_null=True)
    counts = AlertCounts()
