"""A photo on its way in."""

from rest_framework import serializers as s


class PhotoProgress(s.Serializer):
    id = s.UUIDField()
    received = s.IntegerField(help_text="Bytes that are here. Go on from this offset; equal to size: complete.")
    size = s.IntegerField(help_text="Bytes that were announced.")


class PhotoShape(s.Serializer):
    id = s.UUIDField(help_text="GET photos/{id} gives the image.")
    part = s.ChoiceField(["hands", "feet"])
