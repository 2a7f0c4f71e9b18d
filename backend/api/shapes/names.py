"""How people, protocols and urgencies are named in every answer."""

from rest_framework import serializers as s

from backend.triage.models import Urgency

URGENCIES = Urgency.choices


class Named(s.Serializer):
    id = s.UUIDField()
    name = s.CharField()


class ProtocolName(s.Serializer):
    id = s.CharField()
    version = s.IntegerField()
