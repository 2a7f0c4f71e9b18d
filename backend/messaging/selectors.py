"""Who receives a delivery, what has reached nobody, and the threads between patients and the team."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from backend.accounts.models import Person
from backend.care.models import Patient
from backend.care.roster import in_turn, on_duty

from .models import Delivery, Message

Recipient = Delivery.Recipient
NOBODY_WAITS = datetime(9999, 12, 31, tzinfo=UTC)
"""When the oldest unread message of a thread without one came: after all others."""
THREADS_IN_ORDER = ("waiting_since", "-last_at", "id")
THREAD_IN_ORDER = ("-received_at", "id")


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
    if delivery.recipient in (Recipient.OWNER, Recipient.PREVIOUS_OWNER):
        return _owner(delivery)
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


def _owner(delivery: Delivery) -> list[Person]:
    """Who has the alert, or had it until it was passed on."""
    alert, owner = delivery.alert, None
    if alert is not None and delivery.recipient == Recipient.PREVIOUS_OWNER:
        owner = alert.passed_on_from
    elif alert is not None:
        owner = alert.assigned_to or alert.acknowledged_by
    if owner is None or not owner.is_active:
        raise NobodyToReceive("nobody has the alert")
    return [owner]


def reached_nobody(*, clinic_id: UUID, now: datetime) -> int:
    """How many messages of this clinic, about its patients or itself, reached nobody in the last day."""
    return Delivery.objects.filter(
        Q(patient__clinic=clinic_id) | Q(clinic=clinic_id),
        state__in=[Delivery.State.NOBODY, Delivery.State.FAILED],
        created_at__gte=now - timedelta(days=1),
    ).count()


def thread_of(patient_id: UUID) -> QuerySet[Message]:
    """All messages between this patient and the team, newest first."""
    return Message.objects.filter(patient_id=patient_id).order_by(*THREAD_IN_ORDER)


def oldest_unread(patient_id: UUID, origin: str) -> UUID | None:
    """The oldest message of this origin, patient or team, that the other side has not read."""
    unread = Message.objects.filter(patient_id=patient_id, origin=origin, read_at__isnull=True)
    return unread.order_by("received_at").values_list("id", flat=True).first()


def unread_by_patient(patient_id: UUID) -> int:
    """How many messages of the team this patient has not read."""
    return Message.objects.filter(patient_id=patient_id, origin=Message.Origin.TEAM, read_at__isnull=True).count()


@dataclass(frozen=True, slots=True)
class UnreadThread:
    """What one patient wrote that nobody of the team has read: the oldest message, and since when it waits."""

    oldest: UUID
    waiting_since: datetime


def unread_threads(*, patient_id: UUID | None = None) -> dict[UUID, UnreadThread]:
    """The threads in which something waits for the team, by patient: of everybody, or of one patient alone."""
    waiting = _waiting_for_team() if patient_id is None else _waiting_for_team().filter(patient=patient_id)
    oldest = waiting.order_by("patient_id", "received_at").distinct("patient_id")
    return {
        patient: UnreadThread(pk, since) for patient, pk, since in oldest.values_list("patient", "id", "received_at")
    }


def number_of_unread_threads(clinic_id: UUID) -> int:
    """In how many threads of a clinic something waits for the team."""
    return _waiting_for_team().filter(patient__clinic=clinic_id).values("patient_id").distinct().count()


def threads_of(clinic_id: UUID) -> QuerySet[Patient]:
    """The clinic's patients with a thread: what waits longest first, then the newest; see THREADS_IN_ORDER.

    Each row has `newest` (the id of its last message), `last_at`, `unread` and `waiting_since` (NOBODY_WAITS if
    nothing is unread).
    """
    newest = Message.objects.filter(patient=OuterRef("pk")).order_by(*THREAD_IN_ORDER)
    waiting = _waiting_for_team().filter(patient=OuterRef("pk")).order_by().values("patient")
    since = Subquery(waiting.annotate(since=Min("received_at")).values("since"))
    return (
        Patient.objects.filter(clinic=clinic_id)
        .annotate(newest=Subquery(newest.values("id")[:1]), last_at=Subquery(newest.values("received_at")[:1]))
        .annotate(unread=Coalesce(Subquery(waiting.annotate(number=Count("id")).values("number")), 0))
        .annotate(waiting_since=Coalesce(since, Value(NOBODY_WAITS)))
        .filter(newest__isnull=False)
        .select_related("person")
    )


def messages_by_id(ids: list[UUID]) -> dict[UUID, Message]:
    """These messages with who wrote and who read them."""
    return Message.objects.select_related("by", "read_by").in_bulk(ids)


def _waiting_for_team() -> QuerySet[Message]:
    return Message.objects.filter(origin=Message.Origin.PATIENT, read_at__isnull=True)
