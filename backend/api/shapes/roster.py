"""The roster, the hours of a clinic, and handovers."""

from rest_framework import serializers as s

from backend.care.models import Shift
from backend.triage.models import Handover, WorkItem

from .names import URGENCIES, MayBeUnreadable, Named

PLACES = Shift.Place.choices


class LineFrom(s.Serializer):
    line = s.CharField()

    def get_fields(self) -> dict[str, s.Field]:
        """`from` is a word of Python."""
        return {"from": s.DateTimeField(), **super().get_fields()}


class HoursNow(s.Serializer):
    open = s.BooleanField(help_text="A clinic that entered no hours is always open.")
    opens_at = s.DateTimeField(allow_null=True, help_text="When it opens next, while it is closed.")
    closes_at = s.DateTimeField(allow_null=True, help_text="When it closes, while it is open; null: not soon.")
    line = s.CharField(help_text="The telephone number to call now.")
    lines = LineFrom(many=True, help_text="Which number is answered from when, for two weeks, now first.")


class GapShape(s.Serializer):
    place = s.ChoiceField(PLACES)
    starts_at = s.DateTimeField()
    ends_at = s.DateTimeField()


class ShiftShape(MayBeUnreadable):
    id = s.UUIDField()
    place = s.ChoiceField(PLACES)
    person = Named()
    starts_at = s.DateTimeField()
    ends_at = s.DateTimeField()


class DutyShape(s.Serializer):
    place = s.ChoiceField(PLACES)
    person = Named(allow_null=True)
    until = s.DateTimeField(allow_null=True, help_text="When the shift ends; null: the care team's standing person.")


class DayHours(s.Serializer):
    weekday = s.IntegerField(help_text="0 is Monday.")
    opens = s.CharField(help_text="08:00, by the clinic's clock.")
    closes = s.CharField(help_text="At or before it opens: on the following day.")


class HolidayShape(s.Serializer):
    day = s.DateField()
    name = s.CharField()


class RosterShape(s.Serializer):
    """One week of a clinic's roster, Monday to Sunday by its own calendar."""

    week = s.DateField(help_text="Its Monday.")
    time_zone = s.CharField()
    on_duty = DutyShape(many=True)
    shifts = ShiftShape(many=True, help_text="All that touch the week.")
    gaps = GapShape(many=True, help_text="From now on, within the week.")
    kept = s.BooleanField(help_text="False: no roster is kept, so nothing is a gap and the care team stands.")
    hours = DayHours(many=True)
    holidays = HolidayShape(many=True, help_text="From today on.")
    care_line = s.CharField()
    out_of_hours_line = s.CharField(allow_blank=True)
    now = HoursNow()


class CopiedShape(s.Serializer):
    copied = s.IntegerField()
    left_out = s.IntegerField(help_text="Their place was taken, or who had them has left.")


class HandoverPatient(Named):
    time_zone = s.CharField()


class HandoverItem(MayBeUnreadable):
    id = s.UUIDField(help_text="Of the alert.")
    patient = HandoverPatient()
    symptom = s.CharField()
    urgency = s.ChoiceField(URGENCIES)
    reason = s.CharField()
    due_at = s.DateTimeField()
    note = s.CharField(allow_blank=True)
    open = s.BooleanField(help_text="False: it was resolved meanwhile.")


class HandoverWork(MayBeUnreadable):
    id = s.UUIDField(help_text="Of the work item.")
    patient = HandoverPatient()
    kind = s.ChoiceField(WorkItem.Kind.choices)
    week = s.IntegerField(allow_null=True)
    next_step = s.CharField(allow_null=True)
    next_at = s.DateTimeField(allow_null=True, help_text="The hour it was promised for, where one was.")
    due_on = s.DateField()


class HandoverShape(s.Serializer):
    id = s.UUIDField()
    offered_by = Named()
    offered_to = Named()
    note = s.CharField(allow_blank=True)
    state = s.ChoiceField(Handover.State.choices)
    offered_at = s.DateTimeField()
    ended_at = s.DateTimeField(allow_null=True)
    items = HandoverItem(many=True)
    work_items = HandoverWork(many=True)


class HandoversShape(s.Serializer):
    """What waits for me, what I have offered, and what I have open."""

    offered_to_me = HandoverShape(many=True)
    offered_by_me = HandoverShape(allow_null=True)
    held = HandoverItem(many=True)
    work_items = HandoverWork(many=True, help_text="They go with the alerts.")


class AcceptedShape(s.Serializer):
    passed = s.IntegerField(help_text="Alerts that are yours now.")


class LeftShape(s.Serializer):
    person = Named()
    opened_again = s.IntegerField(help_text="Alerts that wait for somebody again.")


class WaitingHandover(s.Serializer):
    by = s.CharField()
    offered_at = s.DateTimeField()


class MyDuty(s.Serializer):
    until = s.DateTimeField(help_text="When my shift ends.")
    hand_over_now = s.BooleanField(help_text="It ends soon, and I have open alerts that I have not offered.")
