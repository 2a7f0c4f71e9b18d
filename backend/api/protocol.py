"""The protocol a patient's phone keeps: rules, grading tables and texts."""

import hashlib
from functools import cache

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from backend.accounts.models import Person
from backend.care.selectors import adopted_version, context_of
from backend.protocol import load
from backend.protocol.for_phone import for_phone
from backend.protocol.model import Protocol
from backend.triage.assess import protocol_of

from . import conditional_get
from .errors import Problem
from .inputs import asked, not_known
from .packing import PACKINGS, taken_by
from .permissions import PATIENT, STAFF, clinic_of, patient_of, person_of
from .shapes.problems import ProblemShape
from .shapes.protocol import ProtocolDocument


class ProtocolView(APIView):
    """The adopted protocol."""

    roles = {"GET": PATIENT | STAFF}

    @extend_schema(
        operation_id="get_protocol",
        parameters=[
            OpenApiParameter(
                "drug",
                {"type": "string", "maxLength": 40, "default": "sorafenib"},
                description="For staff; a patient gets their own drug's.",
            ),
            OpenApiParameter(
                "for",
                {"type": "string", "enum": ["phone"]},
                description="phone: without what only nurses and programs read; it judges as the whole document does.",
            ),
        ],
        responses={200: ProtocolDocument, 304: None, 404: ProblemShape},
    )
    def get(self, request: Request) -> HttpResponse:
        """Rules, tables and texts with an ETag; unchanged is answered with 304."""
        protocol, language, phone = _asked(request)
        packing = taken_by(request)
        content, etag = document(protocol.drug, protocol.version, language, packing, phone=phone)
        headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
        if packing:
            headers["Content-Encoding"] = packing
        answer = HttpResponse(content, content_type="application/json", headers=headers)
        return conditional_get.unless_known(request, answer)


@cache
def document(drug: str, version: int, language: str, packing: str = "", *, phone: bool = False) -> tuple[bytes, str]:
    """The document as bytes, a fifth of them when packed, and its ETag. Released protocols never change: made once."""
    whole = load.wire(load.released(drug, version), language)
    content = orjson.dumps(for_phone(whole) if phone else whole)
    if packing:
        content = PACKINGS[packing](content)
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _asked(request: Request) -> tuple[Protocol, str, bool]:
    """The protocol, the language of its texts, and whether it is for a patient's phone."""
    given = asked(request, ("drug", "for"))
    if given.get("for", "phone") != "phone":
        raise not_known("for", "Send phone, or leave it out.")
    drug = given.get("drug", "sorafenib")
    if drug not in load.drugs():
        known = ", ".join(load.drugs())
        mend = f"Send one of: {known}."
        raise Problem(404, "unknown_drug", "There is no protocol for this drug.", [("drug", "not known", mend)])
    if person_of(request).role == Person.Role.PATIENT:
        context = context_of(patient_of(request))
        return protocol_of(context), context.language, "for" in given
    adopted = adopted_version(clinic_of(request), drug)
    return load.adopted(drug, version=adopted), "en", "for" in given
