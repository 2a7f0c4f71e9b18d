"""PUT, GET and list a patient's own daily logs."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as s
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.diary.models import DailyLog
from backend.diary.selectors import logs_of, photos_by_day
from backend.diary.services import CorrectedMeanwhile, DayAlreadyLogged, OtherContent
from backend.protocol.model import FactError
from backend.triage.answers import answers_of
from backend.triage.calls import calls_of_days, note_call, undo_call
from backend.triage.can_wait import can_wait_of_days
from backend.triage.receive import DayRefused, receive_log
from backend.triage.undo_window import TooLate

from . import present_logs
from .errors import Problem
from .inputs import Day, Id, Moment, Strict, Text, WholeNumber, asked, checked, identifier, whole_number
from .permissions import PATIENT, one, patient_in_care, patient_of, person_of
from .reading_times import checked_times
from .shapes.logs import CalledShape, Facts, LogPage, LogShape
from .shapes.names import URGENCIES
from .shapes.problems import ProblemShape
from .throttles import LogsByPerson

MOST = 100


class Shown(Strict):
    """What the phone showed, so that disagreements are counted."""

    protocol = Text(max_length=40)
    version = WholeNumber(min_value=1, max_value=32000)
    urgency = s.ChoiceField(URGENCIES)
    rules = s.ListField(child=Text(max_length=60), max_length=100)


class LogInput(Strict):
    """A daily log as a phone or another app sends it."""

    day = Day(help_text="The patient's calendar day, at most 14 days back.")
    facts = s.JSONField()
    corrects = Id(required=False, allow_null=True, help_text="The current log of that day, to replace it.")
    written_at = Moment(required=False, allow_null=True)
    shown = Shown(required=False, allow_null=True)


class LogInputDocument(LogInput):
    """The same, with the facts spelled out, for the API's description."""

    facts = Facts()  # type: ignore[assignment]


class LogView(APIView):
    """One daily log."""

    roles = {"PUT": PATIENT, "GET": PATIENT}
    throttle_classes = [LogsByPerson]

    @extend_schema(
        operation_id="put_log",
        request=LogInputDocument,
        responses={
            200: LogShape,
            403: ProblemShape,
            409: ProblemShape,
            413: ProblemShape,
            422: ProblemShape,
            503: ProblemShape,
        },
    )
    def put(self, request: Request, pk: str) -> Response:
        """Keep a log and answer at once with assessment and advice. Sent again, it gets the same answer."""
        log_id = identifier(pk)
        sent = checked(LogInput, request.data)
        context = patient_in_care(request)
        from_our_page = isinstance(request.successful_authenticator, SessionAuthentication)
        raw_facts = checked_times(sent["facts"], day=sent["day"], from_our_page=from_our_page)
        try:
            kept = receive_log(
                log_id=log_id,
                context=context,
                sent_by=person_of(request).id,
                day=sent["day"],
                raw_facts=raw_facts,
                now=timezone.now(),
                corrects=sent.get("corrects"),
                shown=sent.get("shown"),
                written_at=sent.get("written_at"),
            )
        except Exception as refused:
            raise _problem(refused) from refused
        # A log that has just come has no alert, no call and, unless it corrects another, no photo: nothing to look up.
        looked_at = kept.flagged_at or kept.corrects_id
        if looked_at:
            return Response(_shown([kept])[0])
        return Response(present_logs.log(kept, language=context.language))

    @extend_schema(operation_id="get_log", responses={200: LogShape, 404: ProblemShape})
    def get(self, request: Request, pk: str) -> Response:
        """Return one of the patient's own logs, current or corrected."""
        found = own_log(request, pk)
        _viewed(request, found.patient_id, found.pk)
        return Response(_shown([found])[0])


class CalledInput(Strict):
    """When the patient called the team about this log, by the phone's clock."""

    at = Moment()
    reached_at = Moment(
        required=False, allow_null=True, default=None, help_text="When they said that somebody told them what to do."
    )


class CalledView(APIView):
    """What the button "I have called" says."""

    roles = {"POST": PATIENT}
    throttle_classes = [LogsByPerson]

    @extend_schema(operation_id="called_about_log", request=CalledInput,
                   responses={200: CalledShape, 404: ProblemShape, 422: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Tell the team that you have called. The first time you say so stays; sent again, it is answered with that."""
        found = own_log(request, pk)
        sent = checked(CalledInput, request.data)
        now = timezone.now()
        call = note_call(log=found, called_at=sent["at"], reached_at=sent["reached_at"], now=now)
        audit.record(
            now=now, person=person_of(request).pk, patients=[found.patient_id], verb="changed", what="call",
            subject=found.pk,
        )  # fmt: skip
        return Response({"at": call.called_at, "reached_at": call.reached_at})


class UndoCalledInput(Strict):
    """When you pressed Undo, by the phone's clock."""

    undone_at = Moment()


class UndoCalledView(APIView):
    """Undo "I have called"."""

    roles = {"POST": PATIENT}
    throttle_classes = [LogsByPerson]

    @extend_schema(operation_id="undo_called", request=UndoCalledInput,
                   responses={204: None, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape})  # fmt: skip
    def post(self, request: Request, pk: str) -> Response:
        """Take back that you have called, within a minute. Sent again, it is answered the same."""
        found = own_log(request, pk)
        undone_at = checked(UndoCalledInput, request.data)["undone_at"]
        now = timezone.now()
        try:
            undo_call(log=found, undone_at=undone_at, now=now)
        except TooLate as late:
            raise Problem(
                409, "too_late", "More than a minute has passed, so your team keeps that you called."
            ) from late
        audit.record(
            now=now, person=person_of(request).pk, patients=[found.patient_id], verb="changed", what="call",
            subject=found.pk,
        )  # fmt: skip
        return Response(status=204)


@method_decorator(gzip_page, name="dispatch")
class LogsView(APIView):
    """The patient's own logs."""

    roles = {"GET": PATIENT, "PUT": PATIENT, "POST": PATIENT}

    @extend_schema(
        operation_id="list_logs",
        parameters=[
            OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 28}),
            OpenApiParameter("before", {"type": "string", "format": "date"}, description="A day, exclusive."),
        ],
        responses={200: LogPage},
    )
    def get(self, request: Request) -> Response:
        """Return the newest days first, 28 unless told."""
        given = asked(request, ("limit", "before"))
        limit = whole_number(given, "limit", 28, MOST)
        patient = patient_of(request)
        logs = logs_of(patient).select_related("patient")
        if "before" in given:
            logs = logs.filter(day__lt=checked(_Before, {"before": given["before"]})["before"])
        rows = list(logs[: limit + 1])
        page, more = rows[:limit], len(rows) > limit
        _viewed(request, patient, None)
        next_page = request.build_absolute_uri(f"?limit={limit}&before={page[-1].day}") if more else None
        return Response({"results": _shown(page), "next": next_page})

    @extend_schema(methods=["PUT"], operation_id="put_log_without_id", request=None, responses={422: ProblemShape})
    @extend_schema(methods=["POST"], operation_id="post_log_without_id", request=None, responses={422: ProblemShape})
    def put(self, request: Request) -> Response:
        """A log needs an id of its own, so that sending it again is safe."""
        raise Problem(
            422, "missing_id", "A log is sent to an address that ends with its own id. Nothing was kept.",
            [("id", "missing", "Send PUT /api/v1/logs/{id} with a UUID you made.")],
        )  # fmt: skip

    post = put


def own_log(request: Request, pk: str) -> DailyLog:
    """One of the patient's own logs, current or corrected; 404 for everybody else's."""
    return one(DailyLog.objects.filter(patient_id=patient_of(request)), identifier(pk))


def _shown(rows: list[DailyLog]) -> list[dict[str, Any]]:
    """Logs of one patient with what the team answered, what the patient said about calling, and the day's photos."""
    if not rows:
        return []
    patient, days = rows[0].patient_id, {row.day for row in rows}
    answers, calls, waits = answers_of(rows), calls_of_days(patient, days), can_wait_of_days(patient, days)
    photos = photos_by_day(patient_id=patient, first=min(days), last=max(days))
    language = rows[0].patient.language
    return [
        present_logs.log(
            row, answers[row.pk], calls.get(row.day), photos.get(row.day, []), waits.get(row.day), language
        )
        for row in rows
    ]


def _viewed(request: Request, patient: UUID, log: UUID | None) -> None:
    audit.record(now=timezone.now(), person=request.user.pk, patients=[patient], verb="viewed", what="log", subject=log)


class _Before(s.Serializer):
    before = Day()


def _problem(refused: Exception) -> Exception:
    """Put a refusal into words. What is not a refusal stays as it is."""
    if isinstance(refused, FactError):
        return Problem(422, "invalid_facts", "This log is not right yet. Nothing was kept.",
                       [(refused.field, refused.detail, refused.detail)])  # fmt: skip
    if isinstance(refused, DayRefused):
        return Problem(422, "invalid_day", f"{refused.reason} Nothing was kept.",
                       [("day", refused.reason, refused.mend)])  # fmt: skip
    if isinstance(refused, OtherContent):
        return Problem(409, "other_content", "A log with this id was sent before with other answers. Both are kept "
                       "where they are. Send yours under a new id.", existing=refused.existing)  # fmt: skip
    if isinstance(refused, DayAlreadyLogged):
        return Problem(409, "day_already_logged", "This day has a log already. To change it, send a new log that "
                       "names it in `corrects`.", existing=refused.existing)  # fmt: skip
    if isinstance(refused, CorrectedMeanwhile):
        return Problem(409, "corrected_meanwhile", "The log you correct is not the newest one of its day. Look at the "
                       "newest one first.", existing=refused.existing)  # fmt: skip
    return refused
