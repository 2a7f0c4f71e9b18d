"""What comes in is checked by shape here, strictly: unknown fields and wrong types are refused, nothing is guessed."""

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers as s
from rest_framework.request import Request

from backend.protocol.moment import FIRST_YEAR, LAST_YEAR, MOMENTS

from .errors import Problem

MOST_DAYS_AHEAD = 366
WIDEST_OFFSET = timedelta(hours=14)
CLOCK_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def identifier(text: str) -> UUID:
    """Read an id from an address. Raise a problem that says what an id looks like."""
    if not _UUID.fullmatch(text):
        raise Problem(
            422, "invalid_id", "The id in the address is not a UUID. Nothing was kept.",
            [("id", "not a UUID", "Make a UUID (version 7 is best) and put it at the end of the address.")],
        )  # fmt: skip
    return UUID(text)


class Strict(s.Serializer):
    """Refuses fields it does not know."""

    def to_internal_value(self, data: Any) -> Any:
        """Return checked values. Raise ValidationError naming each field."""
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise s.ValidationError(dict.fromkeys(unknown, "This field is not known here."))
        return super().to_internal_value(data)


class Text(s.CharField):
    """Text only: a number or a truth value is not turned into text."""

    default_error_messages = {"max_length": "This is longer than {max_length} characters."}

    def to_internal_value(self, data: Any) -> str:
        """Return the text as sent."""
        if not isinstance(data, str):
            raise s.ValidationError("Send text in quotes.")
        return str(super().to_internal_value(data))


class TrueOrFalse(s.BooleanField):
    """True or false only: no text or number is turned into one."""

    def to_internal_value(self, data: Any) -> bool:
        """Return it as sent."""
        if not isinstance(data, bool):
            raise s.ValidationError("Send true or false without quotes.")
        return data


class WholeNumber(s.IntegerField):
    """A whole number only: text is not turned into one. 35.0 is whole."""

    def to_internal_value(self, data: Any) -> int:
        """Return the number as sent."""
        if isinstance(data, float) and data.is_integer():
            data = int(data)
        if isinstance(data, bool) or not isinstance(data, int):
            raise s.ValidationError("Send a whole number, such as 3, without quotes or fractions.")
        return int(super().to_internal_value(data))


class Amount(s.DecimalField):
    """mg, more than 0: a number only, with at most two digits after the point."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_digits=7, decimal_places=2, min_value=Decimal("0.01"), **more)

    def to_internal_value(self, data: Any) -> Decimal:
        """Return the amount as sent."""
        if isinstance(data, bool) or not isinstance(data, (int, float)):
            raise s.ValidationError("Send a number without quotes.")
        amount: Decimal = super().to_internal_value(data)
        return amount


class YesNo(s.BooleanField):
    """True or false only: "yes", 1 and null are not turned into one."""

    def to_internal_value(self, data: Any) -> bool:
        """Return the answer as sent."""
        if not isinstance(data, bool):
            raise s.ValidationError("Send true or false without quotes, or leave it out.")
        return data


@extend_schema_field({"type": "string", "format": "uuid"})
class Id(s.UUIDField):
    """A UUID in its one text form, 32 hexadecimal digits in five groups: no number, braces or bare digits."""

    def to_internal_value(self, data: Any) -> UUID:
        """Return the id."""
        if not isinstance(data, str) or not _UUID.fullmatch(data):
            raise s.ValidationError("Send a UUID such as 01932f4b-0000-7000-8000-00000000000a.")
        return UUID(data)


@extend_schema_field({"type": "string", "format": "date", "pattern": "^(19[0-9]{2}|2[01][0-9]{2})-[0-9]{2}-[0-9]{2}$"})
class Day(s.DateField):
    """A calendar day such as 2026-05-14, of a year people live in."""

    def to_internal_value(self, value: Any) -> date:
        """Return the day."""
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise s.ValidationError("Send a day such as 2026-05-14.")
        day: date = super().to_internal_value(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise s.ValidationError(f"Send a day of the years {FIRST_YEAR} to {LAST_YEAR}.")
        return day


class ComingDay(Day):
    """A day on which something is promised: from yesterday, which is today somewhere, to a year ahead."""

    def to_internal_value(self, value: Any) -> date:
        """Return the day."""
        day = super().to_internal_value(value)
        today = timezone.now().date()
        if not -1 <= (day - today).days <= MOST_DAYS_AHEAD:
            raise s.ValidationError(f"Send a day from today to {MOST_DAYS_AHEAD} days ahead.")
        return day


@extend_schema_field({"type": "string", "pattern": f"^{CLOCK_TIME}$"})
class ClockTime(s.Field):
    """A time of day: 08:00."""

    def to_internal_value(self, data: Any) -> time:
        """Return the time."""
        try:
            return datetime.strptime(data if re.fullmatch(CLOCK_TIME, data) else "", "%H:%M").time()  # noqa: DTZ007 - a time of any day
        except (TypeError, ValueError):
            raise s.ValidationError("Send a clock time such as 08:00.") from None


@extend_schema_field(
    {
        "type": "string",
        "format": "date-time",
        "pattern": "^(1899-12-31|19[0-9]{2}-[0-9]{2}-[0-9]{2}|2[01][0-9]{2}-[0-9]{2}-[0-9]{2}|2200-01-01)[Tt ]"
        "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?([Zz]|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$",
    }
)
class Moment(s.DateTimeField):
    """A time with its offset from UTC, which is kept: it tells which calendar day the sender saw.

    It lies in the years 1900 to 2199 in UTC, and its offset within 14 hours. The database holds the same bounds.
    """

    def to_internal_value(self, data: Any) -> datetime:
        """Return the time as sent."""
        try:
            moment = datetime.fromisoformat(data.upper() if _MOMENT.fullmatch(data) else "")
        except (TypeError, ValueError):
            raise s.ValidationError("Send a time such as 2026-05-14T08:12:00-04:00.") from None
        offset = moment.utcoffset()
        if offset is None:
            raise s.ValidationError("The time lacks its offset from UTC. Send 2026-05-14T08:12:00-04:00.")
        if abs(offset) > WIDEST_OFFSET:
            raise s.ValidationError("No place is more than 14 hours from UTC. Send an offset up to +14:00 or -14:00.")
        if not MOMENTS[0] <= moment <= MOMENTS[1]:
            raise s.ValidationError(f"Send a time of the years {FIRST_YEAR} to {LAST_YEAR} in UTC, or leave it out.")
        return moment


LONGEST_PARAMETER = 1000
CURSOR = OpenApiParameter(
    "cursor", {"type": "string", "minLength": 1, "maxLength": LONGEST_PARAMETER}, description="From `next` of a page."
)


def asked(request: Request, known: Collection[str]) -> dict[str, str]:
    """Return the query parameters. Raise a problem for one that is not known, or that no database could look for."""
    given = {name: str(value) for name, value in request.query_params.items()}
    for name, value in given.items():
        if name not in known:
            raise not_known(name, f"Send one of: {', '.join(sorted(known))}.")
        if len(request.query_params.getlist(name)) > 1:
            raise not_known(name, "Send it once.")
        if len(value) > LONGEST_PARAMETER:
            raise not_known(name, f"Send at most {LONGEST_PARAMETER} characters.")
        if "\x00" in value:
            raise not_known(name, "Leave out the NUL character.")
    return given


def one_of(given: dict[str, str], name: str, values: Collection[str]) -> str | None:
    """Return a parameter that has to be one of `values`, or None if it is not given."""
    value = given.get(name)
    if value is not None and value not in values:
        raise not_known(name, f"Send one of: {', '.join(sorted(values))}.")
    return value


def whole_number(given: dict[str, str], name: str, default: int, most: int) -> int:
    """Return a parameter that is a whole number from 1 to `most`, in the digits 0 to 9, or the default."""
    text = given.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        raise Problem(
            422, "invalid", f"The parameter {name} is not right.", [(name, "out of range", f"Send 1 to {most}.")]
        )
    return int(text)


def not_known(name: str, mend: str) -> Problem:
    """A query parameter that cannot be answered."""
    return Problem(422, "invalid", f"The parameter {name} is not right. {mend}", [(name, "not known", mend)])


def checked(shape: type[s.Serializer], data: Any) -> dict[str, Any]:
    """Return the checked values of a body, or raise the problem."""
    return dict(_shared(shape).run_validation(data))


@cache
def _shared(shape: type[s.Serializer]) -> s.Serializer:
    """One serializer for all requests: it keeps nothing while it checks, and its fields are slow to make."""
    return shape()
