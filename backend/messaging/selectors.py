"""Who receives a delivery, computed at the moment it is sent, and what has reached nobody."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from backend.accounts.models import Person
from backend.care.roster import in_turn, on_duty

from .models import Delivery

Recipient = Delivery.Recipient


class NobodyToReceive(Exception):
    """No active person is left for this recipient."""


def receivers(delivery: Delivery, *, now: datetime) -> list[Person]:
    """Return the people to write to now. Raise NobodyToReceive, saying who is missing.

    A place of the care team is whoever has it on the roster now, else the team's own person. If nobody has it, the
    next place's person stands in, then the administrators.
    """
    if delivery.patient is not None and delivery.recipient == Recipient.PATIENT:
        person = delivery.patient.person
        if not person.is_active:
            raise NobodyToReceive("the patient cannot sign in any more")
        return [person]
    clinic = delivery.sender
    if delivery.recipient != Recipient.ADMINISTRATORS:
        team = delivery.patient.care_team if delivery.patient else clinic.care_teams.order_by("name").first()
        colleague = in_turn(delivery.recipient, on_duty(clinic_id=clinic.pk, team=team, now=now))
        if colleague:
            return [colleague]
    administrators = Person.objects.filter(clinic=clinic, role=Person.Role.ADMINISTRATOR, is_active=True)
    found = list(administrators.order_by("email"))
    if not found:
        raise NobodyToReceive(f"no active {delivery.recipient} and no administrator")
    return found


def reached_nobody(*, clinic_id: UUID, now: datetime) -> int:
    """How many messages of this clinic, about its patients or itself, reached nobody in the last day."""
    return Delivery.objects.filter(
        Q(patient__clinic=clinic_id) | Q(clinic=clinic_id),
        state__in=[Delivery.State.NOBODY, Delivery.State.FAILED],
        created_at__gte=now - timedelta(days=1),
    ).count()
