"""Whether every name and bound in a condition means something. Its shape has been checked by the schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from backend.protocol.conditions import COMPARISONS, MEAN, Shapes, form_of
from backend.protocol.model import Condition
from backend.protocol.uses import parts_of

Problem = tuple[str, str]
OWN_DAY = (
    "all",
    "any",
    "not",
    "condition",
    "sign",
    "any_sign_of",
    "fact",
    "change",
    "baseline",
    "percent_below_baseline",
)
NUMBERS = ("whole_number", "number")


def circle(conditions: Mapping[str, Condition]) -> str | None:
    """A named condition that leads back to itself, or None. A name that is not there leads nowhere."""
    for name in conditions:
        reached, waiting = set(), [name]
        while waiting:
            for next_name in _names_in(conditions.get(waiting.pop(), {})):
                if next_name == name:
                    return name
                if next_name not in reached:
                    reached.add(next_name)
                    waiting.append(next_name)
    return None


def _names_in(condition: Any) -> Iterator[str]:
    if isinstance(condition, list):
        for part in condition:
            yield from _names_in(part)
    elif isinstance(condition, dict):
        for key, value in condition.items():
            if key == "condition":
                yield value
            else:
                yield from _names_in(value)


def looks_at_its_own_day_only(condition: Condition, protocol: Shapes) -> bool:
    """True when no part asks for a grade, another day, another reading or a review."""
    return all(form_of(part) in OWN_DAY and not part.get("days_ago") for part in parts_of(condition, protocol))


def problems(condition: Condition, protocol: Shapes) -> Iterator[Problem]:
    """Each problem as (what is wrong, how to mend it), inner conditions included."""
    form = form_of(condition)
    if form in ("all", "any"):
        for part in condition[form]:
            yield from problems(part, protocol)
    elif form == "not":
        yield from problems(condition["not"], protocol)
    else:
        yield from _CHECKS[form](condition, protocol)
        if "when" in condition:
            yield from problems(condition["when"], protocol)


def _known(kind: str, name: str, names: Any) -> Iterator[Problem]:
    if name not in names:
        yield f"the {kind} {name} is not known", f"Use one of: {', '.join(names)}."


def paths(protocol: Shapes) -> dict[str, Shapes]:
    """Every fact a condition may name, with its shape: "hand_foot.pain", "blood_pressure.systolic", "weight"."""
    found: dict[str, Shapes] = {}
    for group, shape in protocol["facts"].items():
        if "fields" in shape and "part_of" not in shape:
            found |= {f"{group}.{name}": field for name, field in shape["fields"].items()}
        elif "fields" not in shape and shape["kind"] != "signs":
            found[group] = shape
    return found


def _fact(condition: Condition, protocol: Shapes) -> Iterator[Problem]:
    path, known = condition["fact"], paths(protocol)
    if path not in known:
        yield from _known("fact", path, known)
        return
    if "answered" in condition:
        return
    shape = known[path]
    comparison, bound = _bound(condition)
    if shape["kind"] in NUMBERS:
        yield from _number(bound, protocol, path, shape["from"], shape["to"])
    elif shape["kind"] == "yes_no":
        if comparison != "is" or not isinstance(bound, bool):
            yield f"{path} is a yes or no question", 'Write "is": true or "is": false.'
    elif shape["kind"] == "choice":
        if comparison != "is" and not shape.get("ordered"):
            yield f'the choices of {path} have no order, so "{comparison}" says nothing', 'Use "is".'
        if bound not in shape["values"]:
            yield f"{path} cannot be {bound}", f"Use one of: {', '.join(shape['values'])}."
    else:
        yield f"{path} cannot be compared", 'Use "answered", or another fact.'


def _bound(condition: Condition) -> tuple[str, Any]:
    comparison = next(name for name in COMPARISONS if name in condition)
    return comparison, condition[comparison]


def _number(bound: Any, protocol: Shapes, path: str, low: float, high: float) -> Iterator[Problem]:
    if isinstance(bound, dict):
        yield from _known("parameter", bound["parameter"], protocol["parameters"])
    elif isinstance(bound, bool | str):
        yield f"{path} is a number and cannot be compared with {bound}", "Write a number or a parameter."
    elif not low <= bound <= high:
        yield f"{path} is never {bound}: it lies within {low:g} and {high:g}", "Change the number."


def _grade(condition: Condition, protocol: Shapes) -> Iterator[Problem]:
    yield from _known("grade", condition["grade"], protocol["grading"][protocol["rules_use"]])
    comparison, bound = _bound(condition)
    if not (comparison == "is" and bound == "unknown"):
        yield from _number(bound, protocol, "a grade", 0, 4)


def _change(condition: Condition, protocol: Shapes) -> Iterator[Problem]:
    form = form_of(condition)
    path, known = condition[form], paths(protocol)
    with_baseline = [name for name, shape in known.items() if "baseline" in shape]
    allowed = [*with_baseline, MEAN] if form == "change" else with_baseline
    yield from _known("fact with a baseline", path, allowed)
    if path in known and form == "change":
        span = known[path]["to"] - known[path]["from"]
        yield from _number(_bound(condition)[1], protocol, f"the change of {path}", -span, span)


def _on_days(condition: Condition, protocol: Shapes) -> Iterator[Problem]:
    span = condition["on_days"]
    if span["from"] > span["to"] or span["at_least"] > span["to"] - span["from"] + 1:
        yield (
            f"there are no {span['at_least']} days from {span['from']} to {span['to']}",
            "Change the numbers of days.",
        )


def _reviewed(condition: Condition, protocol: Shapes) -> Iterator[Problem]:
    graded = [name for name, symptom in protocol["symptoms"].items() if "graded_as" in symptom]
    yield from _known("graded symptom", condition["reviewed"], graded)
    if condition["from"] > condition["to"]:
        yield f"there is no day from {condition['from']} to {condition['to']}", "Change the numbers of days."


def _named(kind: str, key: str, block: str) -> Any:
    def checked(condition: Condition, protocol: Shapes) -> Iterator[Problem]:
        yield from _known(kind, condition[key], protocol[block])

    return checked


def _grade_named(key: str) -> Any:
    def checked(condition: Condition, protocol: Shapes) -> Iterator[Problem]:
        yield from _known("grade", condition[key], protocol["grading"][protocol["rules_use"]])

    return checked


def _sign(condition: Condition, protocol: Shapes) -> Iterator[Problem]:
    yield from _known("warning sign", condition["sign"], protocol["facts"]["warning_signs"]["values"])


_CHECKS = {
    "condition": _named("condition", "condition", "conditions"),
    "sign": _sign,
    "any_sign_of": _named("list of signs", "any_sign_of", "sign_lists"),
    "fact": _fact,
    "grade": _grade,
    "change": _change,
    "percent_below_baseline": _change,
    "baseline": _named("baseline", "baseline", "baseline"),
    "on_days": _on_days,
    "last_graded": _grade_named("last_graded"),
    "worsened": _grade_named("worsened"),
    "reading": lambda condition, protocol: iter(()),
    "reviewed": _reviewed,
}
