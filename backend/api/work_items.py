"""Work items on the worklist, the acts on one, and contacts that no alert asked for."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.care.deciding import NOT_ASKED
from backend.care.selectors import colleagues, patients_of
from backend.triage import contacts, to_do, work_items
from backend.triage.models import Contact, WorkItem
from backend.triage.services import NotAColleague
from backend.triage.worklist import beside_of

from . import conditional_get, cursor, present, present_contacts
from .alert_acts import AssignInput, NothingInput
from .alert_problems import in_words
from .contact_input import PlainContactInput, plain_outcome_of
from .inputs import CURSOR, asked, checked, identifier, one_of
from .permissions import CLINICIANS, STAFF, clinic_of, one, person_of
from .shapes.alerts import ContactShape
from .shapes.problems import ProblemShape
from .shapes.work_items import WorkItemPage, WorkItemShape

PAGE = 50
REFUSED = {404: ProblemShape, 409: ProblemShape, 422: ProblemShape}


class WorkItemsView(APIView):
    """What is to be done today beside the alerts."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="list_work_items",
        parameters=[
            OpenApiParameter("owner", str, enum=["me", "nobody"]),
            CURSOR,
        ],
        responses={200: WorkItemPage, 304: None, 422: ProblemShape},
    )
    def get(self, request: Request) -> HttpResponse:
        """Those due first first. Send If-None-Match: unchanged is answered with 304."""
        now, person, clinic = timezone.now(), person_of(request), clinic_of(request)
        today = to_do.today_of(person.clinic.time_zone if person.clinic else "UTC", now)
        wanted = to_do.to_do(clinic, today=today)
        owner = one_of(asked(request, ("owner", "cursor")), "owner", ("me", "nobody"))
        if owner is not None:
            wanted = wanted.filter(assigned_to=person if owner == "me" else None)
        page, following = cursor.page(request, to_do.rows_of(wanted), to_do.ORDER, PAGE)
        beside = beside_of(page)
        document = {
            "results": [present.work_item(row, beside[row.id], now) for row in page],
            "next": following,
            "counts": to_do.counts(clinic_id=clinic, person_id=person.pk, today=today),
        }
        answer = conditional_get.document(request, document)
        if conditional_get.is_new(answer):
            seen = {row.patient_id for row in page}
            audit.record(now=now, person=person.pk, patients=seen, verb="viewed", what="worklist")
        return answer


class ItemAct(APIView):
    """One act on a work item: read the body, act, answer with the work item as it is now."""

    roles = {"POST": CLINICIANS}

    def act(self, request: Request, pk: str) -> Response:
        """Do it, in the words of the API where it is refused."""
        item = one(to_do.items_of_clinic(clinic_of(request)), identifier(pk))
        try:
            self.do(item, request)
        except contacts.AlreadyKept:
            pass
        except Exception as refused:
            raise in_words(refused) from refused
        now = timezone.now()
        audit.record(now=now, person=person_of(request).pk, patients=[item.patient_id], verb="changed",
                     what="work_item", subject=item.pk)  # fmt: skip
        row = to_do.rows_of(to_do.items_of_clinic(item.clinic_id)).get(pk=item.pk)
        return Response(present.work_item(row, beside_of([row])[row.id], now))

    def do(self, item: WorkItem, request: Request) -> None:
        """What this act is."""
        raise NotImplementedError


class Take(ItemAct):
    """Take a work item."""

    @extend_schema(operation_id="take_work_item", request=NothingInput, responses={200: WorkItemShape, **REFUSED})
    def post(self, request: Request, pk: str) -> Response:
        """It is yours; the second one is told who has it."""
        return self.act(request, pk)

    def do(self, item: WorkItem, request: Request) -> None:
        """Take."""
        checked(NothingInput, request.data or {})
        work_items.take(item=item, nurse=person_of(request), now=timezone.now())


class AssignItem(ItemAct):
    """Give a work item to a colleague."""

    @extend_schema(operation_id="assign_work_item", request=AssignInput, responses={200: WorkItemShape, **REFUSED})
    def post(self, request: Request, pk: str) -> Response:
        """Name the colleague who takes care of it; with `seen` the second one is told who has it."""
        return self.act(request, pk)

    def do(self, item: WorkItem, request: Request) -> None:
        """Assign."""
        sent = checked(AssignInput, request.data)
        colleague = colleagues(clinic_of(request)).filter(pk=sent["to"]).first()
        if colleague is None:
            raise NotAColleague
        work_items.assign(item=item, to=colleague, seen=sent.get("seen", NOT_ASKED))


class RecordForItem(ItemAct):
    """Record a contact for a work item and keep it."""

    @extend_schema(operation_id="record_contact_for_work_item", request=PlainContactInput,
                   responses={200: WorkItemShape, **REFUSED})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Record what came of it; it stays on the worklist, as yours."""
        return self.act(request, pk)

    def do(self, item: WorkItem, request: Request) -> None:
        """Record."""
        work_items.record_contact(
            item=item, outcome=plain_outcome_of(request), nurse=person_of(request), now=timezone.now()
        )


class Finish(ItemAct):
    """End a work item with what came of it."""

    @extend_schema(operation_id="finish_work_item", request=PlainContactInput,
                   responses={200: WorkItemShape, **REFUSED})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Record what came of it; it leaves the worklist."""
        return self.act(request, pk)

    def do(self, item: WorkItem, request: Request) -> None:
        """Finish."""
        work_items.finish(item=item, outcome=plain_outcome_of(request), nurse=person_of(request), now=timezone.now())


class RecordWithPatient(APIView):
    """Record a contact that no alert and no work item asked for."""

    roles = {"POST": CLINICIANS}

    @extend_schema(operation_id="record_contact_with_patient", request=PlainContactInput,
                   responses={201: ContactShape, 404: ProblemShape, 422: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """A patient rang, or came by: keep what came of it."""
        patient = one(patients_of(clinic_of(request)), identifier(pk))
        now, person = timezone.now(), person_of(request)
        try:
            kept = work_items.record_contact_with(
                patient=patient, outcome=plain_outcome_of(request), nurse=person, now=now
            )
        except contacts.AlreadyKept as again:
            kept = again.contact
        except Exception as refused:
            raise in_words(refused) from refused
        audit.record(now=now, person=person.pk, patients=[patient.pk], verb="changed", what="contact", subject=kept.pk)
        row = contacts.rows_of(Contact.objects.filter(pk=kept.pk)).get()
        return Response(present_contacts.contact(row), status=201)
