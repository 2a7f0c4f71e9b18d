"""Messages between a patient and the care team."""

from rest_framework import serializers as s

from backend.messaging.models import Message

from .names import MayBeUnreadable, Named


class MessageShape(MayBeUnreadable):
    id = s.UUIDField()
    origin = s.ChoiceField(Message.Origin.choices, help_text="Whose side wrote it.")
    by = s.CharField(help_text="Who wrote it.")
    text = s.CharField()
    written_at = s.DateTimeField(help_text="By the writer's clock, never later than ours.")
    received_at = s.DateTimeField()
    read_at = s.DateTimeField(allow_null=True, help_text="When the first of the other side read it.")
    read_by = s.CharField(allow_null=True)


class Thread(s.Serializer):
    """One page of a thread, newest first."""

    results = MessageShape(many=True)
    next = s.CharField(allow_null=True, help_text="The address of older messages.")


class ReaderShape(Named):
    """A patient, as who writes to them needs to know them."""

    language = s.CharField(help_text="The language they read, such as es.")
    time_zone = s.CharField()


class PatientThread(Thread):
    """One page of a thread, and whose it is."""

    patient = ReaderShape()
    in_care = s.BooleanField(help_text="False once care has ended: nothing can be sent any more.")


class ReadShape(s.Serializer):
    read = s.IntegerField(help_text="How many messages were unread until now.")


class ThreadRow(s.Serializer):
    """A thread in the list of a clinic."""

    patient = ReaderShape()
    newest = MessageShape()
    unread = s.IntegerField(help_text="Messages of the patient that nobody of the team has read.")
    waiting_since = s.DateTimeField(allow_null=True, help_text="When the oldest unread one came.")


class ThreadPage(s.Serializer):
    results = ThreadRow(many=True)
    next = s.CharField(allow_null=True)
