"""The patient says that they have called: the nurse sees it, and the patient is not asked to call once more."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.diary.models import DailyLog
from backend.messaging.services import cancel

from .models import Alert, Flag, PatientCall

ASKS_TO_CALL = "please_call"


def note_call(*, log: DailyLog, called_at: datetime, reached_at: datetime | None = None, now: datetime) -> PatientCall:
    """Keep that the patient called about this log, and when they said that somebody told them what to do.

    The first time said stays, whatever is sent later. The alerts of the log stay as they are: only what asks the
    patient to call, and is not sent yet, is cancelled. Safe to run twice and side by side.
    """
    with transaction.atomic():
        call, _ = PatientCall.objects.get_or_create(
            log=log, defaults={"patient_id": log.patient_id, "called_at": min(called_at, now), "heard_at": now}
        )
        if reached_at is not None:
            PatientCall.objects.filter(pk=call.pk, reached_at=None).update(reached_at=min(reached_at, now))
            call.refresh_from_db()
        # Locked, so that an escalation at the same moment either sees the call or has asked for its message already.
        alerts = Alert.objects.filter(pk__in=Flag.objects.filter(log=log).values("alert"))
        locked = alerts.select_for_update(no_key=True).order_by("resolved_at", "pk")
        fed = list(locked.values_list("pk", flat=True))
        cancel(alerts=fed, template=ASKS_TO_CALL, why="patient called")
    return call


def has_called(alert: Alert) -> bool:
    """Whether the patient has called about the newest day that fed this alert."""
    return PatientCall.objects.filter(log__flags__alert=alert, log__day__gte=alert.day).exists()


def calls_of_logs(logs: Collection[UUID]) -> dict[UUID, PatientCall]:
    """What the patient said about calling, by log."""
    return PatientCall.objects.in_bulk(logs)
