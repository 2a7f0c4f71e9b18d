"""Read the answers of one log: the shape, range and spelling of everything a phone or app may send.

What is refused raises FactError with the group of facts and a sentence that says what to do; nothing is guessed.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from backend.protocol import texts
from backend.protocol.model import FactError, Facts, Protocol
from backend.protocol.moment import is_moment

__all__ = ["FactError", "Facts", "Refused", "number_in", "read"]
NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


class Refused(ValueError):
    """Why one value cannot be taken: a key of the "errors" texts and what fills its placeholders."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def read(protocol: Protocol, raw: object, language: str = "en") -> Facts:
    """The answers as plain data: unanswered (null) ones left out, 8.0 as 8, signs once each in protocol order.

    Raises FactError. Reading what was read gives the same again.
    """
    errors = texts.of(language)["errors"]
    if not isinstance(raw, dict):
        raise FactError("facts", errors["not_an_object"])
    shapes = protocol.data["facts"]
    unknown = unknown_key(raw, shapes)
    if unknown is not None:
        raise FactError(unknown, errors["unknown_fact"].format(name=unknown))
    facts: Facts = {}
    for name, shape in shapes.items():
        try:
            value = None if raw.get(name) is None else _READERS[shape["kind"]](raw[name], shape)
        except Refused as refused:
            raise FactError(name, errors[refused.key].format(**refused.values)) from None
        if value is not None:
            facts[name] = value
    return facts


def unknown_key(raw: Mapping[str, Any], known: Mapping[str, Any]) -> str | None:
    """The first key, in an order both twins share, that is not known."""
    unknown = [key for key in raw if key not in known]
    return min(unknown, key=lambda key: key.encode("utf-16-be", "surrogatepass"), default=None)


def _group(raw: Any, shape: Mapping[str, Any]) -> dict[str, Any] | None:
    """A group of fields; None when none of them is answered."""
    if not isinstance(raw, dict):
        raise Refused("not_a_group")
    unknown = unknown_key(raw, shape["fields"])
    if unknown is not None:
        raise Refused("unknown_field", name=unknown)
    answered = {}
    for name, field in shape["fields"].items():
        if raw.get(name) is not None:
            answered[name] = _READERS[field["kind"]](raw[name], field)
        elif field.get("required"):
            raise Refused("missing_field", name=name)
    return answered or None


def _readings(raw: Any, shape: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not isinstance(raw, list) or not 1 <= len(raw) <= shape["most"]:
        raise Refused("not_readings", most=shape["most"])
    readings = []
    lower, upper = shape["lower_first"]
    for one in raw:
        reading = _group(one, shape) or {}
        if reading[lower] >= reading[upper]:
            raise Refused("not_below")
        readings.append(reading)
    return readings


def _signs(raw: Any, shape: Mapping[str, Any]) -> list[str]:
    if not isinstance(raw, list):
        raise Refused("not_a_list")
    for sign in raw:
        if not isinstance(sign, str) or sign not in shape["values"]:
            raise Refused("unknown_sign")
    return [sign for sign in shape["values"] if sign in raw]


def _choice(raw: Any, shape: Mapping[str, Any]) -> str:
    if not isinstance(raw, str) or raw not in shape["values"]:
        raise Refused("unknown_choice", choices=", ".join(shape["values"]))
    return raw


def _yes_no(raw: Any, shape: Mapping[str, Any]) -> bool:
    if not isinstance(raw, bool):
        raise Refused("not_yes_no")
    return raw


def number_in(raw: Any, shape: Mapping[str, Any]) -> float:
    """A number within the bounds of its shape; whole ones become int, so 8.0 and 8 are the same."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or (isinstance(raw, float) and not math.isfinite(raw)):
        raise Refused("not_a_number", **bounds(shape))
    if not shape["from"] <= raw <= shape["to"]:
        raise Refused("out_of_range", **bounds(shape))
    if raw == int(raw):
        return int(raw)
    if shape["kind"] == "whole_number":
        raise Refused("not_whole", **bounds(shape))
    return raw


def bounds(shape: Mapping[str, Any]) -> dict[str, Any]:
    """What fills {lowest}, {highest} and {unit} in a message."""
    return {"lowest": shape["from"], "highest": shape["to"], "unit": shape.get("unit", "")}


def _time(raw: Any, shape: Mapping[str, Any]) -> str:
    if not isinstance(raw, str) or not is_moment(raw):
        raise Refused("not_a_time")
    return raw


def _text(raw: Any, shape: Mapping[str, Any]) -> str:
    if not isinstance(raw, str) or NOT_TEXT.search(raw):
        raise Refused("not_text")
    if len(raw) > shape["most"]:
        raise Refused("too_long", most=shape["most"])
    return raw


_READERS: dict[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "group": _group,
    "readings": _readings,
    "signs": _signs,
    "choice": _choice,
    "yes_no": _yes_no,
    "whole_number": number_in,
    "number": number_in,
    "time": _time,
    "text": _text,
}
