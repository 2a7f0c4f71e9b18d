"""Work items: what a nurse has to do that no log asked for."""

from rest_framework import serializers as s

from backend.triage.models import NextStep, WorkItem

from .alerts import AlertPatient, Counts, LastContact
from .names import MayBeUnreadable, Named


class PromiseShape(s.Serializer):
    next_code = s.ChoiceField(NextStep.choices, allow_null=True)
    next_step = s.CharField()
    next_at = s.DateTimeField(allow_null=True, help_text="The hour it was promised for, where one was.")
    at = s.DateTimeField()
    by = s.CharField()
    symptom = s.CharField(allow_null=True)


class WorkItemShape(MayBeUnreadable):
    id = s.UUIDField()
    patient = AlertPatient()
    kind = s.ChoiceField(WorkItem.Kind.choices)
    week = s.IntegerField(allow_null=True, help_text="Week of treatment, of a proactive call.")
    promise = PromiseShape(allow_null=True, help_text="The next step that falls due, of a follow-up.")
    begins_on = s.DateField()
    due_on = s.DateField(help_text="The last day it may wait, on the clinic's calendar.")
    created_at = s.DateTimeField()
    assigned_to = Named(allow_null=True)
    last_contact = LastContact(allow_null=True)
    done_at = s.DateTimeField(allow_null=True)
    done_by = Named(allow_null=True)


class WorkItemPage(s.Serializer):
    results = WorkItemShape(many=True)
    next = s.CharField(allow_null=True)
    counts = Counts()
