"""PUT whether a log that asks for a call can wait, in the patient's own word."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.triage.can_wait import NotAsked, note_can_wait

from .errors import Problem
from .inputs import Moment, Strict, TrueOrFalse, checked
from .logs import own_log
from .permissions import PATIENT, person_of
from .shapes.logs import CanWaitShape
from .shapes.problems import ProblemShape
from .throttles import LogsByPerson


class CanWaitInput(Strict):
    """What the patient said, and when by the phone's clock."""

    can_wait = TrueOrFalse()
    said_at = Moment()


class CanWaitView(APIView):
    """What the patient answers to "Can it wait until your team calls you?"."""

    roles = {"PUT": PATIENT}
    throttle_classes = [LogsByPerson]

    @extend_schema(operation_id="say_can_wait", request=CanWaitInput,
                   responses={200: CanWaitShape, 404: ProblemShape,
                              409: ProblemShape, 422: ProblemShape})  # fmt: skip
    def put(self, request: Request, pk: str) -> Response:
        """Tell the team whether it can wait. What you said last counts; sent again, it gets the same answer."""
        found = own_log(request, pk)
        sent = checked(CanWaitInput, request.data)
        now = timezone.now()
        try:
            kept = note_can_wait(log=found, can_wait=sent["can_wait"], said_at=sent["said_at"], now=now)
        except NotAsked as refused:
            raise Problem(409, "not_asked", "This log does not ask whether it can wait. Nothing was kept.") from refused
        audit.record(
            now=now, person=person_of(request).pk, patients=[found.patient_id], verb="changed", what="can_wait",
            subject=found.pk,
        )  # fmt: skip
        return Response({"can_wait": kept.can_wait, "said_at": kept.said_at})
