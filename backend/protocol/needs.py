"""What a condition speaks about: today's answers it cannot hold without, the facts it uses, how far it looks back.

`needs` makes evaluation fast: a rule is only asked when one of today's answers it depends on is there.
"""

from collections.abc import Iterator
from typing import Any

from backend.protocol.conditions import Shapes, form_of
from backend.protocol.model import Condition


def needs(condition: Condition, protocol: Shapes) -> frozenset[str]:
    """Groups ("diarrhea") and signs ("sign:fever") of today; if all are missing the condition is false.

    Empty when nothing can be said, so that the rule is always asked.
    """
    form = form_of(condition)
    if form == "all":
        known = [need for part in condition["all"] if (need := needs(part, protocol))]
        return min(known, key=_commonness, default=frozenset())
    if form == "any":
        each = [needs(part, protocol) for part in condition["any"]]
        return frozenset().union(*each) if all(each) else frozenset()
    if form == "condition":
        return needs(protocol["conditions"][condition["condition"]], protocol)
    if form == "sign":
        return frozenset([f"sign:{condition['sign']}"])
    if form == "any_sign_of":
        return frozenset(f"sign:{sign}" for sign in protocol["sign_lists"][condition["any_sign_of"]])
    if form == "fact" and (condition.get("days_ago") or condition.get("answered") is False):
        return frozenset()
    if form in ("fact", "change", "percent_below_baseline"):
        return frozenset([condition[form].partition(".")[0]])
    if form == "grade" and not condition.get("days_ago"):
        return frozenset([symptom_graded_as(condition["grade"], protocol)])
    if form == "worsened":
        return frozenset([symptom_graded_as(condition["worsened"], protocol)])
    if form == "reviewed":
        return frozenset([condition["reviewed"]])
    if form == "reading":
        return frozenset(["blood_pressure"])
    return frozenset()


def _commonness(needed: frozenset[str]) -> tuple[bool, int]:
    """Signs are rarer than answered groups, so a rule that needs a sign is asked least often."""
    return not all(need.startswith("sign:") for need in needed), len(needed)


def symptom_graded_as(grade: str, protocol: Shapes) -> str:
    """The symptom whose grade has this name: "hypertension" is that of blood pressure."""
    return next(name for name, symptom in protocol["symptoms"].items() if symptom.get("graded_as") == grade)


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


def _answers_of(group: str, protocol: Shapes) -> list[tuple[str, str]]:
    """Every answer of a group and the baseline it is held against."""
    shape = protocol["facts"][group]
    fields = {f"{group}.{name}": field for name, field in shape.get("fields", {}).items()} or {group: shape}
    told = [("fact", path) for path in fields]
    return told + [("baseline", field["baseline"]) for field in fields.values() if "baseline" in field]


def days_back(condition: Condition, protocol: Shapes) -> int:
    """The furthest day a condition looks at, counted back from the judged day."""
    form = form_of(condition)
    if form in ("all", "any"):
        return max(days_back(part, protocol) for part in condition[form])
    if form == "not":
        return days_back(condition["not"], protocol)
    if form == "condition":
        return days_back(protocol["conditions"][condition["condition"]], protocol)
    if form == "on_days":
        return int(condition["on_days"]["to"]) + days_back(condition["when"], protocol)
    if form == "last_graded":
        return int(condition["within_days"]) + days_back(condition["when"], protocol)
    if form == "worsened":
        return int(condition["within_days"])
    if form == "reviewed":
        return (
            int(condition["to"] - condition["first_graded_after"]) if "first_graded_after" in condition else 0
        )
    if form == "reading":
        return days_back(condition["when"], protocol)
    return int(condition.get("days_ago", 0))
