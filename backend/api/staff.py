"""A colleague whose work at the clinic ends."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.models import Person
from backend.audit import services as audit
from backend.triage import leaving

from .alert_acts import NothingInput
from .handovers import zone_of
from .inputs import checked, identifier
from .permissions import ADMINISTRATORS, clinic_of, one, person_of
from .roster_problems import in_words
from .shapes.problems import ProblemShape
from .shapes.roster import LeftShape


class LeaveView(APIView):
    """End a colleague's work."""

    roles = {"POST": ADMINISTRATORS}

    @extend_schema(operation_id="end_work", request=NothingInput,
                   responses={200: LeftShape, 404: ProblemShape, 409: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """From now on this person cannot sign in, has no shift, and nothing waits for them."""
        checked(NothingInput, request.data or {})
        me, now = person_of(request), timezone.now()
        ours = Person.objects.filter(clinic_id=clinic_of(request), role__in=Person.STAFF)
        person = one(ours, identifier(pk))
        try:
            patients = leaving.end_work(person=person, by=me, now=now)
        except Exception as refused:
            raise in_words(refused, zone_of(request)) from refused
        audit.record(now=now, person=me.pk, patients=set(patients), verb="changed", what="alert")
        return Response({"person": {"id": person.pk, "name": person.name}, "opened_again": len(patients)})
