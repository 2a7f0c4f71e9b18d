"""The protocol as a phone keeps it."""

from rest_framework import serializers as s


class ProtocolDocument(s.Serializer):
    protocol = s.JSONField(help_text="As in the protocol's JSON Schema.")
    texts = s.JSONField()
    language = s.CharField()
    signature = s.CharField(allow_null=True)
