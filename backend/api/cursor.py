"""Pages that hold still while the list changes: the cursor is the place of the last row, not a number of rows."""

import base64
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from rest_framework.request import Request

from .errors import Problem

_SIGNER = Signer(salt="api.cursor")
"""A cursor that we did not write is refused, whatever is in it."""


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError
    return value


_KINDS: dict[str, Callable[[Any], Any]] = {
    "urgency_rank": int,
    "resolved_at": datetime.fromisoformat,
    "due_at": datetime.fromisoformat,
    "due_on": date.fromisoformat,
    "received_at": datetime.fromisoformat,
    "waiting_since": datetime.fromisoformat,
    "last_at": datetime.fromisoformat,
    "name": _text,
    "id": UUID,
}


def page(request: Request, rows: QuerySet[Any], order: tuple[str, ...], size: int) -> tuple[list[Any], str | None]:
    """Return one page after the request's cursor, and the address of the next page or None."""
    text = request.query_params.get("cursor")
    if text is not None:
        rows = rows.filter(_after(order, _read(text, order)))
    found = list(rows.order_by(*order)[: size + 1])
    if len(found) <= size:
        return found, None
    query = request.query_params.copy()
    query["cursor"] = _write(found[size - 1], order)
    return found[:size], request.build_absolute_uri(f"?{query.urlencode()}")


def _write(row: Model, order: tuple[str, ...]) -> str:
    place = [getattr(row, name.removeprefix("-")) for name in order]
    return _SIGNER.sign(base64.urlsafe_b64encode(orjson.dumps(place)).decode())


def _read(text: str, order: tuple[str, ...]) -> list[Any]:
    try:
        place = orjson.loads(base64.urlsafe_b64decode(_SIGNER.unsign(text)))
        return [_KINDS[name.removeprefix("-")](value) for value, name in zip(place, order, strict=True)]
    except (BadSignature, ValueError, TypeError, AttributeError):
        raise Problem(
            422, "invalid_cursor", "This page address is not right.",
            [("cursor", "not readable", "Start from the first page.")],
        ) from None  # fmt: skip


def _after(order: tuple[str, ...], place: list[Any]) -> Q:
    """Rows that come after `place` in this order."""
    later = Q()
    for position, name in enumerate(order):
        same = {order[i].removeprefix("-"): place[i] for i in range(position)}
        step = "lt" if name.startswith("-") else "gt"
        later |= Q(**same, **{f"{name.removeprefix('-')}__{step}": place[position]})
    return later
