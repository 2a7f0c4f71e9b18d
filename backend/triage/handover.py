"""What a nurse has open goes to a colleague at the end of a shift: offered with notes, and passed on when accepted."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from backend.accounts.models import Person

from .models import Alert, AlertEvent, Handover, HandoverAlert, WorkItem
from .services import NotAColleague

State = Handover.State
TAKES_OVER = (Person.Role.NURSE, Person.Role.PRESCRIBER)


class NothingToHandOver(Exception):
    """There is no open alert, no work item, and no note either."""


class OfferedAlready(Exception):
    """This person has offered a handover that waits. It has to be accepted or withdrawn first."""


class NotHers(Exception):
    """There is a note about an alert that this person does not have."""


class HandoverEnded(Exception):
    """The handover was accepted or withdrawn already. `handover` says which, and when."""

    def __init__(self, handover: Handover) -> None:
        super().__init__(handover.state)
        self.handover = handover


def held_by(person: Person) -> QuerySet[Alert]:
    """The live alerts a person has: assigned to them, or acknowledged by them and assigned to nobody else."""
    theirs = Q(assigned_to=person) | Q(assigned_to=None, acknowledged_by=person)
    return Alert.objects.filter(theirs).live().order_by("-urgency_rank", "due_at", "id")


def work_of(person: Person) -> QuerySet[WorkItem]:
    """The work items a person has, those due first first. They go with the alerts."""
    return WorkItem.objects.filter(assigned_to=person, done_at=None).order_by("due_on", "id")


def offered_to(person: Person) -> QuerySet[Handover]:
    """Handovers that wait for this person to accept them, oldest first."""
    waiting = Handover.objects.filter(offered_to=person, clinic=person.clinic_id, state=State.OFFERED)
    return waiting.select_related("offered_by", "offered_to").order_by("offered_at")


def offered_by(person: Person) -> QuerySet[Handover]:
    """The handover this person has offered and nobody has accepted yet: at most one."""
    waiting = Handover.objects.filter(offered_by=person, state=State.OFFERED)
    return waiting.select_related("offered_by", "offered_to")


def offer(*, by: Person, to: Person, note: str, notes: Mapping[UUID, str], now: datetime) -> Handover:
    """Offer all that `by` has to a colleague; `notes` by alert. Until it is accepted nothing changes hands.

    Raise NotAColleague, NotHers, NothingToHandOver or OfferedAlready.
    """
    if (
        to.clinic_id != by.clinic_id
        or not to.is_active
        or to.role not in TAKES_OVER
        or to.pk == by.pk
        or to.clinic_id is None
    ):
        raise NotAColleague
    try:
        with transaction.atomic():
            if not _both_work_here(by, to):
                raise NotAColleague
            handover = Handover.objects.create(
                clinic_id=to.clinic_id, offered_by=by, offered_to=to, note=note.strip(), offered_at=now
            )
            _gather(handover, by, notes)
    except IntegrityError as error:
        raise OfferedAlready from error
    return handover


def _both_work_here(*people: Person) -> bool:
    """Whoever ends the work of one of them at this moment finds the offer, or is seen here."""
    rows = Person.objects.filter(pk__in=[one.pk for one in people], is_active=True).order_by("pk")
    return len(rows.select_for_update(no_key=True).values_list("pk", flat=True)) == len(people)


def _gather(handover: Handover, by: Person, notes: Mapping[UUID, str]) -> None:
    """Put everything into the handover that its owner has open."""
    alerts = list(held_by(by))
    if not set(notes) <= {alert.pk for alert in alerts}:
        raise NotHers
    if not alerts and not handover.note and not work_of(by).exists():
        raise NothingToHandOver
    HandoverAlert.objects.bulk_create(
        HandoverAlert(handover=handover, alert=alert, note=notes.get(alert.pk, "").strip()) for alert in alerts
    )


def accept(*, handover: Handover, by: Person, now: datetime) -> int:
    """Take over what of it is still open and still the other's; return how many alerts that were.

    All or nothing. Raise HandoverEnded if it was accepted or withdrawn already.
    """
    with transaction.atomic():
        _end(handover, State.ACCEPTED, now)
        return _pass_on(handover, by, now)


def withdraw(*, handover: Handover, now: datetime) -> None:
    """Take the offer back. Raise HandoverEnded if it was accepted or withdrawn already."""
    with transaction.atomic():
        _end(handover, State.WITHDRAWN, now)


def _end(handover: Handover, state: str, now: datetime) -> None:
    offered = Handover.objects.filter(pk=handover.pk, state=State.OFFERED)
    if not offered.update(state=state, ended_at=now):
        raise HandoverEnded(Handover.objects.select_related("offered_by", "offered_to").get(pk=handover.pk))


def _pass_on(handover: Handover, to: Person, now: datetime) -> int:
    """Assign what is still open and still the other's, with an event on each alert."""
    listed = HandoverAlert.objects.filter(handover=handover)
    still_hers = held_by(handover.offered_by).filter(pk__in=listed.values("alert"))
    passing = list(still_hers.order_by("pk").select_for_update().values_list("pk", flat=True))
    Alert.objects.filter(pk__in=passing).update(assigned_to=to)
    listed.filter(alert__in=passing).update(passed=True)
    work_of(handover.offered_by).update(assigned_to=to)
    AlertEvent.objects.bulk_create(
        AlertEvent(alert_id=pk, kind=AlertEvent.Kind.ASSIGNED, at=now, by=handover.offered_by, detail=to.name)
        for pk in passing
    )
    return len(passing)
