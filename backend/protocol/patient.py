"""Read what is known of a patient beside the logs: baseline, a nurse's reviews, personal parameters."""

from collections.abc import Mapping
from typing import Any

from backend.protocol import texts
from backend.protocol.facts import Refused, number_in, unknown_key
from backend.protocol.model import FactError, Protocol

LONGEST_AGO = 100_000
HIGHEST_GRADE = 4


def read_baseline(protocol: Protocol, raw: object, language: str = "en") -> dict[str, Any]:
    """The usual values, unknown ones left out. Raises FactError("baseline")."""
    baseline = _read_numbers(raw, protocol.data["baseline"], "baseline", language)
    if {"systolic", "diastolic"} <= baseline.keys() and baseline["diastolic"] >= baseline["systolic"]:
        raise FactError("baseline", texts.of(language)["errors"]["not_below"])
    return baseline


def read_parameters(protocol: Protocol, raw: object, language: str = "en") -> dict[str, Any]:
    """Personal or clinic values of the named parameters, within their bounds. Raises FactError("parameters")."""
    shapes = {name: {"kind": "whole_number", **shape} for name, shape in protocol.data["parameters"].items()}
    return _read_numbers(raw, shapes, "parameters", language)


def _read_numbers(raw: object, shapes: Mapping[str, Any], field: str, language: str) -> dict[str, Any]:
    errors = texts.of(language)["errors"]
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise FactError(field, errors["not_a_group"])
    unknown = unknown_key(raw, shapes)
    if unknown is not None:
        raise FactError(field, errors["unknown_field"].format(name=unknown))
    try:
        return {name: number_in(raw[name], shapes[name]) for name in shapes if raw.get(name) is not None}
    except Refused as refused:
        raise FactError(field, errors[refused.key].format(**refused.values)) from None


def read_reviewed(protocol: Protocol, raw: object, language: str = "en") -> list[dict[str, Any]]:
    """Reviews as a list: symptom, days_ago (whole, 0 or more), grade (0 to 4, or None). One may stand alone.

    "hypertension" is taken as "blood_pressure". Raises FactError("reviewed").
    """
    if raw is None:
        return []
    entries = raw if isinstance(raw, list) else [raw]
    reviews = [_review(protocol, entry) for entry in entries]
    if None in reviews:
        raise FactError("reviewed", texts.of(language)["errors"]["not_a_review"])
    return [review for review in reviews if review is not None]


def _review(protocol: Protocol, entry: object) -> dict[str, Any] | None:
    if not isinstance(entry, dict) or any(key not in ("symptom", "days_ago", "grade") for key in entry):
        return None
    symptom = entry.get("symptom")
    graded = {shape["graded_as"]: name for name, shape in protocol.data["symptoms"].items() if "graded_as" in shape}
    symptom = graded.get(symptom, symptom) if isinstance(symptom, str) else None
    if symptom not in protocol.symptoms:
        return None
    try:
        days_ago = number_in(entry.get("days_ago"), {"kind": "whole_number", "from": 0, "to": LONGEST_AGO})
        grade = entry.get("grade")
        if grade is not None:
            grade = number_in(grade, {"kind": "whole_number", "from": 0, "to": HIGHEST_GRADE})
    except Refused:
        return None
    return {"symptom": symptom, "days_ago": days_ago, "grade": grade}
