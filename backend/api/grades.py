"""POST a clinician's grade of a symptom on a day of a patient."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.care.selectors import patients_of
from backend.triage import grades

from . import present_contacts
from .alert_problems import in_words
from .inputs import Day, Id, Strict, Text, WholeNumber, checked, identifier
from .permissions import CLINICIANS, clinic_of, one, person_of
from .shapes.patients import GradeShape
from .shapes.problems import ProblemShape


class GradeInput(Strict):
    """What a clinician found, and the grade that stood when she looked."""

    symptom = Text(max_length=60)
    day = Day()
    grade = WholeNumber(min_value=0, max_value=4)
    note = Text(max_length=2000, required=False, allow_blank=True, default="")
    supersedes = Id(
        required=False, allow_null=True, default=None, help_text="The clinician's grade of that day seen before."
    )


class GradesView(APIView):
    """Clinicians' grades of one patient."""

    roles = {"POST": CLINICIANS}

    @extend_schema(operation_id="confirm_grade", request=GradeInput,
                   responses={200: GradeShape, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Confirm or correct an estimated grade. An earlier grade of that day stays, superseded."""
        patient = one(patients_of(clinic_of(request)), identifier(pk))
        found, now = grades.Found(**checked(GradeInput, request.data)), timezone.now()
        try:
            kept = grades.confirm(patient=patient, found=found, by=person_of(request), now=now)
        except Exception as refused:
            raise in_words(refused) from refused
        audit.record(
            now=now, person=request.user.pk, patients=[patient.pk], verb="changed", what="grade", subject=kept.pk
        )
        return Response(present_contacts.grade(kept))
