"""The roster of a clinic as its staff read it: who is on, gaps, hours, holidays and the out-of-hours line."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as s
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.care import shifts
from backend.care.hours import moment
from backend.care.models import Clinic, Holiday, Shift
from backend.care.roster import PLACES, gaps, hours_now, lines_ahead, shifts_at, standing_people, week_of

from . import readable
from .inputs import Day, asked, not_known
from .permissions import STAFF, clinic_of
from .shapes.problems import ProblemShape
from .shapes.roster import RosterShape

WALL_CLOCK = "%Y-%m-%dT%H:%M"
CLOCK = "%H:%M"


def clinic_at(request: Request) -> Clinic:
    """The clinic whoever is signed in works at."""
    return Clinic.objects.get(pk=clinic_of(request))


class RosterView(APIView):
    """A week of the roster."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="get_roster",
        parameters=[
            OpenApiParameter(
                "week", {"type": "string", "format": "date"}, description="Any day of it; this week if left out."
            )
        ],
        responses={200: RosterShape, 422: ProblemShape},
    )
    def get(self, request: Request) -> Response:
        """Who is on now and in this week, the gaps from now on, hours, holidays and lines."""
        clinic, now = clinic_at(request), timezone.now()
        return Response(week_from(clinic, _monday(request, clinic, now), now))


def _monday(request: Request, clinic: Clinic, now: datetime) -> date:
    given = asked(request, ("week",)).get("week")
    try:
        day = Day().run_validation(given) if given is not None else now.astimezone(ZoneInfo(clinic.time_zone)).date()
    except s.ValidationError:
        raise not_known("week", "Send a day such as 2026-05-14.") from None
    return day - timedelta(days=day.weekday())


def week_from(clinic: Clinic, monday: date, now: datetime) -> dict[str, Any]:
    """The roster of the week that begins on this Monday."""
    zone = ZoneInfo(clinic.time_zone)
    first, last = (moment(day, shifts.MIDNIGHT, zone) for day in (monday, monday + shifts.WEEK))
    touching = Shift.objects.filter(clinic=clinic, ends_at__gt=first, starts_at__lt=last)
    holidays = Holiday.objects.filter(clinic=clinic, day__gte=min(monday, now.astimezone(zone).date()))
    week = week_of(clinic)
    return {
        "week": monday,
        "time_zone": clinic.time_zone,
        "on_duty": _on_duty(clinic, now),
        "shifts": [present_shift(shift) for shift in touching.select_related("person").order_by("starts_at", "place")],
        "gaps": [gap(one) for one in gaps(clinic, max(first, now), last)] if last > now else [],
        "kept": bool(Shift.objects.filter(clinic=clinic, ends_at__gt=now).exists()),
        "hours": [
            {"weekday": day, "opens": opens.strftime(CLOCK), "closes": closes.strftime(CLOCK)}
            for day, (opens, closes) in sorted(week.items())
        ],
        "holidays": [{"day": one.day, "name": one.name} for one in holidays.order_by("day")],
        "care_line": clinic.care_line,
        "out_of_hours_line": clinic.out_of_hours_line,
        "now": hours(clinic, now),
    }


def _on_duty(clinic: Clinic, now: datetime) -> list[dict[str, Any]]:
    running = {shift.place: shift for shift in shifts_at(clinic.pk, now).select_related("person")}
    teams = clinic.care_teams.select_related("nurse", "second_nurse", "on_call")
    standing = standing_people(teams.order_by("name").first())
    found = []
    for place in PLACES:
        shift, person = running.get(place), standing[place]
        on = shift.person if shift else person
        found.append({
            "place": place,
            "person": None if on is None else {"id": on.pk, "name": on.name},
            "until": shift.ends_at if shift else None,
        })  # fmt: skip
    return found


def present_shift(shift: Shift) -> dict[str, Any]:
    """Who, where, from when to when. It says what of it cannot be shown."""
    return readable.shown(partial(_shift, shift), partial(_shift, shift), shift.pk)


def _shift(shift: Shift) -> dict[str, Any]:
    person = {"id": shift.person_id, "name": shift.person.name}
    return {"id": shift.pk, "place": shift.place, "person": person,
            "starts_at": shift.starts_at.astimezone(UTC), "ends_at": shift.ends_at.astimezone(UTC)}  # fmt: skip


def gap(one: Any) -> dict[str, Any]:
    """A gap in the roster."""
    return {"place": one.place, "starts_at": one.starts_at, "ends_at": one.ends_at}


def hours(clinic: Clinic, now: datetime) -> dict[str, Any]:
    """Whether the clinic is open, until or from when, the line to call now, and the lines of the next two weeks."""
    found = hours_now(clinic, now)
    lines = lines_ahead(clinic, now)
    return {**found._asdict(), "line": lines[0][1], "lines": [{"from": at, "line": line} for at, line in lines]}
