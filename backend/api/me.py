"""Who is signed in, and what their page needs to start."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.models import Person
from backend.audit import services as audit
from backend.care import time_zones
from backend.care.models import CareTeam, Clinic, Patient
from backend.care.roster import gaps, on_duty, shifts_at
from backend.care.selectors import context_of, running_treatment
from backend.care.services import choose_language
from backend.messaging.selectors import number_of_unread_threads, reached_nobody, unread_by_patient
from backend.protocol import texts
from backend.ticks.selectors import late_ticks
from backend.triage import handover
from backend.triage.assess import protocol_of
from backend.triage.selectors import reviews_of

from . import roster
from .errors import Problem
from .inputs import Strict, Text, checked
from .permissions import CLINICIANS, EVERYBODY, PATIENT, patient_of, person_of
from .present import today_in
from .present_patients import treatment_of
from .shapes.me import Me
from .shapes.problems import ProblemShape

GAPS_SHOWN_TO_ADMINISTRATORS, GAPS_SHOWN_TO_OTHERS = timedelta(days=7), timedelta(days=1)


class MeInput(Strict):
    """What a patient may change about themselves."""

    language = Text(max_length=10)


class MeView(APIView):
    """Whoever is signed in."""

    roles = {"GET": EVERYBODY, "PATCH": PATIENT}

    @extend_schema(operation_id="get_me", responses={200: Me})
    def get(self, request: Request) -> Response:
        """Person, clinic and care team; for a patient baseline and treatment; for staff what is late."""
        return Response(_me(request))

    @extend_schema(operation_id="patch_me", request=MeInput, responses={200: Me, 422: ProblemShape})
    def patch(self, request: Request) -> Response:
        """Choose the language of advice and messages."""
        language = checked(MeInput, request.data)["language"]
        if language not in texts.languages():
            mend = f"Send one of: {', '.join(texts.languages())}."
            raise Problem(422, "invalid", f"There are no texts in this language. {mend}",
                          [("language", "not known", mend)])  # fmt: skip
        patient = patient_of(request)
        choose_language(patient_id=patient, language=language)
        audit.record(
            now=timezone.now(), person=person_of(request).pk, patients=[patient], verb="changed", what="language"
        )
        return Response(_me(request))


def _me(request: Request) -> dict[str, Any]:
    person = person_of(request)
    now = timezone.now()
    patient = Patient.objects.filter(person=person).select_related("care_team", "clinic").first()
    clinic = patient.clinic if patient else person.clinic
    if patient:
        audit.record(now=now, person=person.pk, patients=[patient.pk], verb="viewed", what="patient")
    return {
        "person": {key: getattr(person, key) for key in ("id", "name", "given_name", "email", "role")},
        "clinic": _clinic(clinic, now),
        "team": _team(patient.care_team if patient else CareTeam.objects.filter(clinic=clinic).first(), now),
        "patient": _patient(patient) if patient else None,
        "languages": texts.languages(),
        "now": now,
        "time_zone": _time_zone(patient or clinic, now),
        **_of_staff(person, clinic, now),
        "unread_messages": _unread(person, patient),
        "demonstration": settings.DEMO,
    }


def _time_zone(place: Patient | Clinic | None, now: datetime) -> dict[str, Any] | None:
    """The clocks of the page: the patient's own, else the clinic's. None for a zone without known rules."""
    if place is None or not time_zones.is_known(place.time_zone):
        return None
    ahead = time_zones.offsets_ahead(place.time_zone, now.date())
    return {"name": place.time_zone, "offsets": [{"at": at, "minutes": minutes} for at, minutes in ahead]}


def _of_staff(person: Person, clinic: Clinic | None, now: datetime) -> dict[str, Any]:
    if clinic is None or not person.is_staff_member:
        return {"late_ticks": [], "unreached": 0, "roster_gaps": [], "handovers": [], "duty": None}
    ahead = GAPS_SHOWN_TO_ADMINISTRATORS if person.role == Person.Role.ADMINISTRATOR else GAPS_SHOWN_TO_OTHERS
    return {
        "late_ticks": _late(now),
        "unreached": reached_nobody(clinic_id=clinic.pk, now=now),
        "roster_gaps": [roster.gap(gap) for gap in gaps(clinic, now, now + ahead)],
        "handovers": [{"by": one.offered_by.name, "offered_at": one.offered_at} for one in handover.offered_to(person)],
        "duty": _duty(person, clinic, now),
    }


def _duty(person: Person, clinic: Clinic, now: datetime) -> dict[str, Any] | None:
    """When this person's shift ends, and whether it is time to hand over what is open."""
    ends = shifts_at(clinic.pk, now).filter(person=person).values_list("ends_at", flat=True)
    until = max(ends, default=None)
    if until is None:
        return None
    soon = until - now <= settings.HANDOVER_REMINDER and person.role in CLINICIANS
    holds = soon and (handover.held_by(person).exists() or handover.work_of(person).exists())
    waits = holds and not handover.offered_by(person).exists()
    return {"until": until, "hand_over_now": waits}


def _unread(person: Person, patient: Patient | None) -> int:
    """Messages of the team for a patient; for who answers them, threads in which something waits."""
    if patient:
        return unread_by_patient(patient.pk)
    if person.role in CLINICIANS and person.clinic_id:
        return number_of_unread_threads(person.clinic_id)
    return 0


def _clinic(clinic: Clinic | None, now: datetime) -> dict[str, Any] | None:
    if clinic is None:
        return None
    keys = ("id", "name", "time_zone", "care_line", "emergency_number")
    return {**{key: getattr(clinic, key) for key in keys}, "hours": roster.hours(clinic, now)}


def _team(team: CareTeam | None, now: datetime) -> dict[str, Any] | None:
    """Who is on duty now, as a patient reads it."""
    if team is None:
        return None
    people = on_duty(clinic_id=team.clinic_id, team=team, now=now)
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
        "region": context.region,
        "parameters": context.parameters,
        "birth_on": patient.birth_on,
        "baseline": patient.baseline,
        "treatment": treatment_of(running_treatment(patient), today_in(patient.time_zone, timezone.now())),
        "protocol": {"id": protocol.drug, "version": protocol.version, "signature": protocol.signature},
        "reviewed": [{"symptom": r.symptom, "on": r.on, "grade": r.grade} for r in reviews],
    }


def _late(now: datetime) -> list[dict[str, Any]]:
    return [{"name": tick.name, "last_at": tick.last_at} for tick in late_ticks(now=now)]
