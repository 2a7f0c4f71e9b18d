"""Messages on their way: asked for once, sent at least once, never to somebody who has left."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from backend.care.models import Patient
from backend.ticks.nudge import nudge

from .channels import email
from .models import Delivery
from .selectors import NobodyToReceive, receivers, unread_by_patient

logger = logging.getLogger(__name__)

TASK = "messaging.send_waiting_deliveries"
ONLY_WHILE_OPEN = {"alert_raised", "alert_emergency", "alert_escalated", "please_call"}
ONLY_WHILE_ACKNOWLEDGED = {"contact_due"}
"""A warning to whoever has the alert; not sent once a contact was recorded, or the alert was passed on."""
ONLY_UNTIL_RESOLVED = {"follow_up", "alert_passed_on"}
MESSAGE_WAITING = "message_waiting"
"""The team has written to the patient; sent while something of it is unread."""
# A mail server that hangs keeps one process of a worker busy, never all of them; a sender that stalls is put out.
_ONE_SENDER = """
SELECT pg_try_advisory_xact_lock(hashtext('handhold: send')),
    set_config('idle_in_transaction_session_timeout', '2min', true)
"""
RECEIVERS = ("person", "clinic", "care_team__nurse", "care_team__second_nurse", "care_team__on_call")
WAITS = [timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 240)]


@dataclass(frozen=True, slots=True)
class Request:
    """A message somebody should get. `key` names the occasion: asked for twice, it is one delivery.

    It is about a patient, or, without one, about a clinic as a whole.
    """

    key: str
    patient_id: UUID | None
    recipient: str
    template: str
    alert_id: UUID | None = None
    clinic_id: UUID | None = None


def request_deliveries(*, requests: Iterable[Request], now: datetime) -> None:
    """Keep what is to be sent and nudge the sender after the commit. Safe to run twice."""
    rows = [
        Delivery(
            key=request.key,
            patient_id=request.patient_id,
            clinic_id=request.clinic_id,
            alert_id=request.alert_id,
            recipient=request.recipient,
            template=request.template,
            created_at=now,
            next_attempt_at=now,
        )
        for request in requests
    ]
    if rows:
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        transaction.on_commit(lambda: nudge(TASK) and None)


def send_waiting_deliveries(*, now: datetime, most: int | None = None) -> int:
    """Send what is due, one transaction each, and return how many were taken. Only one sender is at it at a time."""
    taken = 0
    while taken != most and send_next(now=now):
        taken += 1
    return taken


def send_next(*, now: datetime) -> bool:
    """Send the delivery that waits longest; False when none is due, or another sender is at it.

    The row stays locked until the outcome is kept, so a killed sender leaves it waiting and it is sent again, with
    the same Message-ID: at least once.
    """
    with transaction.atomic():
        if not _is_only_sender():
            return False
        delivery = (
            Delivery.objects.select_for_update(skip_locked=True)
            .filter(state=Delivery.State.WAITING, next_attempt_at__lte=now)
            .order_by("next_attempt_at")
            .first()
        )
        if delivery is None:
            return False
        if delivery.patient_id is not None:
            delivery.patient = Patient.objects.select_related(*RECEIVERS).get(pk=delivery.patient_id)
        _send(delivery, now)
        return True


def _is_only_sender() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_SENDER)
        only, _ = cursor.fetchone()
    return bool(only)


def cancel_all(*, patient: Patient, why: str) -> None:
    """Cancel what still waits to be sent to or about this patient."""
    waiting = Delivery.objects.filter(Q(patient=patient), state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.CANCELLED, outcome=why)


def cancel(*, alerts: Collection[UUID], template: str, why: str) -> None:
    """Cancel what still waits to be sent about these alerts with this template."""
    waiting = Delivery.objects.filter(alert__in=alerts, template=template, state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.CANCELLED, outcome=why)


def _send(delivery: Delivery, now: datetime) -> None:
    reason = _not_wanted(delivery)
    if reason:
        _close(delivery, Delivery.State.CANCELLED, reason)
        return
    try:
        people = receivers(delivery, now=now)
    except NobodyToReceive as nobody:
        _close(delivery, Delivery.State.NOBODY, str(nobody))
        _alarm(delivery, now)
        return
    try:
        email.send(delivery=delivery, people=people, now=now)
    except (OSError, email.SMTPException) as error:
        _try_later(delivery, now, type(error).__name__)
        return
    delivery.state, delivery.sent_at, delivery.person = Delivery.State.SENT, now, people[0]
    delivery.attempts = F("attempts") + 1
    delivery.save(update_fields=["state", "sent_at", "person", "attempts"])


def _not_wanted(delivery: Delivery) -> str:
    """Why this must not be sent any more; empty if it must."""
    if delivery.patient is not None and delivery.patient.status != Patient.Status.ACTIVE:
        return f"patient {delivery.patient.status}"
    if (
        delivery.template == MESSAGE_WAITING
        and delivery.patient is not None
        and not unread_by_patient(delivery.patient.pk)
    ):
        return "message read"
    if delivery.alert is None:
        return ""
    state = delivery.alert.state
    if delivery.template in ONLY_WHILE_ACKNOWLEDGED and delivery.alert.escalate_at is None:
        return "contact recorded"
    if delivery.template in ONLY_WHILE_ACKNOWLEDGED and state != "acknowledged":
        return f"alert {state}"
    over = state == "resolved" and delivery.template in ONLY_UNTIL_RESOLVED
    if over or (state != "open" and delivery.template in ONLY_WHILE_OPEN):
        return f"alert {state}"
    return ""


def _close(delivery: Delivery, state: str, outcome: str) -> None:
    delivery.state, delivery.outcome = state, outcome
    delivery.save(update_fields=["state", "outcome"])


def _try_later(delivery: Delivery, now: datetime, error: str) -> None:
    logger.warning("Delivery %s not sent: %s", delivery.pk, error)
    delivery.outcome = error
    if delivery.attempts < len(WAITS):
        delivery.next_attempt_at = now + WAITS[delivery.attempts]
    else:
        delivery.state = Delivery.State.FAILED
        _alarm(delivery, now)
    delivery.attempts += 1
    delivery.save(update_fields=["state", "outcome", "next_attempt_at", "attempts"])


def _alarm(delivery: Delivery, now: datetime) -> None:
    """A message that reaches nobody is told to the clinic's administrators."""
    if delivery.recipient != Delivery.Recipient.ADMINISTRATORS:
        key = f"unreachable:{delivery.key}"
        about = Request(
            key, delivery.patient_id, Delivery.Recipient.ADMINISTRATORS, "nobody_reached", delivery.alert_id,
            delivery.clinic_id,
        )  # fmt: skip
        request_deliveries(requests=[about], now=now)
