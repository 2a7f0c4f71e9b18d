"""Messages between a patient and the care team, from both sides."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.care.models import Patient
from backend.care.selectors import patients_of
from backend.messaging import conversation
from backend.messaging.conversation import NewMessage
from backend.messaging.models import LONGEST_MESSAGE, Message
from backend.messaging.selectors import (
    NOBODY_WAITS,
    THREAD_IN_ORDER,
    THREADS_IN_ORDER,
    messages_by_id,
    thread_of,
    threads_of,
)
from backend.triage import work_items

from . import conditional_get, cursor, readable
from .errors import Problem, not_found
from .inputs import CURSOR, Id, Moment, Strict, Text, asked, checked, identifier
from .permissions import CLINICIANS, PATIENT, clinic_of, one, patient_in_care, patient_of, person_of
from .shapes.messages import MessageShape, PatientThread, ReadShape, Thread, ThreadPage
from .shapes.problems import ProblemShape

PAGE = 50
REFUSALS = {403: ProblemShape, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape}


class MessageInput(Strict):
    """A message. Spaces at its ends are left out."""

    text = Text(
        max_length=LONGEST_MESSAGE,
        error_messages={"blank": "There is nothing in this message. Write something first."},
    )
    written_at = Moment(required=False, allow_null=True, default=None)


class ReadInput(Strict):
    """How far somebody has read."""

    up_to = Id(help_text="The newest message that was shown.")


class MessagesView(APIView):
    """The patient's own thread."""

    roles = {"GET": PATIENT}

    @extend_schema(
        operation_id="list_messages", parameters=[CURSOR], responses={200: Thread, 304: None, 422: ProblemShape}
    )
    def get(self, request: Request) -> HttpResponse:
        """Newest first. Send If-None-Match: unchanged is answered with 304."""
        return _thread(request, patient_of(request))


class MessageView(APIView):
    """A message of the patient."""

    roles = {"PUT": PATIENT}

    @extend_schema(operation_id="put_message", request=MessageInput, responses={200: MessageShape, **REFUSALS})
    def put(self, request: Request, pk: str) -> Response:
        """Write to the team. Sent again, it gets the same answer."""
        return _put(request, patient_in_care(request).id, pk, Message.Origin.PATIENT)


class MessagesReadView(APIView):
    """What the patient has read."""

    roles = {"POST": PATIENT}

    @extend_schema(operation_id="read_messages", request=ReadInput, responses={200: ReadShape, **REFUSALS})
    def post(self, request: Request) -> Response:
        """The patient has read what the team wrote, up to this message. Safe to send twice."""
        return _read(request, patient_of(request), Message.Origin.PATIENT)


class PatientMessagesView(APIView):
    """The thread of one patient."""

    roles = {"GET": CLINICIANS}

    @extend_schema(operation_id="list_patient_messages", parameters=[CURSOR],
                   responses={200: PatientThread, 304: None, 404: ProblemShape, 422: ProblemShape})  # fmt: skip
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Newest first. Send If-None-Match: unchanged is answered with 304. Looking at it marks nothing as read."""
        patient = _ours(request, pk)
        whose = {"patient": _reader(patient)}
        return _thread(request, patient.pk, **whose, in_care=patient.status == Patient.Status.ACTIVE)


class PatientMessageView(APIView):
    """A message of the team."""

    roles = {"PUT": CLINICIANS}

    @extend_schema(operation_id="put_patient_message", request=MessageInput, responses={200: MessageShape, **REFUSALS})
    def put(self, request: Request, pk: str, message: str) -> Response:
        """Write to the patient. Sent again, it gets the same answer."""
        return _put(request, _ours(request, pk).pk, message, Message.Origin.TEAM)


class PatientMessagesReadView(APIView):
    """What the team has read."""

    roles = {"POST": CLINICIANS}

    @extend_schema(operation_id="read_patient_messages", request=ReadInput, responses={200: ReadShape, **REFUSALS})
    def post(self, request: Request, pk: str) -> Response:
        """You have read what the patient wrote, up to this message. The first reader stays. Safe to send twice."""
        return _read(request, _ours(request, pk).pk, Message.Origin.TEAM)


class ThreadsView(APIView):
    """The threads of a clinic."""

    roles = {"GET": CLINICIANS}

    @extend_schema(operation_id="list_threads", parameters=[CURSOR],
                   responses={200: ThreadPage, 304: None, 422: ProblemShape})  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        """What waits for the team first, longest first; then the newest. Unchanged is answered with 304."""
        asked(request, ("cursor",))
        rows, following = cursor.page(request, threads_of(clinic_of(request)), THREADS_IN_ORDER, PAGE)
        newest = messages_by_id([row.newest for row in rows])
        results = [_row(row, newest[row.newest]) for row in rows]
        answer = conditional_get.document(request, {"results": results, "next": following})
        if conditional_get.is_new(answer):
            _viewed(request, [row.pk for row in rows], "message_list")
        return answer


def shown(row: Message) -> dict[str, Any]:
    """A message as both sides see it. It says what of it cannot be shown."""
    return readable.shown(partial(_message, row), partial(_message, row), row.pk)


def _message(row: Message) -> dict[str, Any]:
    return {
        "id": row.pk,
        "origin": row.origin,
        "by": row.by.name,
        "text": row.text,
        "written_at": row.written_at,
        "received_at": row.received_at,
        "read_at": row.read_at,
        "read_by": row.read_by.name if row.read_by else None,
    }


def _row(patient: Any, newest: Message) -> dict[str, Any]:
    since = patient.waiting_since
    return {
        "patient": _reader(patient),
        "newest": shown(newest),
        "unread": patient.unread,
        "waiting_since": None if since == NOBODY_WAITS else since,
    }


def _reader(patient: Any) -> dict[str, Any]:
    """Who reads what the team writes, in which language, and by which clock."""
    return {
        "id": patient.pk,
        "name": patient.person.name,
        "language": patient.language,
        "time_zone": patient.time_zone,
    }


def _ours(request: Request, pk: str) -> Patient:
    """A patient of this clinic, in care or not; 404 for everybody else."""
    return one(patients_of(clinic_of(request)).select_related("person"), identifier(pk))


def _thread(request: Request, patient_id: UUID, **whose: Any) -> HttpResponse:
    asked(request, ("cursor",))
    rows = thread_of(patient_id).select_related("by", "read_by")
    page, following = cursor.page(request, rows, THREAD_IN_ORDER, PAGE)
    answer = conditional_get.document(request, {**whose, "results": [shown(row) for row in page], "next": following})
    if conditional_get.is_new(answer):
        _viewed(request, [patient_id], "messages")
    return answer


def _put(request: Request, patient_id: UUID, pk: str, origin: str) -> Response:
    message_id, sent = identifier(pk), checked(MessageInput, request.data)
    new = NewMessage(message_id, patient_id, origin, person_of(request), sent["text"], sent["written_at"])
    try:
        kept = conversation.receive(new=new, now=timezone.now())
    except Exception as refused:
        raise _problem(refused) from refused
    work_items.follow_messages(patient_id=patient_id, now=timezone.now())
    return Response(shown(kept))


def _read(request: Request, patient_id: UUID, side: str) -> Response:
    up_to = checked(ReadInput, request.data)["up_to"]
    try:
        read = conversation.mark_read(
            patient_id=patient_id, reader=person_of(request), side=side, up_to=up_to, now=timezone.now()
        )
    except Exception as refused:
        raise _problem(refused) from refused
    if side == Message.Origin.TEAM:
        work_items.follow_messages(patient_id=patient_id, by=person_of(request), now=timezone.now())
    return Response({"read": read})


def _viewed(request: Request, patients: list[UUID], what: str) -> None:
    audit.record(now=timezone.now(), person=person_of(request).pk, patients=patients, verb="viewed", what=what)


def _problem(refused: Exception) -> Exception:
    """Put a refusal into words. What is not a refusal stays as it is."""
    if isinstance(refused, conversation.OtherMessage):
        return Problem(409, "other_content", "A message with this id was sent before with another text. Both are kept "
                       "where they are. Send yours under a new id.")  # fmt: skip
    if isinstance(refused, conversation.CareEnded):
        return Problem(403, "care_ended", "This patient is no longer in the care of your clinic. Nothing was sent.")
    if isinstance(refused, conversation.MessageUnknown):
        return not_found()
    return refused
