"""Work items: what a nurse has to do that no log asked for. Found by ticks, taken by somebody, ended by a contact."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from backend.accounts.models import Person
from backend.care.deciding import NOT_ASKED, Seen
from backend.care.models import Patient, Treatment
from backend.care.selectors import treatment_day
from backend.messaging.models import Delivery, Message
from backend.messaging.selectors import UnreadThread, unread_threads
from backend.protocol.care_plan import DAYS_OF_WEEK, care_plan

from . import contacts
from .models import Contact, WorkItem
from .recording import Outcome, OutcomeKeepsOpen
from .services import AlertConflict, NotAColleague, NoteMissing

Kind = WorkItem.Kind
UNREACHED_STATES = (Delivery.State.NOBODY, Delivery.State.FAILED)
UNREACHED_FOR = timedelta(days=7)


class AlreadyTaken(AlertConflict):
    """A colleague has this work item."""


class AlreadyDone(AlertConflict):
    """This work item has ended."""


class EndsByReading(Exception):
    """Unread messages leave the list when somebody reads them, and in no other way."""


def find_proactive_calls(*, now: datetime) -> None:
    """Put the calls of this week of treatment on the worklist, one per patient and week. Safe to run twice."""
    plan = care_plan()
    longest = timedelta(days=DAYS_OF_WEEK * max(plan.call_weeks) + 1)
    young = Treatment.objects.filter(
        ended_on=None, started_on__gte=(now - longest).date(), patient__status=Patient.Status.ACTIVE
    )
    found = []
    for treatment in young.select_related("patient"):
        today = now.astimezone(ZoneInfo(treatment.patient.time_zone)).date()
        if treatment.started_on > today:
            continue
        week = plan.week_of(treatment_day(started_on=treatment.started_on, today=today))
        if week is not None:
            begins_on = treatment.started_on + timedelta(days=DAYS_OF_WEEK * (week - 1))
            found.append(
                _item(treatment.patient, Kind.PROACTIVE_CALL, f"{treatment.pk}:{week}", now, week=week,
                      begins_on=begins_on, due_on=begins_on + timedelta(days=DAYS_OF_WEEK - 1))
            )  # fmt: skip
    _keep(found)


def find_unreached(*, now: datetime) -> None:
    """Put on the worklist whom no message reaches, and whose alerts reach nobody of the team. Safe to run twice."""
    for kind, of_kind in (
        (Kind.PATIENT_NOT_REACHED, Q(recipient=Delivery.Recipient.PATIENT)),
        (Kind.TEAM_NOT_REACHED, ~Q(recipient=Delivery.Recipient.PATIENT)),
    ):
        known = WorkItem.objects.filter(
            Q(done_at=None) | Q(done_at__gte=OuterRef("created_at")), patient=OuterRef("patient"), kind=kind
        )
        lost = Delivery.objects.filter(
            of_kind, ~Exists(known), state__in=UNREACHED_STATES, created_at__gte=now - UNREACHED_FOR,
            patient__status=Patient.Status.ACTIVE,
        )  # fmt: skip
        newest = dict(lost.order_by("created_at").values_list("patient_id", "pk"))
        patients = Patient.objects.filter(pk__in=newest).select_related("clinic")
        _keep([_due_today(patient, kind, str(newest[patient.pk]), now) for patient in patients])


def follow_messages(*, now: datetime, patient_id: UUID | None = None, by: Person | None = None) -> None:
    """Keep one work item for each thread in which something waits for the team, and end those that were read.

    Of one patient, at once, or of everybody, as the tick does. `by` has read it. Safe to run twice and side by side.
    """
    waiting = unread_threads(patient_id=patient_id)
    # Asked in the statement that ends them: a work item it sees was kept after its message, so that one is seen too.
    unread = Message.objects.filter(patient=OuterRef("patient"), origin=Message.Origin.PATIENT, read_at=None)
    over = WorkItem.objects.filter(~Exists(unread), kind=Kind.UNREAD_MESSAGES, done_at=None)
    if patient_id is not None:
        over = over.filter(patient=patient_id)
    over.update(done_at=now, done_by=by, **({"assigned_to": by} if by else {}))
    known = WorkItem.objects.filter(kind=Kind.UNREAD_MESSAGES, done_at=None, patient__in=waiting)
    new = set(waiting) - set(known.values_list("patient_id", flat=True))
    patients = Patient.objects.filter(pk__in=new, status=Patient.Status.ACTIVE).select_related("clinic")
    _keep([_unread(patient, waiting[patient.pk], now) for patient in patients])


def _unread(patient: Patient, thread: UnreadThread, now: datetime) -> WorkItem:
    zone = ZoneInfo(patient.clinic.time_zone)
    since = thread.waiting_since.astimezone(zone).date()
    due_on = since + timedelta(days=care_plan().messages_read_within_days)
    return _item(patient, Kind.UNREAD_MESSAGES, str(thread.oldest), now, begins_on=since, due_on=due_on)


def take(*, item: WorkItem, nurse: Person, now: datetime) -> None:
    """Let this nurse have it. Raise AlreadyTaken or AlreadyDone, naming who; taking one's own again changes nothing."""
    mine_or_nobodys = Q(assigned_to=None) | Q(assigned_to=nurse)
    if not WorkItem.objects.filter(mine_or_nobodys, pk=item.pk, done_at=None).update(assigned_to=nurse):
        current = WorkItem.objects.select_related("assigned_to", "done_by").get(pk=item.pk)
        _raise_if_done(current)
        raise AlreadyTaken(current.assigned_to, None)


def assign(*, item: WorkItem, to: Person, seen: Seen = NOT_ASKED) -> None:
    """Give it to a colleague. Raise AlreadyDone or NotAColleague.

    `seen` is as for an alert (`services.assign`): raise AlreadyTaken when somebody else has it by now, or nobody.
    """
    if to.clinic_id != item.clinic_id or not to.is_active or to.role not in (Person.Role.NURSE, Person.Role.PRESCRIBER):
        raise NotAColleague
    live = WorkItem.objects.filter(pk=item.pk, done_at=None)
    as_seen = live if seen == NOT_ASKED else live.filter(assigned_to=seen)
    if not as_seen.update(assigned_to=to):
        current = WorkItem.objects.select_related("assigned_to", "done_by").get(pk=item.pk)
        _raise_if_done(current)
        if current.assigned_to != to:
            raise AlreadyTaken(current.assigned_to, None)


def record_contact(*, item: WorkItem, outcome: Outcome, nurse: Person, now: datetime) -> Contact:
    """Record a contact for it and keep it on the worklist, as the nurse's. Raise AlreadyKept, AlreadyDone, IdTaken or
    NoteMissing."""
    with transaction.atomic():
        current = _locked(item, outcome, nurse, resolves=False)
        contact = _contact(current, outcome, nurse, now, resolves=False)
        current.assigned_to = current.assigned_to or nurse
        current.save(update_fields=["assigned_to"])
    return contact


def finish(*, item: WorkItem, outcome: Outcome, nurse: Person, now: datetime) -> Contact:
    """Record what came of it and end it. Raise AlreadyKept, AlreadyDone, EndsByReading, IdTaken,
    OutcomeKeepsOpen or NoteMissing."""
    if item.kind == Kind.UNREAD_MESSAGES:
        raise EndsByReading
    if outcome.code in Contact.KEEPS_OPEN:
        raise OutcomeKeepsOpen
    with transaction.atomic():
        current = _locked(item, outcome, nurse, resolves=True)
        contact = _contact(current, outcome, nurse, now, resolves=True)
        current.assigned_to, current.done_at, current.done_by = current.assigned_to or nurse, now, nurse
        current.save(update_fields=["assigned_to", "done_at", "done_by"])
    return contact


def record_contact_with(*, patient: Patient, outcome: Outcome, nurse: Person, now: datetime) -> Contact:
    """Record a contact that no alert and no work item asked for. Raise AlreadyKept, IdTaken or NoteMissing."""
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
        about = {"patient_id": patient.pk, "alert_id": None, "work_item_id": None}
        contacts.refuse_twice(outcome.id, by=nurse, **about, **outcome.words())
        return _keep_contact(patient, outcome, nurse, now, resolves=outcome.code not in Contact.KEEPS_OPEN)


def _locked(item: WorkItem, outcome: Outcome, nurse: Person, *, resolves: bool) -> WorkItem:
    current = WorkItem.objects.select_for_update(of=("self",)).select_related("patient").get(pk=item.pk)
    contacts.refuse_twice(outcome.id, by=nurse, work_item_id=item.pk, resolves=resolves, **outcome.words())
    _raise_if_done(current)
    return current


def _raise_if_done(item: WorkItem) -> None:
    if item.done_at is not None:
        raise AlreadyDone(item.done_by, item.done_at)


def _contact(item: WorkItem, outcome: Outcome, nurse: Person, now: datetime, *, resolves: bool) -> Contact:
    return _keep_contact(item.patient, outcome, nurse, now, resolves=resolves, work_item=item)


def _keep_contact(patient: Patient, outcome: Outcome, nurse: Person, now: datetime, **more: Any) -> Contact:
    if outcome.code == Contact.Outcome.NO_ACTION_NEEDED and not outcome.note.strip():
        raise NoteMissing
    return contacts.keep(patient=patient, by=nurse, now=now, pk=outcome.id, **outcome.words(), **more)


def _due_today(patient: Patient, kind: str, occasion: str, now: datetime) -> WorkItem:
    today = now.astimezone(ZoneInfo(patient.clinic.time_zone)).date()
    return _item(patient, kind, occasion, now, begins_on=today, due_on=today)


def _item(patient: Patient, kind: str, occasion: str, now: datetime, **more: Any) -> WorkItem:
    return WorkItem(
        clinic_id=patient.clinic_id, patient=patient, kind=kind, occasion=f"{kind}:{occasion}", created_at=now, **more
    )


def _keep(items: Iterable[WorkItem]) -> None:
    """The database lets each occasion in once, and one live work item of some kinds."""
    WorkItem.objects.bulk_create(items, ignore_conflicts=True)
