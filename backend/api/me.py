"""Who is signed in, and what their page needs to start."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.care.models import CareTeam, Clinic, Patient
from backend.care.selectors import context_of, running_treatment
from backend.messaging.selectors import reached_nobody
from backend.ticks.selectors import late_ticks
from backend.triage.assess import protocol_of
from backend.triage.selectors import reviews_of

from .patients import treatment_of
from .permissions import EVERYBODY, person_of
from .shapes.me import Me


class MeView(APIView):
    """Whoever is signed in."""

    roles = {"GET": EVERYBODY}

    @extend_schema(operation_id="get_me", responses={200: Me})
    def get(self, request: Request) -> Response:
        """Person, clinic and care team; for a patient baseline and treatment; for staff what is late."""
        person = person_of(request)
        now = timezone.now()
        patient = Patient.objects.filter(person=person).select_related("care_team", "clinic").first()
        clinic = patient.clinic if patient else person.clinic
        staff = person.is_staff_member and clinic is not None
        if patient:
            audit.record(now=now, person=person.pk, patients=[patient.pk], verb="viewed", what="patient")
        return Response(
            {
                "person": {key: getattr(person, key) for key in ("id", "name", "given_name", "email", "role")},
                "clinic": _clinic(clinic),
                "team": _team(patient.care_team if patient else CareTeam.objects.filter(clinic=clinic).first()),
                "patient": _patient(patient) if patient else None,
                "now": now,
                "late_ticks": _late(now) if staff else [],
                "unreached": reached_nobody(clinic_id=clinic.pk, now=now) if staff and clinic else 0,
                "demonstration": settings.DEMO,
            }
        )


def _clinic(clinic: Clinic | None) -> dict[str, Any] | None:
    keys = ("id", "name", "time_zone", "care_line", "emergency_number")
    return None if clinic is None else {key: getattr(clinic, key) for key in keys}


def _team(team: CareTeam | None) -> dict[str, Any] | None:
    if team is None:
        return None
    people = {"nurse": team.nurse, "second_nurse": team.second_nurse, "on_call": team.on_call}
    return {"name": team.name, **{place: who.given_name if who else None for place, who in people.items()}}


def _patient(patient: Patient) -> dict[str, Any]:
    context = context_of(patient.pk)
    protocol = protocol_of(context)
    reviews = reviews_of([context], now=timezone.now()).get(patient.pk, [])
    return {
        "id": patient.pk,
        "name": patient.person.name,
        "time_zone": patient.time_zone,
        "language": patient.language,
        "birth_on": patient.birth_on,
        "baseline": patient.baseline,
        "treatment": treatment_of(running_treatment(patient)),
        "protocol": {"id": protocol.drug, "version": protocol.version, "signature": protocol.signature},
        "reviewed": [{"symptom": r.symptom, "on": r.on, "grade": r.grade} for r in reviews],
    }


def _late(now: datetime) -> list[dict[str, Any]]:
    return [{"name": tick.name, "last_at": tick.last_at} for tick in late_ticks(now=now)]
