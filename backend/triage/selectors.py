"""Alerts, reviews and answers, read for the flagging, the worklist and the patient."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Prefetch, QuerySet

from backend.accounts.models import Person
from backend.care.models import CareTeam, Treatment
from backend.care.selectors import PatientContext
from backend.diary.models import DailyLog

from .assess import Review
from .decide import GRADE_OF
from .models import Alert, Contact, Flag

AlertsByKey = dict[tuple[UUID, str], Alert]
REVIEWS_COUNT_FOR = timedelta(days=9)
_REVIEWS = """
SELECT patient_id, symptom, resolved_at, grade FROM triage_alert
WHERE patient_id = ANY(%s) AND symptom = ANY(%s) AND state = 'resolved' AND grade IS NOT NULL AND resolved_at >= %s
"""
REPEATS_COUNT_FOR = timedelta(days=28)


def live_and_last_alerts(
    patients: Collection[UUID], *, now: datetime, for_update: bool
) -> tuple[AlertsByKey, AlertsByKey]:
    """Return the live alerts and the last resolved ones of the last 28 days, by patient and symptom."""
    alerts = Alert.objects.filter(patient_id__in=patients)
    live = alerts.exclude(state=Alert.State.RESOLVED).order_by("pk")
    if for_update:
        live = live.select_for_update()
    resolved = alerts.filter(state=Alert.State.RESOLVED, resolved_at__gte=now - REPEATS_COUNT_FOR).order_by(
        "resolved_at"
    )
    return (
        {(alert.patient_id, alert.symptom): alert for alert in live},
        {(alert.patient_id, alert.symptom): alert for alert in resolved},
    )


def reviews_of(contexts: Iterable[PatientContext], *, now: datetime) -> dict[UUID, list[Review]]:
    """The graded symptoms a nurse closed in the last days, by patient, on the patient's calendar."""
    zones = {context.id: ZoneInfo(context.time_zone) for context in contexts}
    found: dict[UUID, list[Review]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_REVIEWS, [list(zones), list(GRADE_OF), now - REVIEWS_COUNT_FOR])
        for patient, symptom, resolved_at, grade in cursor.fetchall():
            found[patient].append(Review(symptom, resolved_at.astimezone(zones[patient]).date(), grade))
    return found


def alerts_of_clinic(clinic_id: UUID) -> QuerySet[Alert]:
    """The alerts of one clinic with all a worklist row shows, most urgent first, then by due time."""
    return (
        Alert.objects.filter(clinic_id=clinic_id)
        .select_related("patient__person")
        # The staff are a handful of people: fetched apart, for PostgreSQL takes longer to plan many joins than to run.
        .prefetch_related(
            Prefetch("patient__care_team", queryset=CareTeam.objects.select_related("second_nurse", "on_call")),
            "acknowledged_by",
            "assigned_to",
            "resolved_by",
            Prefetch(
                "patient__treatments",
                queryset=Treatment.objects.order_by("-started_on"),
                to_attr="treatments_newest_first",
            ),
        )
        .order_by("-urgency_rank", "due_at", "id")
    )


def last_contacts(patients: Collection[UUID]) -> dict[UUID, Contact]:
    """The newest contact of each patient."""
    newest = Contact.objects.filter(patient_id__in=patients).order_by("patient_id", "-at").distinct("patient_id")
    return {contact.patient_id: contact for contact in newest.select_related("by")}


def alerts_of_logs(logs: Collection[UUID]) -> dict[UUID, list[Alert]]:
    """The alerts each log has fed, most urgent first, with who answered."""
    found: dict[UUID, list[Alert]] = defaultdict(list)
    flags = (
        Flag.objects.filter(log_id__in=logs)
        .select_related("alert__acknowledged_by", "alert__resolved_by")
        .prefetch_related(Prefetch("alert__contacts", queryset=Contact.objects.order_by("-at").select_related("by")))
        .order_by("-alert__urgency_rank", "alert__due_at")
    )
    for flag in flags:
        if flag.alert not in found[flag.log_id]:
            found[flag.log_id].append(flag.alert)
    return found


def escalated_to(alert: Alert) -> Person | None:
    """Whose turn it is after an alert was passed on; None while it is with its nurse."""
    team = alert.patient.care_team
    return [None, team.second_nurse, team.on_call, team.on_call][min(alert.escalation_level, 3)]


def oldest_waiting_since(now: datetime) -> timedelta | None:
    """How long the oldest log has waited to be flagged; None when none waits."""
    waiting = DailyLog.objects.filter(flagged_at__isnull=True, superseded_at__isnull=True)
    oldest = waiting.order_by("received_at").values_list("received_at", flat=True).first()
    return None if oldest is None else now - oldest
