"""What an administrator does to the roster: shifts, hours, holidays and the out-of-hours line."""

import re
from datetime import date, datetime, timedelta
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers as s
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.care import shifts
from backend.care.models import Clinic, Shift

from .errors import Problem, not_found
from .inputs import CLOCK_TIME, ClockTime, Day, Id, Strict, Text, WholeNumber, checked, identifier
from .permissions import ADMINISTRATORS
from .roster import clinic_at, present_shift, week_from
from .roster_problems import in_words
from .shapes.problems import ProblemShape
from .shapes.roster import CopiedShape, HolidayShape, RosterShape, ShiftShape

WALL_CLOCK = "%Y-%m-%dT%H:%M"
_WALL_CLOCK = f"(19[0-9]{{2}}|2[01][0-9]{{2}})-[0-9]{{2}}-[0-9]{{2}}T{CLOCK_TIME}"


@extend_schema_field({"type": "string", "pattern": f"^{_WALL_CLOCK}$"})
class WallClock(s.Field):
    """A time on the clinic's own clock, without an offset: 2026-05-14T19:00."""

    def to_internal_value(self, data: Any) -> datetime:
        """Return the time, without zone."""
        try:
            at = datetime.strptime(data if re.fullmatch(_WALL_CLOCK, data) else "", WALL_CLOCK)  # noqa: DTZ007 - the clinic's clock, made a moment by the service
        except (TypeError, ValueError):
            raise s.ValidationError("Send a day and a clock time such as 2026-05-14T19:00.") from None
        Day().run_validation(str(at.date()))
        return at


class ShiftInput(Strict):
    """Who, at which place, from when to when by the clinic's clock."""

    place = s.ChoiceField(Shift.Place.choices)
    person = Id()
    starts = WallClock()
    ends = WallClock()


class HoursInput(Strict):
    """The hours of one weekday."""

    weekday = WholeNumber(min_value=0, max_value=6)
    opens = ClockTime()
    closes = ClockTime()


class WeekInput(Strict):
    """All weekdays that have hours. None: always open."""

    hours = HoursInput(many=True)


class CopyInput(Strict):
    """Into which week: its Monday."""

    week = Day()


class HolidayInput(Strict):
    """What the day is called."""

    name = Text(max_length=60)


class LineInput(Strict):
    """The number to call while the clinic is closed; empty: the care line."""

    out_of_hours_line = Text(max_length=30, allow_blank=True)


class ShiftView(APIView):
    """One shift."""

    roles = {"PUT": ADMINISTRATORS, "DELETE": ADMINISTRATORS}

    @extend_schema(operation_id="put_shift", request=ShiftInput,
                   responses={200: ShiftShape, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape})  # fmt: skip
    def put(self, request: Request, pk: str) -> Response:
        """Keep a shift under an id you choose. Sent again, it is the same shift."""
        clinic, sent = clinic_at(request), checked(ShiftInput, request.data)
        new = shifts.NewShift(sent["place"], sent["person"], sent["starts"], sent["ends"])
        try:
            shift = shifts.put_shift(shift_id=identifier(pk), clinic=clinic, new=new)
        except Exception as refused:
            _refuse(refused, clinic)
        return Response(present_shift(shift))

    @extend_schema(operation_id="remove_shift", responses={204: None, 404: ProblemShape})
    def delete(self, request: Request, pk: str) -> Response:
        """Take it off the roster. One of another clinic looks like one that is not there."""
        if not shifts.remove_shift(shift_id=identifier(pk), clinic=clinic_at(request)):
            raise not_found()
        return Response(status=204)


class CopyWeekView(APIView):
    """Last week again."""

    roles = {"POST": ADMINISTRATORS}

    @extend_schema(operation_id="copy_week", request=CopyInput, responses={200: CopiedShape, 422: ProblemShape})
    def post(self, request: Request) -> Response:
        """Copy the week before into this one. What is there stays."""
        monday = checked(CopyInput, request.data)["week"]
        if monday.weekday() != 0:
            mend = "Send the Monday of the week to copy into."
            raise Problem(422, "invalid", f"This day is no Monday. {mend}", [("week", "no Monday", mend)])
        return Response(shifts.copy_week(clinic=clinic_at(request), monday=monday)._asdict())


class HoursView(APIView):
    """Hours."""

    roles = {"PUT": ADMINISTRATORS}

    @extend_schema(operation_id="put_hours", request=WeekInput, responses={200: RosterShape, 422: ProblemShape})
    def put(self, request: Request) -> Response:
        """Keep these hours instead of all that were there."""
        clinic, sent = clinic_at(request), checked(WeekInput, request.data)["hours"]
        if len({day["weekday"] for day in sent}) < len(sent):
            raise Problem(422, "invalid", "A weekday is there twice. Send each once.",
                          [("hours", "a weekday is there twice", "Send each weekday once.")])  # fmt: skip
        shifts.set_hours(clinic=clinic, hours=[(day["weekday"], day["opens"], day["closes"]) for day in sent])
        return _this_week(clinic)


class HolidayView(APIView):
    """A day on which the clinic is closed."""

    roles = {"PUT": ADMINISTRATORS, "DELETE": ADMINISTRATORS}

    @extend_schema(operation_id="put_holiday", request=HolidayInput,
                   responses={200: HolidayShape, 422: ProblemShape})  # fmt: skip
    def put(self, request: Request, day: str) -> Response:
        """Name a holiday, or name it anew."""
        on, name = _day(day), checked(HolidayInput, request.data)["name"]
        shifts.put_holiday(clinic=clinic_at(request), day=on, name=name)
        return Response({"day": on, "name": name})

    @extend_schema(operation_id="remove_holiday", responses={204: None, 422: ProblemShape})
    def delete(self, request: Request, day: str) -> Response:
        """The clinic opens on this day after all."""
        shifts.remove_holiday(clinic=clinic_at(request), day=_day(day))
        return Response(status=204)


class OutOfHoursLineView(APIView):
    """The number to call while the clinic is closed."""

    roles = {"PUT": ADMINISTRATORS}

    @extend_schema(operation_id="put_out_of_hours_line", request=LineInput,
                   responses={200: RosterShape, 422: ProblemShape})  # fmt: skip
    def put(self, request: Request) -> Response:
        """Keep this number; empty: the care line."""
        clinic = clinic_at(request)
        line = checked(LineInput, request.data)["out_of_hours_line"]
        shifts.set_out_of_hours_line(clinic=clinic, line=line.strip())
        return _this_week(clinic_at(request))


def _refuse(refused: Exception, clinic: Clinic) -> NoReturn:
    raise in_words(refused, ZoneInfo(clinic.time_zone)) from refused


def _day(text: str) -> date:
    try:
        day: date = Day().run_validation(text)
        return day
    except s.ValidationError:
        mend = "Put a day such as 2026-12-24 at the end of the address."
        raise Problem(422, "invalid", f"This is no day. {mend}", [("day", "not a day", mend)]) from None


def _this_week(clinic: Clinic) -> Response:
    now = timezone.now()
    today = now.astimezone(ZoneInfo(clinic.time_zone)).date()
    return Response(week_from(clinic, today - timedelta(days=today.weekday()), now))
