"""Calls that no alert on the worklist shows: the patient says that they called about what is held back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from backend.care.models import Patient

from .models import Alert, Contact, Flag, PatientCall, WorkItem

CALLS_COUNT_FOR = timedelta(days=7)
_KIND = WorkItem.Kind.PATIENT_CALLED


def find_unseen_calls(*, now: datetime) -> None:
    """Put such a call on the worklist until a contact is recorded; an alert that takes it up replaces it.

    Safe to run twice and side by side.
    """
    _end_what_was_answered(now)
    fed = Flag.objects.filter(log=OuterRef("log"))
    contact = Contact.objects.filter(patient=OuterRef("patient"), at__gte=OuterRef("called_at"))
    known = WorkItem.objects.filter(patient=OuterRef("patient"), kind=_KIND, created_at__gte=OuterRef("heard_at"))
    calls = PatientCall.objects.filter(
        Exists(fed), ~Exists(fed.exclude(alert__state=Alert.State.RESOLVED)), ~Exists(contact), ~Exists(known),
        heard_at__gte=now - CALLS_COUNT_FOR, reached_at=None, patient__status=Patient.Status.ACTIVE,
    )  # fmt: skip
    items = [_item(call, now) for call in calls.select_related("patient__clinic")]
    WorkItem.objects.bulk_create(items, ignore_conflicts=True)


def _end_what_was_answered(now: datetime) -> None:
    contact = Contact.objects.filter(patient=OuterRef("patient"), at__gte=OuterRef("created_at"))
    raised = Alert.objects.filter(patient=OuterRef("patient"), flags__log__call__isnull=False).live()
    over = WorkItem.objects.filter(Q(Exists(contact)) | Q(Exists(raised)), kind=_KIND, done_at=None)
    over.update(done_at=now)


def _item(call: PatientCall, now: datetime) -> WorkItem:
    today = now.astimezone(ZoneInfo(call.patient.clinic.time_zone)).date()
    return WorkItem(
        clinic_id=call.patient.clinic_id, patient=call.patient, kind=_KIND, occasion=f"{_KIND}:{call.pk}",
        created_at=now, begins_on=today, due_on=today,
    )  # fmt: skip
