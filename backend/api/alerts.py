"""The worklist, one alert, and the colleagues it can be given to, for the staff of a clinic."""

from functools import cache
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.selectors import named
from backend.audit import services as audit
from backend.care.selectors import colleagues
from backend.protocol import load
from backend.triage import missed_logs
from backend.triage.contacts import rows_of as rows_of_contacts
from backend.triage.models import Alert, Alerts, Urgency
from backend.triage.worklist import ORDER, alerts_of_clinic, around, counts, leading_alerts, rows_of, with_the_others

from . import conditional_get, cursor, present, present_contacts
from .errors import not_found
from .inputs import CURSOR, asked, identifier, not_known, one_of
from .permissions import STAFF, clinic_of, person_of
from .shapes.alerts import AlertPage, Colleagues, WholeAlert
from .shapes.problems import ProblemShape

PAGE = 50
NEWEST_FIRST = ("-resolved_at", "id")
LIVE = {Alert.State.OPEN, Alert.State.ACKNOWLEDGED}
_STATE = "|".join(Alert.State.values)
FILTERS = ("state", "urgency", "symptom", "patient", "owner", "group", "cursor")
OWNERS = ("me", "nobody", "passed_on")


class AlertsView(APIView):
    """The worklist."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="list_alerts",
        parameters=[
            OpenApiParameter(
                "state",
                {"type": "string", "pattern": f"^({_STATE})(,({_STATE}))*$", "default": "open,acknowledged"},
                description="One or more, by comma.",
            ),
            OpenApiParameter("urgency", str, enum=list(Urgency.values)),
            OpenApiParameter("symptom", {"type": "string", "minLength": 1, "maxLength": 60}),
            OpenApiParameter("patient", {"type": "string", "format": "uuid"}),
            OpenApiParameter("owner", str, enum=OWNERS),
            OpenApiParameter(
                "group",
                str,
                enum=["patient"],
                description="Alerts that wait, page by page of patients: the most urgent alert of each, then the "
                "patient's others, also those that no filter names.",
            ),
            CURSOR,
        ],
        responses={200: AlertPage, 304: None, 422: ProblemShape},
    )
    def get(self, request: Request) -> HttpResponse:
        """Most urgent first, then by due time; the resolved newest first. With If-None-Match unchanged is a 304."""
        clinic = clinic_of(request)
        page, following = _page(request, clinic)
        now = timezone.now()
        beside = around(page, clinic_id=clinic, now=now)
        document = {
            "results": [present.alert(row, beside, now) for row in page],
            "next": following,
            "counts": counts(clinic_id=clinic, person_id=person_of(request).pk),
        }
        answer = conditional_get.document(request, document)
        if conditional_get.is_new(answer):
            seen = {row.patient_id for row in page}
            audit.record(now=now, person=person_of(request).pk, patients=seen, verb="viewed", what="worklist")
        return answer


class AlertView(APIView):
    """One alert with its flags, events and contacts."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="get_alert", responses={200: WholeAlert, 404: ProblemShape})
    def get(self, request: Request, pk: str) -> Response:
        """Return everything about one alert."""
        found = identifier(pk)
        row = rows_of(alerts_of_clinic(clinic_of(request)).filter(pk=found)).first()
        if row is None:
            raise not_found()
        audit.record(now=timezone.now(), person=person_of(request).pk, patients=[row.patient_id], verb="viewed",
                     what="alert", subject=row.id)  # fmt: skip
        return Response(whole(row, clinic_of(request)))


class StaffView(APIView):
    """Colleagues."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="list_staff",
        parameters=[OpenApiParameter("q", str, description="Words of a name: jorg muller")],
        responses={200: Colleagues},
    )
    def get(self, request: Request) -> Response:
        """People of your clinic: to assign an alert to, and to name as who decided."""
        people = colleagues(clinic_of(request)).filter(named(asked(request, ("q",)).get("q", "")))
        return Response({"results": [{"id": p.pk, "name": p.name, "role": p.role} for p in people]})


def whole(row: Any, clinic_id: UUID) -> dict[str, Any]:
    """An alert with its flags, events and contacts, oldest first; `row` as `worklist.rows_of` gives it."""
    alert, now = Alert(pk=row.id), timezone.now()
    flags = list(alert.flags.select_related("log__call").order_by("flagged_at", "pk"))
    events = alert.events.select_related("by").order_by("at", "pk")
    calls = {flag.log_id: flag.log.call for flag in flags if hasattr(flag.log, "call")}.values()
    grades = alert.confirmed_grades.filter(contact=None).select_related("by")
    contacts = rows_of_contacts(alert.contacts.order_by("at"))
    return {
        **present.alert(row, around([row], clinic_id=clinic_id, now=now), now),
        "flags": [
            {"rule": f.rule, "day": f.log.day, "urgency": f.urgency, "reason": f.reason, "facts": f.facts,
             "source": f.source, "at": f.flagged_at}
            for f in flags
        ],
        "events": sorted(
            [
                *map(present_contacts.event, events),
                *map(present_contacts.call, calls),
                *map(present_contacts.grade_event, grades),
            ],
            key=itemgetter("at"),
        ),
        "contacts": [present_contacts.contact(contact) for contact in contacts],
    }  # fmt: skip


def as_it_stands(alert: Alert) -> dict[str, Any]:
    """One alert as the worklist shows it, read again."""
    row = rows_of(alerts_of_clinic(alert.clinic_id)).get(pk=alert.pk)
    now = timezone.now()
    return present.alert(row, around([row], clinic_id=alert.clinic_id, now=now), now)


@cache
def _symptoms() -> frozenset[str]:
    """Every symptom an alert can be about, in any protocol."""
    return frozenset({missed_logs.SYMPTOM, *(name for drug in load.drugs() for name in load.newest(drug).symptoms)})


def _page(request: Request, clinic: UUID) -> tuple[list[Any], str | None]:
    """One page of alerts, or of patients with all their alerts."""
    wanted = _filtered(alerts_of_clinic(clinic), request)
    if request.query_params.get("group") is None:
        order = NEWEST_FIRST if request.query_params.get("state") == Alert.State.RESOLVED else ORDER
        return cursor.page(request, rows_of(wanted), order, PAGE)
    page, following = cursor.page(request, rows_of(leading_alerts(clinic, among=wanted)), ORDER, PAGE)
    return with_the_others(page, clinic_id=clinic), following


def _filtered(alerts: Alerts, request: Request) -> Alerts:
    given = asked(request, FILTERS)
    states = given.get("state", "open,acknowledged").split(",")
    if not set(states) <= set(Alert.State.values):
        raise not_known("state", "Send open, acknowledged or resolved.")
    alerts = alerts.filter(state__in=states) if set(states) != LIVE else alerts.live()
    if urgency := one_of(given, "urgency", Urgency.values):
        alerts = alerts.filter(urgency=urgency)
    if symptom := one_of(given, "symptom", _symptoms()):
        alerts = alerts.filter(symptom=symptom)
    patient = given.get("patient")
    if patient is not None:
        alerts = alerts.filter(patient=identifier(patient))
    one_of(given, "group", ("patient",))
    owner = one_of(given, "owner", OWNERS)
    if owner == "me":
        return alerts.filter(assigned_to=person_of(request))
    if owner == "nobody":
        return alerts.filter(assigned_to=None, escalation_level=0)
    return alerts.filter(assigned_to=None, escalation_level__gt=0) if owner == "passed_on" else alerts


def audited(request: Request, row: Alert, verb: str) -> None:
    """Note that this person viewed or changed this alert."""
    patients: list[UUID] = [row.patient_id]
    audit.record(now=timezone.now(), person=request.user.pk, patients=patients, verb=verb, what="alert", subject=row.pk)
