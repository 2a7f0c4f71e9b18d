"""One row that cannot be read takes no list down: the row says what of it cannot be shown, and the others are whole."""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import Error

from backend.protocol.unreadable import UnreadableDay, UnreadableMoment

from .errors import Problem

logger = logging.getLogger(__name__)
NULL_IF_UNREADABLE = frozenset(
    {"called_at", "reached_at", "read_at", "acknowledged_at", "resolved_at", "nurse_due_at", "done_at", "superseded_at"}
)
"""Fields that may be null. In any other one a moment that cannot be read is the start of 1900: a date all can parse."""
ALL = ["all"]


def shown(present: Callable[[], dict[str, Any]], stand_in: Callable[[], dict[str, Any]], pk: Any) -> dict[str, Any]:
    """Return a row as `present` makes it, with `unreadable` naming the fields that cannot be shown, if there are any.

    If it cannot be made at all, return `stand_in` with `unreadable` ["all"]. The log names the row by `pk` alone.
    """
    try:
        row = present()
    except (Error, Problem):
        raise
    except Exception:
        logger.exception("The row %s cannot be shown", pk)
        return {**_without(stand_in())[0], "unreadable": ALL}
    clean, names = _without(row)
    return {**clean, "unreadable": names} if names else row


def _without(row: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    names = sorted(set(_unreadable(row)))
    return (_replaced(row), names) if names else (row, names)


def _unreadable(value: Any, name: str = "") -> Iterator[str]:
    """The names of the fields, at any depth, that hold what cannot be read."""
    if isinstance(value, (UnreadableMoment, UnreadableDay)):
        yield name
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _unreadable(item, str(key))
    elif isinstance(value, list):
        for item in value:
            yield from _unreadable(item, name)


def _replaced(value: Any, name: str = "") -> Any:
    if isinstance(value, (UnreadableMoment, UnreadableDay)):
        return None if name in NULL_IF_UNREADABLE else plain(value)
    if isinstance(value, dict):
        return {key: _replaced(item, str(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, name) for item in value]
    return value


def plain(value: Any) -> str:
    """What JSON has no form for, as text: ids, and days and moments that stand for unreadable ones."""
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
