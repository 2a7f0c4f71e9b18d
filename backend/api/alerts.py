"""The worklist and the acts on one alert, for nurses and prescribers of the alert's clinic."""

import hashlib
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as s
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.models import Person
from backend.audit import services as audit
from backend.care.models import DoseDecision
from backend.care.selectors import colleagues
from backend.triage import services
from backend.triage.models import Alert, Contact, Urgency
from backend.triage.selectors import alerts_of_clinic, last_contacts

from . import cursor, present, shapes
from .alert_problems import in_words
from .errors import Problem
from .inputs import Strict, Text, WholeNumber, checked, identifier
from .permissions import CLINICIANS, STAFF, clinic_of, one

PAGE = 50
PROBLEM = shapes.ProblemShape
ORDER = ("-urgency_rank", "due_at", "id")


class AlertsView(APIView):
    """The worklist."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="list_alerts",
        parameters=[
            OpenApiParameter("state", str, description="open,acknowledged (default) or resolved, by comma"),
            OpenApiParameter("urgency", str, enum=list(Urgency.values)),
            OpenApiParameter("symptom", str),
            OpenApiParameter("patient", str),
            OpenApiParameter("owner", str, enum=["me", "nobody"]),
            OpenApiParameter("cursor", str),
        ],
        responses={200: shapes.AlertPage, 304: None, 422: PROBLEM},
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """Most urgent first, then by due time. Send If-None-Match: unchanged is answered with 304."""
        wanted = _filtered(alerts_of_clinic(clinic_of(request)), request)
        page, following = cursor.page(request, wanted, ORDER, PAGE)
        patients = {row.patient_id for row in page}
        last, now = last_contacts(patients), timezone.now()
        document = {
            "results": [present.alert(row, last.get(row.patient_id), now) for row in page],
            "next": following,
            "counts": _counts(request),
        }
        content = orjson.dumps(document)
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        if request.headers.get("If-None-Match") == etag:
            return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": "no-cache"})
        audit.record(now=now, person=request.user.pk, patients=patients, verb="viewed", what="worklist")
        headers = {"ETag": etag, "Cache-Control": "no-cache"}
        return HttpResponse(content, content_type="application/json", headers=headers)


class AlertView(APIView):
    """One alert with its flags, events and contacts."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="get_alert", responses={200: shapes.WholeAlert, 404: PROBLEM})
    def get(self, request: Request, pk: str) -> Response:
        """Return everything about one alert."""
        row = one(alerts_of_clinic(clinic_of(request)), identifier(pk))
        _audit(request, row, "viewed")
        return Response(whole(row))


class DecisionInput(Strict):
    """A dose decision as a prescriber made it."""

    kind = s.ChoiceField(DoseDecision.Kind.choices)
    dose = Text(max_length=120, required=False, allow_blank=True, default="")
    reason = Text(max_length=2000)
    decided_by = s.UUIDField()
    effective_on = s.DateField()


class ContactInput(Strict):
    """What came of a call, message or visit."""

    outcome = s.ChoiceField(Contact.Outcome.choices)
    note = Text(max_length=2000, required=False, allow_blank=True, default="")
    next_step = Text(max_length=200, required=False, allow_blank=True, default="")
    next_on = s.DateField(required=False, allow_null=True, default=None)
    grade = WholeNumber(min_value=0, max_value=4, required=False, allow_null=True, default=None)
    dose_decision = DecisionInput(required=False, allow_null=True, default=None)


class AssignInput(Strict):
    """To whom."""

    to = s.UUIDField()


class ReopenInput(Strict):
    """Why."""

    note = Text(max_length=2000)


class NothingInput(Strict):
    """An empty object."""


class Act(APIView):
    """One act on an alert: read the body, act, answer with the alert as it is now."""

    roles = {"POST": CLINICIANS}

    def act(self, request: Request, pk: str) -> Response:
        """Do it, in the words of the API where it is refused."""
        row = one(alerts_of_clinic(clinic_of(request)), identifier(pk))
        try:
            self.do(row, request)
        except Exception as refused:
            raise in_words(refused) from refused
        _audit(request, row, "changed")
        again = one(alerts_of_clinic(clinic_of(request)), row.pk)
        last = last_contacts([again.patient_id]).get(again.patient_id)
        return Response(present.alert(again, last, timezone.now()))

    def do(self, alert: Alert, request: Request) -> None:
        """What this act is."""
        raise NotImplementedError


class Acknowledge(Act):
    """Take an alert."""

    @extend_schema(operation_id="acknowledge_alert", request=NothingInput,
                   responses={200: shapes.AlertShape, 404: PROBLEM, 409: PROBLEM})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Take an open alert; the second one is told who has it."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Acknowledge."""
        checked(NothingInput, request.data or {})
        services.acknowledge(alert=alert, nurse=request.user, now=timezone.now())


class Assign(Act):
    """Give an alert to a colleague."""

    @extend_schema(operation_id="assign_alert", request=AssignInput,
                   responses={200: shapes.AlertShape, 404: PROBLEM, 409: PROBLEM, 422: PROBLEM})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Name the colleague who takes care of it."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Assign."""
        to = checked(AssignInput, request.data)["to"]
        colleague = colleagues(clinic_of(request)).filter(pk=to).first()
        if colleague is None:
            raise services.NotAColleague
        services.assign(alert=alert, to=colleague, by=request.user, now=timezone.now())


class RecordContact(Act):
    """Record a contact and keep the alert open."""

    @extend_schema(operation_id="record_contact", request=ContactInput,
                   responses={200: shapes.AlertShape, 404: PROBLEM, 409: PROBLEM, 422: PROBLEM})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Record what came of it; the alert stays open."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Record."""
        services.record_contact(
            alert=alert, outcome=_outcome(request.data), nurse=request.user, now=timezone.now()
        )


class Resolve(Act):
    """Close an alert with its outcome."""

    @extend_schema(operation_id="resolve_alert", request=ContactInput,
                   responses={200: shapes.AlertShape, 404: PROBLEM, 409: PROBLEM, 422: PROBLEM})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Record what came of it and close the alert; the patient sees who and when."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Resolve."""
        services.resolve(alert=alert, outcome=_outcome(request.data), nurse=request.user, now=timezone.now())


class Reopen(Act):
    """Open a resolved alert again."""

    @extend_schema(operation_id="reopen_alert", request=ReopenInput,
                   responses={200: shapes.AlertShape, 404: PROBLEM, 409: PROBLEM, 422: PROBLEM})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Say why; the clock starts anew."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Reopen."""
        note = checked(ReopenInput, request.data)["note"]
        services.reopen(alert=alert, note=note, nurse=request.user, now=timezone.now())


class StaffView(APIView):
    """Colleagues."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="list_staff", responses={200: shapes.Colleagues})
    def get(self, request: Request) -> Response:
        """People of your clinic: to assign an alert to, and to name as who decided."""
        people = colleagues(clinic_of(request))
        return Response({"results": [{"id": p.pk, "name": p.name, "role": p.role} for p in people]})


def whole(row: Alert) -> dict[str, Any]:
    """An alert with its flags, events and contacts, oldest first."""
    last = last_contacts([row.patient_id]).get(row.patient_id)
    flags = row.flags.select_related("log").order_by("flagged_at", "pk")
    events = row.events.select_related("by").order_by("at", "pk")
    contacts = row.contacts.select_related("by", "alert").order_by("at")
    return {
        **present.alert(row, last, timezone.now()),
        "flags": [
            {"rule": f.rule, "day": f.log.day, "urgency": f.urgency, "reason": f.reason, "facts": f.facts,
             "source": f.source, "at": f.flagged_at}
            for f in flags
        ],
        "events": [{"kind": e.kind, "at": e.at, "by": e.by and e.by.name, "detail": e.detail} for e in events],
        "contacts": [present.contact(contact) for contact in contacts],
    }  # fmt: skip


def _outcome(data: Any) -> services.Outcome:
    sent = checked(ContactInput, data)
    decision = sent["dose_decision"]
    return services.Outcome(
        code=sent["outcome"],
        note=sent["note"],
        next_step=sent["next_step"],
        next_on=sent["next_on"],
        grade=sent["grade"],
        decision=services.Decision(**decision) if decision else None,
    )


def _filtered(alerts: QuerySet[Alert], request: Request) -> QuerySet[Alert]:
    asked = request.query_params
    states = asked.get("state", "open,acknowledged").split(",")
    if not set(states) <= set(Alert.State.values):
        raise Problem(422, "invalid", "This state is not known.", [("state", "not known", "Send open, acknowledged or resolved.")])  # fmt: skip
    alerts = alerts.exclude(state=Alert.State.RESOLVED) if "resolved" not in states else alerts
    alerts = alerts.filter(state__in=states)
    for name in ("urgency", "symptom"):
        if asked.get(name):
            alerts = alerts.filter(**{name: asked[name]})
    if asked.get("patient"):
        alerts = alerts.filter(patient=identifier(asked["patient"]))
    if asked.get("owner") == "me":
        alerts = alerts.filter(assigned_to=request.user)
    elif asked.get("owner") == "nobody":
        alerts = alerts.filter(assigned_to=None)
    return alerts


def _counts(request: Request) -> dict[str, int]:
    person: Person = request.user
    live = Alert.objects.filter(clinic_id=clinic_of(request)).exclude(state=Alert.State.RESOLVED)
    return live.aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=Q(assigned_to=person)),
        unassigned=Count("pk", filter=Q(assigned_to=None)),
    )


def _audit(request: Request, row: Alert, verb: str) -> None:
    patients: list[UUID] = [row.patient_id]
    audit.record(
        now=timezone.now(), person=request.user.pk, patients=patients, verb=verb, what="alert", subject=row.pk
    )
