"""Tokens for other apps. The token itself is never shown."""

from rest_framework import serializers as s


class TokenShape(s.Serializer):
    id = s.UUIDField()
    name = s.CharField(help_text="What uses it.")
    created_at = s.DateTimeField()
    expires_at = s.DateTimeField()


class Tokens(s.Serializer):
    results = TokenShape(many=True)
