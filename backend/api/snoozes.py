"""A snooze, ended before its day."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.triage import snooze
from backend.triage.contacts import rows_of
from backend.triage.models import Contact, Snooze

from . import present_contacts
from .alert_acts import NothingInput
from .alert_problems import in_words
from .alerts import audited
from .inputs import checked, identifier
from .permissions import CLINICIANS, clinic_of, one, person_of
from .shapes.alerts import SnoozeShape
from .shapes.problems import ProblemShape


class EndSnooze(APIView):
    """End a snooze."""

    roles = {"POST": CLINICIANS}

    @extend_schema(operation_id="end_snooze", request=NothingInput,
                   responses={200: SnoozeShape, 404: ProblemShape, 409: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """From here on the symptom is judged as any other."""
        checked(NothingInput, request.data or {})
        ours = Snooze.objects.filter(alert__clinic_id=clinic_of(request)).select_related("alert")
        row = one(ours, identifier(pk))
        try:
            snooze.end(snooze=row, by=person_of(request), now=timezone.now())
        except Exception as refused:
            raise in_words(refused) from refused
        audited(request, row.alert, "changed")
        contact = rows_of(Contact.objects.filter(pk=row.contact_id)).get()
        return Response(present_contacts.snooze_of(contact))
