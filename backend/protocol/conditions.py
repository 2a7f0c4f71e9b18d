"""The condition language, compiled once per protocol to Python functions. Described in `language.md`.

A compiled condition is `test(case, ago) -> bool`, asked about the day `ago` days before the judged one.
A missing answer, grade, baseline or day makes every comparison false.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from backend.protocol import history
from backend.protocol.day import Case
from backend.protocol.model import Condition, Test

Shapes = Mapping[str, Any]
Read = Callable[[Case, int], Any]
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
}
MEAN = "blood_pressure.mean"


def compile_condition(condition: Condition, protocol: Shapes) -> Test:
    """Turn a condition into a function. The protocol has been checked, so every name is known."""
    form = form_of(condition)
    return _FORMS[form](condition, protocol)


def form_of(condition: Condition) -> str:
    """Which of the forms of the language this is: the name of its leading key."""
    return next(key for key in condition if key in _FORMS)


def _all(condition: Condition, protocol: Shapes) -> Test:
    tests = [compile_condition(part, protocol) for part in condition["all"]]
    if len(tests) == 2:
        first, second = tests
        return lambda case, ago: first(case, ago) and second(case, ago)
    return lambda case, ago: all(test(case, ago) for test in tests)


def _any(condition: Condition, protocol: Shapes) -> Test:
    tests = [compile_condition(part, protocol) for part in condition["any"]]
    if len(tests) == 2:
        first, second = tests
        return lambda case, ago: first(case, ago) or second(case, ago)
    return lambda case, ago: any(test(case, ago) for test in tests)


def _not(condition: Condition, protocol: Shapes) -> Test:
    test = compile_condition(condition["not"], protocol)
    return lambda case, ago: not test(case, ago)


def _condition(condition: Condition, protocol: Shapes) -> Test:
    return compile_condition(protocol["conditions"][condition["condition"]], protocol)


def _sign(condition: Condition, protocol: Shapes) -> Test:
    return _signs(frozenset([condition["sign"]]))


def _any_sign_of(condition: Condition, protocol: Shapes) -> Test:
    return _signs(frozenset(protocol["sign_lists"][condition["any_sign_of"]]))


def _signs(signs: frozenset[str]) -> Test:
    def test(case: Case, ago: int) -> bool:
        day = case.day(ago)
        return day is not None and not signs.isdisjoint(day.signs)

    return test


def _fact(condition: Condition, protocol: Shapes) -> Test:
    path, back = condition["fact"], condition.get("days_ago", 0)
    if "answered" in condition:
        wanted = condition["answered"]
        return lambda case, ago: (_value(case, ago + back, path) is not None) == wanted
    shape = shape_of(protocol, path)
    if not shape.get("ordered"):
        return _compare(condition, lambda case, ago: _value(case, ago + back, path))
    ranks = {value: rank for rank, value in enumerate(shape["values"])}
    return _compare(condition, lambda case, ago: ranks.get(_value(case, ago + back, path)), ranks)


def _value(case: Case, ago: int, path: str) -> Any:
    day = case.ready[ago] if ago in case.ready else case.day(ago)
    return None if day is None else day.values.get(path)


def _grade(condition: Condition, protocol: Shapes) -> Test:
    name, back = condition["grade"], condition.get("days_ago", 0)
    if condition.get("is") == "unknown":
        return lambda case, ago: case.grade(name, ago + back) == "unknown"
    return _compare(condition, lambda case, ago: history.number(case.grade(name, ago + back)))


def _change(condition: Condition, protocol: Shapes) -> Test:
    path = condition["change"]
    if path == MEAN:
        return _compare(condition, _change_of_mean)
    usual = shape_of(protocol, path)["baseline"]

    def read(case: Case, ago: int) -> Any:
        value, before = _value(case, ago, path), case.baseline.get(usual)
        return None if value is None or before is None else value - before

    return _compare(condition, read)


def _change_of_mean(case: Case, ago: int) -> float | None:
    """Mean arterial pressure above baseline; the sum is kept whole until here so that 15 is exactly 15."""
    total = _value(case, ago, MEAN)
    systolic, diastolic = case.baseline.get("systolic"), case.baseline.get("diastolic")
    if total is None or systolic is None or diastolic is None:
        return None
    return float((total - (systolic + 2 * diastolic)) / 3)


def _percent_below_baseline(condition: Condition, protocol: Shapes) -> Test:
    path, percent = condition["percent_below_baseline"], condition["at_least"]
    usual = shape_of(protocol, path)["baseline"]

    def test(case: Case, ago: int) -> bool:
        value, before = _value(case, ago, path), case.baseline.get(usual)
        return value is not None and before is not None and (before - value) * 100 >= percent * before

    return test


def _baseline(condition: Condition, protocol: Shapes) -> Test:
    name, known = condition["baseline"], condition["known"]
    return lambda case, ago: (case.baseline.get(name) is not None) == known


def _compare(condition: Condition, read: Read, ranks: Mapping[str, int] | None = None) -> Test:
    """Hold what `read` gives against the one bound of the condition: a literal or a named parameter."""
    name = next(key for key in COMPARISONS if key in condition)
    compare, bound = COMPARISONS[name], condition[name]
    if isinstance(bound, dict):
        parameter = bound["parameter"]

        def test_parameter(case: Case, ago: int) -> bool:
            value = read(case, ago)
            return value is not None and compare(value, case.parameters[parameter])

        return test_parameter
    wanted = ranks[bound] if ranks else bound

    def test(case: Case, ago: int) -> bool:
        value = read(case, ago)
        return value is not None and compare(value, wanted)

    return test


def shape_of(protocol: Shapes, path: str) -> Shapes:
    """The description of a fact such as "hand_foot.pain" or "weight"."""
    group, _, name = path.partition(".")
    shape: Shapes = protocol["facts"][group]
    return shape["fields"][name] if name else shape


def _inner(form: Callable[[Condition, Test], Test]) -> Callable[[Condition, Shapes], Test]:
    return lambda condition, protocol: form(condition, compile_condition(condition["when"], protocol))


def _reviewed(condition: Condition, protocol: Shapes) -> Test:
    return history.reviewed(condition, protocol["symptoms"][condition["reviewed"]]["graded_as"])


_FORMS: dict[str, Callable[[Condition, Shapes], Test]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "condition": _condition,
    "sign": _sign,
    "any_sign_of": _any_sign_of,
    "fact": _fact,
    "grade": _grade,
    "change": _change,
    "percent_below_baseline": _percent_below_baseline,
    "baseline": _baseline,
    "on_days": _inner(history.on_days),
    "last_graded": _inner(history.last_graded),
    "reading": _inner(history.reading),
    "worsened": lambda condition, protocol: history.worsened(condition),
    "reviewed": _reviewed,
}
