"""The acts on one alert, for nurses and prescribers of the alert's clinic."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.care.deciding import NOT_ASKED
from backend.care.selectors import colleagues
from backend.triage import recording, services, undo
from backend.triage.contacts import AlreadyKept
from backend.triage.models import Alert
from backend.triage.worklist import alerts_of_clinic

from .alert_problems import in_words
from .alerts import as_it_stands, audited
from .contact_input import ContactInput, outcome_of
from .inputs import Id, Strict, Text, checked, identifier
from .permissions import CLINICIANS, clinic_of, one, person_of
from .shapes.alerts import AlertShape
from .shapes.problems import ProblemShape


class AssignInput(Strict):
    """To whom, and who had it when whoever assigns it looked."""

    to = Id()
    seen = Id(
        required=False,
        allow_null=True,
        help_text="Who had it when you looked, null for nobody: if that has changed the answer is 409 and names who "
        "has it. Left out: given whoever has it.",
    )


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
        except AlreadyKept:
            pass
        except Exception as refused:
            raise in_words(refused) from refused
        audited(request, row, "changed")
        return Response(as_it_stands(row))

    def do(self, alert: Alert, request: Request) -> None:
        """What this act is."""
        raise NotImplementedError


class Acknowledge(Act):
    """Take an alert."""

    @extend_schema(operation_id="acknowledge_alert", request=NothingInput,
                   responses={200: AlertShape, 404: ProblemShape, 409: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Take an open alert; the second one is told who has it."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Acknowledge."""
        checked(NothingInput, request.data or {})
        services.acknowledge(alert=alert, nurse=person_of(request), now=timezone.now())


class Assign(Act):
    """Give an alert to a colleague."""

    @extend_schema(operation_id="assign_alert", request=AssignInput,
                   responses={200: AlertShape, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Name the colleague who takes care of it; with `seen` the second one is told who has it."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Assign."""
        sent = checked(AssignInput, request.data)
        colleague = colleagues(clinic_of(request)).filter(pk=sent["to"]).first()
        if colleague is None:
            raise services.NotAColleague
        services.assign(
            alert=alert, to=colleague, by=person_of(request), now=timezone.now(), seen=sent.get("seen", NOT_ASKED)
        )


class RecordContact(Act):
    """Record a contact and keep the alert open."""

    @extend_schema(operation_id="record_contact", request=ContactInput,
                   responses={200: AlertShape, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Record what came of it; the alert stays open."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Record."""
        recording.record_contact(alert=alert, outcome=outcome_of(request), nurse=person_of(request), now=timezone.now())


class Resolve(Act):
    """Close an alert with its outcome."""

    @extend_schema(operation_id="resolve_alert", request=ContactInput,
                   responses={200: AlertShape, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Record what came of it and close the alert; the patient sees who and when."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Resolve."""
        recording.resolve(alert=alert, outcome=outcome_of(request), nurse=person_of(request), now=timezone.now())


class Reopen(Act):
    """Open a resolved alert again."""

    @extend_schema(operation_id="reopen_alert", request=ReopenInput,
                   responses={200: AlertShape, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Say why; the clock starts anew."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Reopen."""
        note = checked(ReopenInput, request.data)["note"]
        services.reopen(alert=alert, note=note, nurse=person_of(request), now=timezone.now())


class UndoInput(Strict):
    """Which contact."""

    contact = Id()


class Undo(Act):
    """Undo resolving an alert."""

    @extend_schema(operation_id="undo_resolve", request=UndoInput,
                   responses={200: AlertShape, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Within a minute after it was resolved, by whoever resolved it: the alert stands as before."""
        return self.act(request, pk)

    def do(self, alert: Alert, request: Request) -> None:
        """Undo."""
        contact = checked(UndoInput, request.data)["contact"]
        undo.undo(alert=alert, contact_id=contact, nurse=person_of(request), now=timezone.now())
