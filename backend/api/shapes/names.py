"""How people, protocols and urgencies are named in every answer."""

from rest_framework import serializers as s

from backend.triage.models import Urgency

URGENCIES = Urgency.choices


class Named(s.Serializer):
    id = s.UUIDField()
    name = s.CharField()


class MayBeUnreadable(s.Serializer):
    """A row of a list. Whatever of it cannot be read, the list is answered."""

    unreadable = s.ListField(
        child=s.CharField(),
        required=False,
        help_text="Only where something of this row cannot be shown: which fields, or all.",
    )


class ProtocolName(s.Serializer):
    id = s.CharField()
    version = s.IntegerField()
