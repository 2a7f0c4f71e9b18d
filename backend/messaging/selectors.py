"""Who receives a delivery, computed at the moment it is sent, and what has reached nobody."""

from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import Person

from .models import Delivery

Recipient = Delivery.Recipient


class NobodyToReceive(Exception):
    """No active person is left for this recipient."""


def receivers(delivery: Delivery) -> list[Person]:
    """Return the people to write to now. Raise NobodyToReceive, saying who is missing.

    A care team member who has left is replaced by the next one of the team, then by the administrators.
    """
    if delivery.recipient == Recipient.PATIENT:
        person = delivery.patient.person
        if not person.is_active:
            raise NobodyToReceive("the patient cannot sign in any more")
        return [person]
    if delivery.recipient != Recipient.ADMINISTRATORS:
        colleague = _first_active(delivery)
        if colleague:
            return [colleague]
    administrators = Person.objects.filter(
        clinic=delivery.patient.clinic_id, role=Person.Role.ADMINISTRATOR, is_active=True
    )
    found = list(administrators.order_by("email"))
    if not found:
        raise NobodyToReceive(f"no active {delivery.recipient} and no administrator")
    return found


def _first_active(delivery: Delivery) -> Person | None:
    team = delivery.patient.care_team
    chain = [
        (Recipient.NURSE, team.nurse),
        (Recipient.SECOND_NURSE, team.second_nurse),
        (Recipient.ON_CALL, team.on_call),
    ]
    start = [recipient for recipient, _ in chain].index(Recipient(delivery.recipient))
    following = [person for _, person in chain[start:] + chain[:start]]
    return next((person for person in following if person is not None and person.is_active), None)


def reached_nobody(*, clinic_id: UUID, now: datetime) -> int:
    """How many deliveries about open alerts of this clinic reached nobody in the last day."""
    return Delivery.objects.filter(
        patient__clinic=clinic_id,
        state__in=[Delivery.State.NOBODY, Delivery.State.FAILED],
        created_at__gte=now - timedelta(days=1),
    ).count()
