"""A patient as an administrator may see them: who, where, since when, with what consent. docs/decisions/0040."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.care.models import Patient
from backend.care.selectors import patients_of, running_treatment, with_consent
from backend.diary.models import DailyLog
from backend.triage.models import Contact

from . import present
from .inputs import identifier
from .permissions import STAFF, clinic_of, one, person_of
from .shapes.enrollment import EnrollmentShape
from .shapes.problems import ProblemShape


class EnrollmentView(APIView):
    """One patient, without anything about health."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="get_enrollment", responses={200: EnrollmentShape, 404: ProblemShape, 422: ProblemShape}
    )
    def get(self, request: Request, pk: str) -> Response:
        """Name, birth date, team, status, days of treatment, consent, last log and last contact."""
        rows = with_consent(patients_of(clinic_of(request))).select_related("person", "care_team__nurse")
        patient, now = one(rows, identifier(pk)), timezone.now()
        audit.record(
            now=now, person=person_of(request).pk, patients=[patient.pk], verb="viewed", what="enrollment",
            subject=patient.pk,
        )  # fmt: skip
        return Response(_shown(patient, now))


def _shown(patient: Any, now: datetime) -> dict[str, Any]:
    treatment = running_treatment(patient)
    logs = DailyLog.objects.filter(patient=patient, superseded_at__isnull=True)
    return {
        "id": patient.pk,
        "name": patient.person.name,
        "birth_on": patient.birth_on,
        "age": present.age(patient.birth_on, present.today_in(patient.time_zone, now)),
        "phone": patient.person.phone,
        "language": patient.language,
        "time_zone": patient.time_zone,
        "status": patient.status,
        "status_since": patient.status_since,
        "care_team": patient.care_team.name,
        "nurse": patient.care_team.nurse.name,
        "treatment": treatment and {"started_on": treatment.started_on, "ended_on": treatment.ended_on},
        "consent": patient.consent,
        "last_log_on": logs.aggregate(day=Max("day"))["day"],
        "last_contact_at": _last_contact(patient),
    }


def _last_contact(patient: Patient) -> datetime | None:
    found: datetime | None = Contact.objects.filter(patient=patient).aggregate(at=Max("at"))["at"]
    return found
