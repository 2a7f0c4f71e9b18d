"""The patients of a clinic, for its staff."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.care.models import Patient, Treatment
from backend.care.selectors import (
    context_of,
    course_of,
    patients_of,
    treatment_day,
    treatments_with_decisions,
)
from backend.diary.models import DailyLog, Photo
from backend.diary.selectors import photos_by_day
from backend.triage.assess import protocol_of
from backend.triage.models import Alert, ConfirmedGrade, Contact, Urgency
from backend.triage.snooze import running_for
from backend.triage.worklist import alerts_of_clinic, around, rows_of

from . import cursor, present
from .errors import Problem
from .inputs import asked, identifier
from .permissions import CLINICIANS, STAFF, clinic_of, one
from .present_treatments import consents, live_of
from .shapes.patients import Days, PatientPage, WholePatient
from .shapes.problems import ProblemShape

PAGE, MOST_DAYS = 50, 366


class PatientsView(APIView):
    """The clinic's patients."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="list_patients",
        parameters=[
            OpenApiParameter("q", str, description="Part of a name"),
            OpenApiParameter("cursor", str),
        ],
        responses={200: PatientPage},
    )
    def get(self, request: Request) -> Response:
        """By name, with the day of the last log and the live alerts."""
        rows = patients_of(clinic_of(request)).select_related("person")
        if part := asked(request, ("q", "cursor")).get("q"):
            rows = rows.filter(person__name__icontains=part)
        rows = _with_overview(rows.annotate(name=F("person__name")))
        page, following = cursor.page(request, rows, ("name", "id"), PAGE)
        now = timezone.now()
        audit.record(
            now=now,
            person=request.user.pk,
            patients=[row.pk for row in page],
            verb="viewed",
            what="patient_list",
        )
        return Response({"results": [_row(row, now) for row in page], "next": following})


class PatientView(APIView):
    """One patient."""

    roles = {"GET": CLINICIANS}

    @extend_schema(operation_id="get_patient", responses={200: WholePatient, 404: ProblemShape})
    def get(self, request: Request, pk: str) -> Response:
        """Baseline, treatment, alerts and contacts."""
        rows = patients_of(clinic_of(request)).select_related("person", "care_team")
        patient = one(rows, identifier(pk))
        now = timezone.now()
        audit.record(
            now=now,
            person=request.user.pk,
            patients=[patient.pk],
            verb="viewed",
            what="patient",
            subject=patient.pk,
        )
        return Response(_whole(patient, now))


class PatientLogsView(APIView):
    """One patient's last days."""

    roles = {"GET": CLINICIANS}

    @extend_schema(
        operation_id="list_patient_logs",
        parameters=[OpenApiParameter("days", int, description="28 unless told, at most 366")],
        responses={200: Days, 404: ProblemShape, 422: ProblemShape},
    )
    def get(self, request: Request, pk: str) -> Response:
        """Only days with a log, newest first; a day that is missing is not a good day."""
        patient = one(patients_of(clinic_of(request)), identifier(pk))
        text = request.query_params.get("days", "28")
        if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
            raise Problem(422, "invalid", "days is not right.", [("days", "out of range", f"Send 1 to {MOST_DAYS}.")])
        now = timezone.now()
        last = present.today_in(patient.time_zone, now)
        first = last - timedelta(days=int(text) - 1)
        audit.record(
            now=now,
            person=request.user.pk,
            patients=[patient.pk],
            verb="viewed",
            what="logs",
            subject=patient.pk,
        )
        return Response({"first": first, "last": last, "results": trend(patient, first)})


def trend(patient: Patient, first: Any) -> list[dict[str, Any]]:
    """Facts, estimated grades and photos of the days since `first`, newest first, in two queries."""
    judged = Q(assessments__superseded_at__isnull=True)
    rows = (
        DailyLog.objects.filter(judged, patient=patient, superseded_at__isnull=True, day__gte=first)
        .order_by("-day")
        .values_list(
            "id", "day", "received_at", "facts", "answer",
            "assessments__urgency", "assessments__grades_ctcae5", "assessments__grades_ctcae6", "assessments__rules",
        )
    )  # fmt: skip
    photos = photos_by_day(patient_id=patient.pk, first=first, last=date.max)
    return [_day(*row, photos=photos) for row in rows]


def _day(
    pk: Any,
    day: Any,
    received_at: Any,
    facts: Any,
    answer: Any,
    urgency: Any,
    five: Any,
    six: Any,
    rules: Any,
    photos: dict[date, list[Photo]],
) -> dict[str, Any]:
    """A day as assessed; while it waits to be flagged, as it was answered on receipt."""
    first = answer["assessment"]
    return {
        "id": pk,
        "day": day,
        "received_at": received_at,
        "facts": facts,
        "urgency": urgency or first["urgency"],
        "grades_ctcae5": five or first["grades_ctcae5"],
        "grades_ctcae6": six or first["grades_ctcae6"],
        "rules": rules if rules is not None else [rule["id"] for rule in first["rules"]],
        "photos": [present.photo(photo) for photo in photos.get(day, [])],
    }


def _treatments() -> Prefetch:
    newest_first = Treatment.objects.order_by("-started_on")
    return Prefetch("treatments", queryset=newest_first, to_attr="treatments_newest_first")


def _with_overview(rows: QuerySet[Patient]) -> QuerySet[Patient]:
    """Add last log and live alerts by subqueries: PostgreSQL answers them for the page's rows only."""
    newest = DailyLog.objects.filter(patient=OuterRef("pk"), superseded_at__isnull=True).order_by("-day")
    live = Alert.objects.filter(patient=OuterRef("pk")).exclude(state=Alert.State.RESOLVED).order_by()
    of_patient = live.values("patient")
    return rows.annotate(
        last_log_on=Subquery(newest.values("day")[:1]),
        live_alerts=Coalesce(Subquery(of_patient.annotate(number=Count("pk")).values("number")), 0),
        most_urgent=Subquery(of_patient.annotate(rank=Max("urgency_rank")).values("rank")),
    ).prefetch_related(_treatments())


def _row(patient: Any, now: Any) -> dict[str, Any]:
    today = present.today_in(patient.time_zone, now)
    treatment = patient.treatments_newest_first[0] if patient.treatments_newest_first else None
    return {
        "id": patient.pk,
        "name": patient.person.name,
        "age": present.age(patient.birth_on, today),
        "drug": treatment.drug if treatment else None,
        "treatment_day": treatment_day(started_on=treatment.started_on, today=today) if treatment else None,
        "last_log_on": patient.last_log_on,
        "open_alerts": patient.live_alerts,
        "urgency": None if patient.most_urgent is None else Urgency.values[patient.most_urgent],
    }


def _whole(patient: Any, now: Any) -> dict[str, Any]:
    today = present.today_in(patient.time_zone, now)
    courses = treatments_with_decisions(patient.pk)
    treatment = next((one for one in courses if one.taken_back_at is None), None)
    of_patient = alerts_of_clinic(patient.clinic_id).filter(patient=patient)
    alerts = list(rows_of(of_patient).order_by("-raised_at")[:200])
    beside = around(alerts, clinic_id=patient.clinic_id, now=now)
    snoozes = running_for([patient.pk]).filter(until__gte=today).select_related("contact__by").order_by("until")
    contacts = Contact.objects.filter(patient=patient).select_related("by", "alert", "snooze").order_by("-at")[:200]
    decisions = [(row, one.drug) for one in courses for row in live_of(one.dose_decisions.all())]
    grades = ConfirmedGrade.objects.filter(patient=patient).select_related("by").order_by("-at")
    protocol = protocol_of(context_of(patient.pk))
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
        "treatment": treatment_of(treatment, today),
        "consent": next(iter(consents(patient)), None),
        "treatment_day": treatment_day(started_on=treatment.started_on, today=today) if treatment else None,
        "dose_decisions": [
            {"kind": d.kind, "drug": drug, "dose": d.dose, "effective_on": d.effective_on,
             "decided_by": d.decided_by.name, "reason": d.reason}
            for d, drug in sorted(decisions, key=lambda of: (of[0].effective_on, of[0].recorded_at), reverse=True)
        ],
        "alerts": [present.alert(row, beside, now) for row in alerts],
        "contacts": [present.contact(row) for row in contacts],
        "snoozes": [present.snooze(row) for row in snoozes],
        "grades": [present.grade(row) for row in grades[:200]],
        "protocol": {"id": protocol.drug, "version": protocol.version, "signature": protocol.signature},
    }  # fmt: skip


def treatment_of(treatment: Treatment | None, today: date) -> dict[str, Any] | None:
    """Drug, today's dose, first and last day, and since when it is on hold."""
    if treatment is None:
        return None
    spans = course_of(treatment)
    now = next((span for span in reversed(spans) if span.first <= today), spans[0])
    return {
        "drug": treatment.drug,
        "dose": now.dose.words,
        "started_on": treatment.started_on,
        "ended_on": treatment.ended_on,
        "held_since": now.first if now.held and treatment.ended_on is None else None,
    }
