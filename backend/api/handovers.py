"""Handovers at the end of a shift, for nurses and prescribers: offer, list, accept, withdraw."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.models import Person
from backend.audit import services as audit
from backend.care.models import Patient
from backend.care.selectors import colleagues
from backend.triage import handover
from backend.triage.models import Alert, Handover, WorkItem
from backend.triage.services import NotAColleague

from . import readable
from .alert_acts import NothingInput
from .inputs import Id, Strict, Text, checked, identifier
from .permissions import CLINICIANS, clinic_of, one, person_of
from .roster_problems import in_words
from .shapes.problems import ProblemShape
from .shapes.roster import AcceptedShape, HandoverShape, HandoversShape


class NoteInput(Strict):
    """What to say about one alert."""

    alert = Id()
    note = Text(max_length=2000, allow_blank=True)


class OfferInput(Strict):
    """To whom, with a note for the whole and one for each alert."""

    to = Id()
    note = Text(max_length=2000, required=False, allow_blank=True, default="")
    notes = NoteInput(many=True, required=False, default=list)


class HandoversView(APIView):
    """My handovers."""

    roles = {"GET": CLINICIANS, "POST": CLINICIANS}

    @extend_schema(operation_id="list_handovers", responses={200: HandoversShape})
    def get(self, request: Request) -> Response:
        """What waits for me, what I have offered, and what I have open."""
        me = person_of(request)
        mine = handover.offered_by(me).first()
        to_me = [_whole(row, request) for row in handover.offered_to(me)]
        held = list(handover.held_by(me).select_related("patient__person"))
        _audited(request, held, "viewed")
        return Response({
            "offered_to_me": to_me,
            "offered_by_me": _whole(mine, request) if mine else None,
            "held": [_item(alert, "") for alert in held],
            "work_items": _work(request, me),
        })  # fmt: skip

    @extend_schema(operation_id="offer_handover", request=OfferInput,
                   responses={201: HandoverShape, 409: ProblemShape, 422: ProblemShape})  # fmt: skip
    def post(self, request: Request) -> Response:
        """Offer all I have open to a colleague. It stays mine until they accept."""
        me, sent = person_of(request), checked(OfferInput, request.data)
        notes = {row["alert"]: row["note"] for row in sent["notes"]}
        try:
            to = colleagues(clinic_of(request)).filter(pk=sent["to"]).first()
            if to is None:
                raise NotAColleague
            row = handover.offer(by=me, to=to, note=sent["note"], notes=notes, now=timezone.now())
        except Exception as refused:
            raise in_words(refused, zone_of(request)) from refused
        return Response(_whole(row, request), status=201)


class AcceptHandover(APIView):
    """Take over."""

    roles = {"POST": CLINICIANS}

    @extend_schema(operation_id="accept_handover", request=NothingInput,
                   responses={200: AcceptedShape, 404: ProblemShape, 409: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """From now on what is still open of it is yours."""
        checked(NothingInput, request.data or {})
        me = person_of(request)
        row = one(Handover.objects.filter(clinic_id=clinic_of(request), offered_to=me), identifier(pk))
        try:
            passed = handover.accept(handover=row, by=me, now=timezone.now())
        except Exception as refused:
            raise in_words(refused, zone_of(request)) from refused
        _audited(request, [line.alert for line in row.alerts.filter(passed=True).select_related("alert")], "changed")
        return Response({"passed": passed})


class WithdrawHandover(APIView):
    """Take an offer back."""

    roles = {"POST": CLINICIANS}

    @extend_schema(operation_id="withdraw_handover", request=NothingInput,
                   responses={200: HandoverShape, 404: ProblemShape, 409: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Possible until it is accepted. Everything stays yours."""
        checked(NothingInput, request.data or {})
        mine = Handover.objects.filter(clinic_id=clinic_of(request), offered_by=person_of(request))
        row = one(mine.select_related("offered_by", "offered_to"), identifier(pk))
        try:
            handover.withdraw(handover=row, now=timezone.now())
        except Exception as refused:
            raise in_words(refused, zone_of(request)) from refused
        row.refresh_from_db(fields=["state", "ended_at"])
        return Response(_whole(row, request))


def zone_of(request: Request) -> ZoneInfo:
    """The zone of the clinic whoever is signed in works at."""
    clinic = person_of(request).clinic
    return ZoneInfo(clinic.time_zone if clinic else "UTC")


def _whole(row: Handover, request: Request) -> dict[str, Any]:
    lines = list(row.alerts.select_related("alert__patient__person").order_by("-alert__urgency_rank", "alert__due_at"))
    _audited(request, [line.alert for line in lines], "viewed")
    return {
        "id": row.pk,
        "offered_by": {"id": row.offered_by_id, "name": row.offered_by.name},
        "offered_to": {"id": row.offered_to_id, "name": row.offered_to.name},
        "note": row.note,
        "state": row.state,
        "offered_at": row.offered_at,
        "ended_at": row.ended_at,
        "items": [_item(line.alert, line.note) for line in lines],
        "work_items": _work(request, row.offered_by) if row.state == Handover.State.OFFERED else [],
    }


def _work(request: Request, person: Person) -> list[dict[str, Any]]:
    """The work items that go with the alerts."""
    items = list(handover.work_of(person).select_related("patient__person", "promised_in"))
    patients = {item.patient_id for item in items}
    audit.record(now=timezone.now(), person=person_of(request).pk, patients=patients, verb="viewed", what="handover")
    return [readable.shown(partial(_work_item, item), partial(_work_item, item), item.pk) for item in items]


def _work_item(item: WorkItem) -> dict[str, Any]:
    return {
        "id": item.pk,
        "patient": _patient(item.patient),
        "kind": item.kind,
        "week": item.week,
        "next_step": item.promised_in and item.promised_in.next_step,
        "next_at": item.promised_in and item.promised_in.next_at,
        "due_on": item.due_on,
    }


def _patient(patient: Patient) -> dict[str, Any]:
    return {"id": patient.pk, "name": patient.person.name, "time_zone": patient.time_zone}


def _item(alert: Alert, note: str) -> dict[str, Any]:
    return readable.shown(partial(_alert, alert, note), partial(_alert, alert, note), alert.pk)


def _alert(alert: Alert, note: str) -> dict[str, Any]:
    return {
        "id": alert.pk,
        "patient": _patient(alert.patient),
        "symptom": alert.symptom,
        "urgency": alert.urgency,
        "reason": alert.reason,
        "due_at": alert.due_at,
        "note": note,
        "open": alert.state != Alert.State.RESOLVED,
    }


def _audited(request: Request, alerts: Iterable[Alert], verb: str) -> None:
    patients = {alert.patient_id for alert in alerts}
    audit.record(now=timezone.now(), person=person_of(request).pk, patients=patients, verb=verb, what="handover")
