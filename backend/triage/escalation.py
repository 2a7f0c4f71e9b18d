"""An alert goes to the next person until somebody tried to reach the patient, who is told to call.

Acknowledged is not answered: the clock runs on until a contact is recorded. Whoever has the alert is warned one step
before its time is up; then it is open again and goes on as one that nobody acknowledged.
A patient who says that they have called already is not told again; the alert goes on to the next person all the same.
"""

from datetime import datetime, timedelta

from django.db import transaction

from backend.messaging.models import Delivery
from backend.messaging.services import Request, request_deliveries
from backend.protocol import load

from .calls import ASKS_TO_CALL, has_called
from .models import Alert, AlertEvent, Alerts

Recipient = Delivery.Recipient
TOLD_AT_LEVEL = {
    1: (Recipient.SECOND_NURSE,),
    2: (Recipient.ON_CALL,),
    3: (Recipient.ON_CALL, Recipient.ADMINISTRATORS),
}
LAST_LEVEL = 3


def escalate_overdue_alerts(*, now: datetime) -> int:
    """Pass on every alert whose time is up and return how many. Warn those who have one that is soon due.

    Safe to run twice and side by side.
    """
    passed = 0
    while (moved := _act_on_next(now)) is not None:
        passed += moved
    return passed


def due(now: datetime) -> Alerts:
    """The alerts for which the tick has something to do; a clock is only kept where somebody still waits."""
    return Alert.objects.filter(escalate_at__lte=now).order_by("escalate_at")


def _act_on_next(now: datetime) -> int | None:
    """Pass on one alert (1) or warn its owner (0); None when nothing is due."""
    with transaction.atomic():
        alert = due(now).select_for_update(skip_locked=True, no_key=True).first()
        if alert is None:
            return None
        if alert.state == Alert.State.ACKNOWLEDGED and now < alert.due_at:
            _warn_owner(alert, now)
            return 0
        _escalate(alert, now)
        return 1


def _warn_owner(alert: Alert, now: datetime) -> None:
    """Tell whoever has the alert that it goes on when its time is up."""
    alert.escalate_at = alert.due_at
    alert.save(update_fields=["escalate_at"])
    key = f"contact_due:{alert.pk}:{now.isoformat()}"
    request_deliveries(requests=[Request(key, alert.patient_id, Recipient.OWNER, "contact_due", alert.pk)], now=now)


def _escalate(alert: Alert, now: datetime) -> None:
    """Tell the next person; at the end of the chain the last ones are told again until somebody answers."""
    first_time = alert.escalation_level == 0
    alert.escalation_level = min(alert.escalation_level + 1, LAST_LEVEL)
    alert.escalated_at = now
    alert.escalate_at = now + step(alert)
    had_owner = _release(alert)
    alert.save()
    told = TOLD_AT_LEVEL[alert.escalation_level]
    AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.ESCALATED, at=now, detail=", ".join(told))
    moment = now.isoformat()
    requests = [
        Request(f"{template}:{alert.pk}:{who}:{moment}", alert.patient_id, who, template, alert.pk)
        for template, who in (
            *([("alert_passed_on", Recipient.PREVIOUS_OWNER)] if had_owner else []),
            *(("alert_escalated", who) for who in told),
        )
    ]
    if first_time and not has_called(alert):
        AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.PATIENT_TOLD, at=now)
        key = f"{ASKS_TO_CALL}:{alert.pk}:{moment}"
        requests.append(Request(key, alert.patient_id, Recipient.PATIENT, ASKS_TO_CALL, alert.pk))
    request_deliveries(requests=requests, now=now)


def _release(alert: Alert) -> bool:
    """Open the alert for the next person and keep who had it. True if somebody had."""
    owner = alert.assigned_to_id or alert.acknowledged_by_id
    alert.state = Alert.State.OPEN
    alert.acknowledged_by = alert.acknowledged_at = alert.assigned_to = None
    if owner is not None:
        alert.passed_on_from_id = owner
    return owner is not None


def step(alert: Alert) -> timedelta:
    """How long each person in the chain has, by the urgency table of the alert's protocol."""
    protocol = load.released(alert.protocol, version=alert.version)
    return timedelta(minutes=protocol.escalation_minutes[alert.urgency] or 0)
