"""Who is signed in, and what their page needs to start."""

from rest_framework import serializers as s

from backend.accounts.models import Person

from .patients import BaselineShape, ProtocolStatus, TreatmentShape
from .roster import GapShape, HoursNow, MyDuty, WaitingHandover


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
    hours = HoursNow()


class TeamShape(s.Serializer):
    """Who is on duty now."""

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
    region = s.ChoiceField(["US", "EU"], help_text="Whose label texts apply.")
    parameters = s.JSONField(help_text="Of the protocol, set for this patient alone.")
    birth_on = s.DateField()
    baseline = BaselineShape()
    treatment = TreatmentShape(allow_null=True)
    protocol = ProtocolStatus()
    reviewed = ReviewShape(many=True)


class OffsetShape(s.Serializer):
    at = s.DateTimeField(help_text="From this moment on.")
    minutes = s.IntegerField(min_value=-1440, max_value=1440, help_text="Ahead of UTC.")


class TimeZoneShape(s.Serializer):
    """The server's rules for the clocks of this page, for the page to compare with the browser's own."""

    name = s.CharField()
    offsets = OffsetShape(many=True)


class LateTickShape(s.Serializer):
    name = s.CharField()
    last_at = s.DateTimeField(allow_null=True)


class Me(s.Serializer):
    person = PersonShape()
    clinic = ClinicShape(allow_null=True)
    team = TeamShape(allow_null=True)
    patient = MyPatient(allow_null=True)
    languages = s.ListField(child=s.CharField(), help_text="There are texts in these; PATCH me chooses one.")
    now = s.DateTimeField()
    time_zone = TimeZoneShape(allow_null=True)
    late_ticks = LateTickShape(many=True)
    roster_gaps = GapShape(many=True, help_text="Nobody is on then (staff): within a day; a week for administrators.")
    handovers = WaitingHandover(many=True, help_text="Offered to me, not accepted yet.")
    duty = MyDuty(allow_null=True, help_text="My shift, if I am on now.")
    unreached = s.IntegerField(help_text="Messages of the last day that reached nobody (staff).")
    unread_messages = s.IntegerField(
        help_text="For a patient, unread messages of the team; for clinicians, threads with something unread."
    )
    demonstration = s.BooleanField()
