"""What a nurse asks on the telephone, by symptom, for the clinicians of a clinic."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from backend.protocol import load
from backend.protocol.call_guide import Asked, call_guide

from . import conditional_get
from .errors import not_found
from .permissions import CLINICIANS
from .shapes.guides import CallGuideShape
from .shapes.problems import ProblemShape


class GuideView(APIView):
    """The call guide for the patients on one drug."""

    roles = {"GET": CLINICIANS}

    @extend_schema(operation_id="get_guide", responses={200: CallGuideShape, 304: None, 404: ProblemShape})
    def get(self, request: Request, drug: str) -> HttpResponse:
        """The guides in the order they are looked through. Send If-None-Match: unchanged is answered with 304."""
        if drug not in load.drugs():
            raise not_found()
        return conditional_get.document(request, _document(drug))


def _document(drug: str) -> dict[str, Any]:
    known = set(load.newest(drug).data["facts"]["warning_signs"]["values"])
    guides = [
        {
            "id": guide.id,
            "symptoms": list(guide.symptoms),
            "rules": list(guide.rules),
            "questions": [_question(one) for one in guide.asked if not one.question.sign or one.question.id in known],
        }
        for guide in call_guide().guides
    ]
    return {"drug": drug, "signature": call_guide().signature, "guides": guides}


def _question(asked: Asked) -> dict[str, Any]:
    one = asked.question
    return {
        "id": one.id, "sign": one.sign, "ask": one.ask, "yes": one.yes, "no": one.no, "worry": one.worry,
        "source": asked.source,
    }  # fmt: skip
