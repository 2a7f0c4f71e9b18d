"""Somebody leaves the clinic: nothing may wait for them. Whatever they held is anybody's again, with its clock."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from backend.accounts.models import Person
from backend.accounts.services import close_account
from backend.care.shifts import free_shifts

from .models import Alert, AlertEvent, Handover, WorkItem

Role = Person.Role


class LastAdministrator(Exception):
    """Nobody would be left who can invite people and keep the roster."""


def end_work(*, person: Person, by: Person, now: datetime) -> list[UUID]:
    """End a colleague's work at the clinic at once and return the patients whose alerts are anybody's again.

    She cannot sign in any more, is signed out everywhere, has no shift, and nothing waits for her. What others wrote
    and what she did stays. Raise LastAdministrator or AlreadyClosed.
    """
    with transaction.atomic():
        _keep_an_administrator(person)
        close_account(person=person)
        free_shifts(person=person, now=now)
        offers = Handover.objects.filter(Q(offered_by=person) | Q(offered_to=person), state=Handover.State.OFFERED)
        offers.update(state=Handover.State.WITHDRAWN, ended_at=now)
        WorkItem.objects.filter(done_at=None, assigned_to=person).update(assigned_to=None)
        return _release(_held_by_somebody_who_left().filter(owner=person.pk), by, now)


def release_what_nobody_holds(*, now: datetime) -> int:
    """The net: whatever somebody who left still holds, however that came about, is anybody's again.

    Returns how many alerts that were. Safe to run twice and side by side.
    """
    with transaction.atomic():
        gone = Person.objects.filter(is_active=False, role__in=Person.STAFF)
        WorkItem.objects.filter(done_at=None, assigned_to__in=gone).update(assigned_to=None)
        offers = Handover.objects.filter(Q(offered_by__in=gone) | Q(offered_to__in=gone), state=Handover.State.OFFERED)
        offers.update(state=Handover.State.WITHDRAWN, ended_at=now)
        return len(_release(_held_by_somebody_who_left(), None, now))


def _keep_an_administrator(person: Person) -> None:
    """Two administrators who end each other's work at the same moment wait here for each other."""
    administrators = Person.objects.filter(clinic=person.clinic_id, role=Role.ADMINISTRATOR, is_active=True)
    here = list(administrators.order_by("pk").select_for_update().values_list("pk", flat=True))
    if here == [person.pk]:
        raise LastAdministrator


def _held_by_somebody_who_left() -> QuerySet[Any]:
    """Live alerts, each with its `owner`, who has left."""
    live = Alert.objects.live().annotate(owner=Coalesce("assigned_to", "acknowledged_by"))
    return live.filter(owner__in=Person.objects.filter(is_active=False, role__in=Person.STAFF).values("pk"))


def _release(held: QuerySet[Any], by: Person | None, now: datetime) -> list[UUID]:
    """Open what was acknowledged, with its clock, due now where it is overdue; take back who it was assigned to."""
    locked = held.select_for_update(of=("self",), skip_locked=True, no_key=True).order_by("pk")
    rows = list(locked.values_list("pk", "patient_id", "state", "owner"))
    names = dict(Person.objects.filter(pk__in={row[3] for row in rows}).values_list("pk", "name"))
    alerts = Alert.objects.filter(pk__in=[row[0] for row in rows])
    due = Greatest("due_at", now)
    alerts.filter(state=Alert.State.ACKNOWLEDGED).update(
        state=Alert.State.OPEN, acknowledged_by=None, acknowledged_at=None, assigned_to=None, due_at=due,
        escalate_at=due,
    )  # fmt: skip
    alerts.update(assigned_to=None)
    AlertEvent.objects.bulk_create(
        AlertEvent(alert_id=pk, kind=_kind(state), at=now, by=by, detail=f"{names[owner]} has left.")
        for pk, _, state, owner in rows
    )
    return [patient for _, patient, _, _ in rows]


def _kind(state: str) -> str:
    return AlertEvent.Kind.REOPENED if state == Alert.State.ACKNOWLEDGED else AlertEvent.Kind.ASSIGNED
