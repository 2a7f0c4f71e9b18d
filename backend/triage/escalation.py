"""An alert nobody acknowledges in time goes to the next person, and the patient is told to call.

A patient who says that they have called already is not told again; the alert goes on to the next person all the same.
"""

from datetime import datetime, timedelta

from django.db import transaction

from backend.messaging.models import Delivery
from backend.messaging.services import Request, request_deliveries
from backend.protocol import load

from .calls import ASKS_TO_CALL, has_called
from .models import Alert, AlertEvent

Recipient = Delivery.Recipient
TOLD_AT_LEVEL = {
    1: (Recipient.SECOND_NURSE,),
    2: (Recipient.ON_CALL,),
    3: (Recipient.ON_CALL, Recipient.ADMINISTRATORS),
}
LAST_LEVEL = 3


def escalate_overdue_alerts(*, now: datetime) -> int:
    """Pass on every open alert whose time is up and return how many. Safe to run twice and side by side."""
    passed = 0
    while _escalate_next(now):
        passed += 1
    return passed


def _escalate_next(now: datetime) -> bool:
    with transaction.atomic():
        alert = (
            Alert.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(state=Alert.State.OPEN, escalate_at__lte=now)
            .order_by("escalate_at")
            .first()
        )
        if alert is None:
            return False
        _escalate(alert, now)
        return True


def _escalate(alert: Alert, now: datetime) -> None:
    """Tell the next person; at the end of the chain the last ones are told again until somebody answers."""
    first_time = alert.escalation_level == 0
    alert.escalation_level = min(alert.escalation_level + 1, LAST_LEVEL)
    alert.escalated_at = now
    alert.escalate_at = now + step(alert)
    alert.save(update_fields=["escalation_level", "escalated_at", "escalate_at"])
    told = TOLD_AT_LEVEL[alert.escalation_level]
    AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.ESCALATED, at=now, detail=", ".join(told))
    moment = now.isoformat()
    requests = [
        Request(f"alert_escalated:{alert.pk}:{who}:{moment}", alert.patient_id, who, "alert_escalated", alert.pk)
        for who in told
    ]
    if first_time and not has_called(alert):
        AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.PATIENT_TOLD, at=now)
        key = f"{ASKS_TO_CALL}:{alert.pk}:{moment}"
        requests.append(Request(key, alert.patient_id, Recipient.PATIENT, ASKS_TO_CALL, alert.pk))
    request_deliveries(requests=requests, now=now)


def step(alert: Alert) -> timedelta:
    """How long each person in the chain has, by the urgency table of the alert's protocol."""
    protocol = load.released(alert.protocol, version=alert.version)
    return timedelta(minutes=protocol.escalation_minutes[alert.urgency] or 0)
