"""The patients of a clinic, for its staff."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.care.models import Patient, Treatment
from backend.care.selectors import found_among, patients_of, with_consent, with_protocol
from backend.diary.models import DailyLog, Photo
from backend.diary.selectors import photos_by_day
from backend.triage.models import Alert, Urgency

from . import cursor, present, present_logs, present_patients, readable
from .inputs import CURSOR, LONGEST_PARAMETER, asked, identifier, whole_number
from .permissions import CLINICIANS, STAFF, clinic_of, one
from .shapes.patients import Days, PatientPage, WholePatient
from .shapes.problems import ProblemShape

PAGE, MOST_DAYS = 50, 366
_OVERVIEW = (
    "id", "name", "birth_on", "time_zone", "drug", "started_on", "last_log_on", "live_alerts", "most_urgent",
)  # fmt: skip


class PatientsView(APIView):
    """The clinic's patients."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="list_patients",
        parameters=[
            OpenApiParameter(
                "q",
                {"type": "string", "maxLength": LONGEST_PARAMETER},
                description="Words of a name, a birth date, or both: jose nunez 4.3.1950",
            ),
            CURSOR,
        ],
        responses={200: PatientPage},
    )
    def get(self, request: Request) -> Response:
        """By name, with the day of the last log and the live alerts."""
        rows = patients_of(clinic_of(request))
        if part := asked(request, ("q", "cursor")).get("q"):
            rows = found_among(rows, part, today=timezone.now().date())
        named = rows.annotate(name=F("person__name")).values_list("id", "name", named=True)
        page, following = cursor.page(request, named, ("name", "id"), PAGE)
        shown = [row.id for row in page]
        now = timezone.now()
        audit.record(now=now, person=request.user.pk, patients=shown, verb="viewed", what="patient_list")
        return Response(
            {"results": [present_patients.overview(row, now) for row in _overviews(shown)], "next": following}
        )


class PatientView(APIView):
    """One patient."""

    roles = {"GET": CLINICIANS}

    @extend_schema(operation_id="get_patient", responses={200: WholePatient, 404: ProblemShape})
    def get(self, request: Request, pk: str) -> Response:
        """Baseline, treatment, alerts and contacts."""
        rows = with_consent(with_protocol(patients_of(clinic_of(request))))
        patient = one(rows.select_related("person"), identifier(pk))
        now = timezone.now()
        audit.record(
            now=now,
            person=request.user.pk,
            patients=[patient.pk],
            verb="viewed",
            what="patient",
            subject=patient.pk,
        )
        return Response(present_patients.whole(patient, now))


class PatientLogsView(APIView):
    """One patient's last days."""

    roles = {"GET": CLINICIANS}

    @extend_schema(
        operation_id="list_patient_logs",
        parameters=[OpenApiParameter("days", {"type": "integer", "minimum": 1, "maximum": MOST_DAYS, "default": 28})],
        responses={200: Days, 404: ProblemShape, 422: ProblemShape},
    )
    def get(self, request: Request, pk: str) -> Response:
        """Only days with a log, newest first; a day that is missing is not a good day."""
        patient = one(patients_of(clinic_of(request)), identifier(pk))
        days = whole_number(asked(request, ("days",)), "days", 28, MOST_DAYS)
        now = timezone.now()
        last = present.today_in(patient.time_zone, now)
        first = last - timedelta(days=days - 1)
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
    return [
        readable.shown(partial(_day, *row, photos=photos), partial(_day_in_short, *row[:4]), row[0]) for row in rows
    ]


def _day_in_short(pk: Any, day: Any, received_at: Any, facts: Any) -> dict[str, Any]:
    """A day that cannot be shown: what was logged, without an urgency, grades or rules."""
    return {
        "id": pk,
        "day": day,
        "received_at": received_at,
        "facts": facts if isinstance(facts, dict) else {},
        "urgency": Urgency.SELF_CARE,
        "grades_ctcae5": {},
        "grades_ctcae6": {},
        "rules": [],
        "photos": [],
    }


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
        "photos": [present_logs.photo(photo) for photo in photos.get(day, [])],
    }


def _overviews(patients: list[UUID]) -> QuerySet[Patient, Any]:
    """Each of these patients by name, with the newest treatment, the last log and the live alerts, as plain rows."""
    treatments = Treatment.objects.filter(patient=OuterRef("pk")).order_by("-started_on")
    newest = DailyLog.objects.filter(patient=OuterRef("pk"), superseded_at__isnull=True).order_by("-day")
    live = Alert.objects.filter(patient=OuterRef("pk")).live().order_by()
    of_patient = live.values("patient")
    rows = Patient.objects.filter(pk__in=patients).annotate(
        name=F("person__name"),
        drug=Subquery(treatments.values("drug")[:1]),
        started_on=Subquery(treatments.values("started_on")[:1]),
        last_log_on=Subquery(newest.values("day")[:1]),
        live_alerts=Coalesce(Subquery(of_patient.annotate(number=Count("pk")).values("number")), 0),
        most_urgent=Subquery(of_patient.annotate(rank=Max("urgency_rank")).values("rank")),
    )
    return rows.order_by("name", "pk").values_list(*_OVERVIEW, named=True)
