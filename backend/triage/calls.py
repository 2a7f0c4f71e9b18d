"""The patient says that they have called: the nurse sees it, and the patient is not asked to call once more."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from backend.diary.models import DailyLog
from backend.messaging.services import cancel

from .models import Alert, AlertEvent, Flag, PatientCall
from .undo_window import ON_ITS_WAY, UNDO_WITHIN, TooLate

ASKS_TO_CALL = "please_call"
_ASKS_AGAIN = (AlertEvent.Kind.RAISED, AlertEvent.Kind.WORSENED, AlertEvent.Kind.REOPENED)


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


def undo_call(*, log: DailyLog, undone_at: datetime, now: datetime) -> None:
    """Take back that the patient called about this log, within a minute by the phone's own clock. Safe to run twice.

    Raise TooLate when more time has passed, or when the patient has said since that somebody told them what to do.
    """
    with transaction.atomic():
        call = PatientCall.objects.select_for_update().filter(log=log).first()
        if call is None:
            return
        if call.reached_at is not None or min(undone_at, now) - call.called_at > UNDO_WITHIN + ON_ITS_WAY:
            raise TooLate
        call.delete()


def has_called(alert: Alert) -> bool:
    """Whether the patient has called about this alert as it is: about its newest day, and since it last became worse.

    A call about answers that did not ask for this much yet does not count.
    """
    asked_at = alert.events.filter(kind__in=_ASKS_AGAIN).aggregate(at=Max("at"))["at"]
    asked = Flag.objects.filter(alert=alert, log__day__gte=alert.day, log__call__isnull=False)
    return (asked if asked_at is None else asked.filter(flagged_at__gte=asked_at)).exists()


def calls_of_days(patient_id: UUID, days: Collection[date]) -> dict[date, PatientCall]:
    """The newest call about each of these days, whichever revision it was about: a correction takes no call away."""
    calls = PatientCall.objects.filter(log__patient=patient_id, log__day__in=days).select_related("log")
    return {call.log.day: call for call in calls.order_by("called_at")}
