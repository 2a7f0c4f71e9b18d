"""How a patient looks to the clinic, as shapes/patients.py describes it: a row of the cohort, and the whole screen."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import F, Q

from backend.care.models import DoseDecision, Patient, Treatment
from backend.care.selectors import DEFAULT_DRUG, course_of, treatment_day, treatments_with_decisions
from backend.protocol import load
from backend.triage.contacts import rows_of as rows_of_contacts
from backend.triage.models import ConfirmedGrade, Contact, Urgency
from backend.triage.worklist import ORDER, alerts_of_clinic, around, rows_of

from . import present, present_contacts, readable
from .present_treatments import live_of

MOST = 200
"""Alerts, contacts and grades shown of one patient: the newest ones."""
LIVE_FIRST = (F("resolved_at").desc(nulls_first=True), *ORDER)
"""Alerts that wait in the worklist's order, then the resolved ones, newest first."""


def overview(patient: Any, now: datetime) -> dict[str, Any]:
    """A row of the cohort: drug, day of treatment, last log and live alerts. It says what of it cannot be shown."""
    return readable.shown(partial(_overview, patient, now), partial(_overview_in_short, patient, now), patient.id)


def _overview_in_short(patient: Any, now: datetime) -> dict[str, Any]:
    return {
        "id": patient.id,
        "name": patient.name,
        "age": present.age(patient.birth_on, now.date()),
        "drug": patient.drug,
        "treatment_day": None,
        "last_log_on": patient.last_log_on,
        "open_alerts": patient.live_alerts,
        "urgency": None if patient.most_urgent is None else Urgency.values[patient.most_urgent],
    }


def _overview(patient: Any, now: datetime) -> dict[str, Any]:
    today = present.today_in(patient.time_zone, now)
    started_on = patient.started_on
    return {
        "id": patient.id,
        "name": patient.name,
        "age": present.age(patient.birth_on, today),
        "drug": patient.drug,
        "treatment_day": None if started_on is None else treatment_day(started_on=started_on, today=today),
        "last_log_on": patient.last_log_on,
        "open_alerts": patient.live_alerts,
        "urgency": None if patient.most_urgent is None else Urgency.values[patient.most_urgent],
    }


def whole(patient: Any, now: datetime) -> dict[str, Any]:
    """Baseline, treatment, alerts and contacts of a patient read `with_protocol` and `with_consent`, in seven
    statements."""
    today = present.today_in(patient.time_zone, now)
    courses = treatments_with_decisions(patient.pk)
    live = {one: live_of(one.dose_decisions.all()) for one in courses}
    treatment = courses[0] if courses else None
    alerts = list(rows_of(alerts_of_clinic(patient.clinic_id).filter(patient=patient)).order_by(*LIVE_FIRST)[:MOST])
    beside = around(alerts, clinic_id=patient.clinic_id, now=now)
    contacts = _contacts(patient, today)
    snoozes = [row for row in contacts if row.has_running_snooze]
    grades = ConfirmedGrade.objects.filter(patient=patient).select_related("by").order_by("-at")[:MOST]
    protocol = load.adopted(patient.drug or DEFAULT_DRUG, version=patient.version)
    return {
        "id": patient.pk,
        "name": patient.person.name,
        "birth_on": patient.birth_on,
        "age": present.age(patient.birth_on, today),
        "phone": patient.person.phone,
        "time_zone": patient.time_zone,
        "language": patient.language,
        "status": patient.status,
        "baseline": patient.baseline,
        "treatment": treatment_of(treatment, today, decisions=live[treatment] if treatment else None),
        "consent": patient.consent,
        "treatment_day": treatment_day(started_on=treatment.started_on, today=today) if treatment else None,
        "dose_decisions": _decisions(live),
        "alerts": [present.alert(row, beside, now) for row in alerts],
        "contacts": [present_contacts.contact(row) for row in contacts],
        "snoozes": [present_contacts.snooze_of(row) for row in sorted(snoozes, key=attrgetter("snooze__until"))],
        "grades": [present_contacts.grade(row) for row in grades],
        "protocol": {"id": protocol.drug, "version": protocol.version, "signature": protocol.signature},
    }


def treatment_of(
    treatment: Treatment | None, today: date, *, decisions: Iterable[DoseDecision] | None = None
) -> dict[str, Any] | None:
    """Drug, today's dose, first and last day, and since when it is on hold. `decisions` as `course_of` takes them."""
    if treatment is None:
        return None
    spans = course_of(treatment, decisions)
    now = next((span for span in reversed(spans) if span.first <= today), spans[0])
    return {
        "drug": treatment.drug,
        "dose": now.dose.words,
        "started_on": treatment.started_on,
        "ended_on": treatment.ended_on,
        "held_since": now.first if now.held and treatment.ended_on is None else None,
    }


def _contacts(patient: Patient, today: date) -> list[Any]:
    """The newest contacts, newest first, among them every one with a snooze that runs, however long ago it was."""
    runs = Q(snooze__isnull=False, snooze__ended_at=None, snooze__until__gte=today)
    rows = Contact.objects.filter(patient=patient).annotate(has_running_snooze=runs)
    first = rows_of_contacts(rows.order_by("-has_running_snooze", "-at"), "has_running_snooze")[:MOST]
    return sorted(first, key=attrgetter("at"), reverse=True)


def _decisions(live: dict[Treatment, list[DoseDecision]]) -> list[dict[str, Any]]:
    """What was decided about all treatments, newest first."""
    made = [(row, treatment.drug) for treatment, rows in live.items() for row in rows]
    return [
        {
            "kind": row.kind,
            "drug": drug,
            "dose": row.dose,
            "effective_on": row.effective_on,
            "decided_by": row.decided_by.name,
            "reason": row.reason,
        }
        for row, drug in sorted(made, key=lambda one: (one[0].effective_on, one[0].recorded_at), reverse=True)
    ]
