"""The protocol as a phone keeps it."""

from rest_framework import serializers as s


class ProtocolDocument(s.Serializer):
    protocol = s.JSONField(help_text="As in the protocol's JSON Schema.")
    texts = s.JSONField()
    language = s.CharField()
    signature = s.CharField(allow_null=True)
    medicine = s.JSONField(
        help_text="What the leaflets say by region and topic: keys of sentences in texts.medicine, and their numbers."
    )
