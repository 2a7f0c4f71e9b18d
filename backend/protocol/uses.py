"""What a condition speaks about: the facts, grades, signs and baseline that can make a rule fire."""

from collections.abc import Iterator, Mapping
from typing import Any

from backend.protocol.conditions import Shapes, form_of
from backend.protocol.model import Condition


def parts_of(condition: Condition, protocol: Shapes) -> Iterator[Condition]:
    """The condition and everything inside it, named conditions included."""
    yield condition
    form = form_of(condition)
    inner: list[Any] = list(condition[form]) if form in ("all", "any") else []
    if form == "not":
        inner = [condition["not"]]
    elif form == "condition":
        inner = [protocol["conditions"][condition["condition"]]]
    elif "when" in condition:
        inner = [condition["when"]]
    for part in inner:
        yield from parts_of(part, protocol)


def uses(condition: Condition, protocol: Shapes) -> tuple[tuple[str, str], ...]:
    """What can have made the rule fire, as (kind, name): ("fact", "diarrhea.stools"), ("grade", "diarrhea").

    Kinds are fact, grade, sign and baseline.
    """
    found: dict[tuple[str, str], None] = {}
    for part in parts_of(condition, protocol):
        found.update(dict.fromkeys(_uses_of_one(part, protocol)))
    return tuple(found)


def _uses_of_one(part: Condition, protocol: Shapes) -> list[tuple[str, str]]:
    form = form_of(part)
    if form == "sign":
        return [("sign", part["sign"])]
    if form == "any_sign_of":
        return [("sign", sign) for sign in protocol["sign_lists"][part["any_sign_of"]]]
    if form in ("grade", "worsened", "last_graded"):
        return [("grade", part[form]), *_answers_of(symptom_graded_as(part[form], protocol), protocol)]
    if form == "reviewed":
        return [("grade", protocol["symptoms"][part[form]]["graded_as"])]
    if form in ("fact", "change", "percent_below_baseline"):
        return _answers_of(part[form].partition(".")[0], protocol)
    return []


def symptom_graded_as(grade: str, protocol: Shapes) -> str:
    """The symptom whose grade has this name: "hypertension" is that of blood pressure."""
    symptoms: Mapping[str, Any] = protocol["symptoms"]
    return next(name for name, symptom in symptoms.items() if symptom.get("graded_as") == grade)


def asked_further(fact: str, protocol: Shapes) -> list[str]:
    """The single answers that belong to another fact: how a rash feels belongs to its share of the skin."""
    shapes: Mapping[str, Any] = protocol["facts"]
    return [name for name, shape in shapes.items() if shape.get("part_of") == fact and "fields" not in shape]


def _answers_of(group: str, protocol: Shapes) -> list[tuple[str, str]]:
    """Every answer of a group, what is asked further about it, and the baseline it is held against."""
    shapes: Mapping[str, Any] = protocol["facts"]
    inside = {f"{group}.{name}": field for name, field in shapes[group].get("fields", {}).items()}
    further = {name: shapes[name] for name in asked_further(group, protocol)}
    fields = {**(inside or {group: shapes[group]}), **further}
    told = [("fact", path) for path in fields]
    return told + [("baseline", field["baseline"]) for field in fields.values() if "baseline" in field]
