"""A patient's treatments: started, decided about, taken back; and consent. For nurses and prescribers of the clinic."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.care import treatment as acts
from backend.care.deciding import NOT_ASKED, Chosen, Decision
from backend.care.models import Consent, DoseDecision, Patient, Treatment
from backend.care.selectors import patients_of
from backend.triage import consents

from . import present_treatments as present
from .inputs import Amount, Day, Id, Strict, Text, WholeNumber, checked, identifier
from .permissions import CLINICIANS, clinic_of, one, person_of
from .shapes.problems import ProblemShape
from .shapes.treatments import TreatmentsShape
from .treatment_problems import in_words

KINDS = [choice for choice in DoseDecision.Kind.choices if choice[0] != DoseDecision.Kind.START]
ANSWERS: dict[int, Any] = {
    200: TreatmentsShape,
    404: ProblemShape,
    409: ProblemShape,
    422: ProblemShape,
}


class DoseInput(Strict):
    """A dose: a level of the ladder, or another dose in words, with its mg a day where they are known."""

    level = WholeNumber(min_value=-9, max_value=9, required=False, allow_null=True, default=None)
    dose = Text(max_length=120, required=False, allow_blank=True, default="")
    mg_a_day = Amount(required=False, allow_null=True, default=None)


class DecisionInput(DoseInput):
    """A dose decision as a prescriber made it. A switch names the drug it leads to, and whose ladder counts there."""

    kind = s.ChoiceField(KINDS)
    reason = Text(max_length=2000)
    decided_by = Id()
    effective_on = Day()
    drug = Text(max_length=40, required=False, allow_blank=True, default="")
    use = Text(max_length=40, required=False, allow_blank=True, default="")


class NewDecisionInput(DecisionInput):
    """With the decision recorded last when the person who records this looked: it is refused if it is another now."""

    seen = Id(required=False, allow_null=True)


class StartInput(DoseInput):
    """A treatment as a prescriber ordered it."""

    drug = Text(max_length=40)
    use = Text(max_length=40, required=False, allow_blank=True, default="")
    started_on = Day()
    reason = Text(max_length=2000)
    decided_by = Id()


class WithdrawInput(Strict):
    """Why."""

    why = Text(max_length=2000)


class ConsentInput(Strict):
    """Which text was signed, and when."""

    text_version = Text(max_length=40)
    given_on = Day()


class ConsentWithdrawnInput(Strict):
    """Since when."""

    withdrawn_on = Day()


class TreatmentsView(APIView):
    """The treatments of one patient."""

    roles = {"GET": CLINICIANS, "POST": CLINICIANS}

    @extend_schema(operation_id="list_treatments", responses={200: TreatmentsShape, 404: ProblemShape})
    def get(self, request: Request, pk: str) -> Response:
        """Courses with decisions, figures and gaps; intentions to stop; the doses to choose from; consent."""
        return _answer(request, _patient(request, pk), "viewed", "treatment")

    @extend_schema(operation_id="start_treatment", request=StartInput, responses=ANSWERS)
    def post(self, request: Request, pk: str) -> Response:
        """Start a drug where none runs."""
        patient = _patient(request, pk)
        sent = checked(StartInput, request.data)
        chosen = Chosen(sent.pop("dose"), sent.pop("level"), sent.pop("mg_a_day"))
        try:
            acts.start(patient=patient, chosen=chosen, recorded_by=person_of(request), now=timezone.now(), **sent)
        except Exception as refused:
            raise in_words(refused) from refused
        return _answer(request, patient, "changed", "treatment")


class DecisionsView(APIView):
    """Decisions about one treatment."""

    roles = {"POST": CLINICIANS}

    @extend_schema(operation_id="record_dose_decision", request=NewDecisionInput, responses=ANSWERS)
    def post(self, request: Request, pk: str) -> Response:
        """Record what a prescriber decided; a stop or a switch ends the treatment on the day before."""
        ours = Treatment.objects.filter(patient__clinic_id=clinic_of(request))
        treatment = one(ours.select_related("patient__person"), identifier(pk))
        sent = checked(NewDecisionInput, request.data)
        seen = sent.pop("seen", NOT_ASKED)
        try:
            acts.decide(
                treatment=treatment, decision=Decision(**sent), recorded_by=person_of(request), now=timezone.now(),
                seen=seen,
            )  # fmt: skip
        except Exception as refused:
            raise in_words(refused) from refused
        return _answer(request, treatment.patient, "changed", "treatment", treatment.pk)


class WithdrawDecision(APIView):
    """Take back a decision recorded by mistake."""

    roles = {"POST": CLINICIANS}

    @extend_schema(operation_id="withdraw_dose_decision", request=WithdrawInput, responses=ANSWERS)
    def post(self, request: Request, pk: str) -> Response:
        """It stays on record with who took it back, when and why, and counts no more."""
        ours = DoseDecision.objects.filter(treatment__patient__clinic_id=clinic_of(request))
        decision = one(ours.select_related("treatment__patient__person"), identifier(pk))
        why = checked(WithdrawInput, request.data)["why"]
        try:
            acts.withdraw(decision=decision, why=why, by=person_of(request), now=timezone.now())
        except Exception as refused:
            raise in_words(refused) from refused
        return _answer(request, decision.treatment.patient, "changed", "treatment", decision.treatment_id)


class ConsentsView(APIView):
    """Consent of one patient."""

    roles = {"POST": CLINICIANS}

    @extend_schema(operation_id="give_consent", request=ConsentInput, responses=ANSWERS)
    def post(self, request: Request, pk: str) -> Response:
        """Record that the patient agreed to use Handhold."""
        patient = _patient(request, pk)
        sent = checked(ConsentInput, request.data)
        try:
            consents.give(patient=patient, recorded_by=person_of(request), now=timezone.now(), **sent)
        except Exception as refused:
            raise in_words(refused) from refused
        return _answer(request, patient, "changed", "consent")


class WithdrawConsent(APIView):
    """The patient withdraws consent."""

    roles = {"POST": CLINICIANS}

    @extend_schema(operation_id="withdraw_consent", request=ConsentWithdrawnInput, responses=ANSWERS)
    def post(self, request: Request, pk: str) -> Response:
        """From here on nothing is sent to the patient and no log is taken; open alerts stay."""
        ours = Consent.objects.filter(patient__clinic_id=clinic_of(request)).select_related("patient__person")
        consent = one(ours, identifier(pk))
        sent = checked(ConsentWithdrawnInput, request.data)
        try:
            consents.withdraw(consent=consent, recorded_by=person_of(request), now=timezone.now(), **sent)
        except Exception as refused:
            raise in_words(refused) from refused
        return _answer(request, consent.patient, "changed", "consent", consent.pk)


def _patient(request: Request, pk: str) -> Patient:
    return one(patients_of(clinic_of(request)).select_related("person"), identifier(pk))


def _answer(request: Request, patient: Patient, verb: str, what: str, subject: UUID | None = None) -> Response:
    now, who = timezone.now(), person_of(request).pk
    audit.record(now=now, person=who, patients=[patient.pk], verb=verb, what=what, subject=subject or patient.pk)
    return Response(present.whole(patient, now))
