"""Serializer, view and addresses of the control."""

from typing import Any

from rest_framework import generics, serializers

from .models import Log
from .tasks import judge_log


class LogSerializer(serializers.ModelSerializer):
    """All columns of a log."""

    class Meta:
        model = Log
        exclude = ["sent_by"]


class LogView(generics.CreateAPIView):
    """Keep a log and tell Celery."""

    queryset = Log._default_manager.all()
    serializer_class = LogSerializer

    def perform_create(self, serializer: Any) -> None:
        log = serializer.save(sent_by=self.request.user)
        judge_log.delay(str(log.pk))
