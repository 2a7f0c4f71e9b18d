"""What the schema cannot see: whether the names in a protocol mean something, and numbers lie within bounds."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from backend.protocol import check_conditions
from backend.protocol.needs import days_back

Problem = tuple[str | None, str, str]
LONGEST_LOOK_BACK = 7


def problems(data: Mapping[str, Any], texts: Mapping[str, Any]) -> Iterator[Problem]:
    """Each problem as (rule or None, what is wrong, how to mend it), the most basic first."""
    yield from _duplicates(data)
    yield from _parameters(data)
    yield from _names(data)
    yield from _conditions(data)
    yield from _rules(data, texts)
    yield from _words(data, texts)


def _duplicates(data: Mapping[str, Any]) -> Iterator[Problem]:
    ids = [rule["id"] for rule in data["rules"]] + [data["combination"]["id"], data["missed_logs"]["id"]]
    for rule, count in Counter(ids).items():
        if count > 1:
            yield rule, f"there are {count} rules with this id", "Give each rule an id of its own."


def _parameters(data: Mapping[str, Any]) -> Iterator[Problem]:
    for name, parameter in data["parameters"].items():
        low, high, default = parameter["from"], parameter["to"], parameter["default"]
        if not low <= default <= high:
            wrong = f"the parameter {name} has the default {default}, which is not within {low} to {high}"
            yield None, wrong, "Change the default or the bounds."


def _names(data: Mapping[str, Any]) -> Iterator[Problem]:
    urgencies = [urgency["id"] for urgency in data["urgencies"]]
    for block, key in (("combination", "at"), ("combination", "makes"), ("missed_logs", "urgency")):
        if data[block][key] not in urgencies:
            yield (
                None,
                f'"{block}" names the urgency {data[block][key]}, which is not known',
                _one_of(urgencies),
            )
    for name, shape in data["facts"].items():
        if shape.get("part_of", name) not in data["facts"]:
            yield None, f"the fact {name} is part of {shape['part_of']}, which is not known", _one_of([*data["facts"]])
    signs = data["facts"]["warning_signs"]["values"]
    for name, listed in data["sign_lists"].items():
        for sign in listed:
            if sign not in signs:
                yield None, f"the list {name} has the warning sign {sign}, which is not known", _one_of(signs)
    graded = {symptom["graded_as"] for symptom in data["symptoms"].values() if "graded_as" in symptom}
    for version, tables in data["grading"].items():
        for name in graded ^ set(tables):
            yield (
                None,
                f"the grading tables {version} and the symptoms do not agree on {name}",
                "Name it in both.",
            )
    for symptom in data["symptoms"]:
        if symptom not in data["review_windows"]:
            yield (
                None,
                f"the symptom {symptom} has no review window",
                'Add it to "review_windows", such as "P3D".',
            )


def _conditions(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Named conditions, grading tables and second reading. Circles first: all else would follow them forever."""
    circle = check_conditions.circle(data["conditions"])
    if circle:
        yield None, f"the condition {circle} leads back to itself", "Take it out of its own definition."
        return
    for name, condition in data["conditions"].items():
        for wrong, mend in check_conditions.problems(condition, data):
            yield None, f"in the condition {name}, {wrong}", mend
    for version, tables in data["grading"].items():
        for name, rows in tables.items():
            for row in rows if isinstance(rows, list) else ():
                yield from _row(row["when"], data, f"in the grading table {version} of {name}, ")
    for wait in data["second_reading"]["waits"]:
        yield from _row(wait["when"], data, "in the second reading, ")


def _row(condition: Mapping[str, Any], data: Mapping[str, Any], where: str) -> Iterator[Problem]:
    for wrong, mend in check_conditions.problems(condition, data):
        yield None, where + wrong, mend
        return
    if not check_conditions.looks_at_its_own_day_only(condition, data):
        yield (
            None,
            where + "a condition looks at a grade or another day",
            "Use only facts, changes and signs of the day.",
        )


def _rules(data: Mapping[str, Any], texts: Mapping[str, Any]) -> Iterator[Problem]:
    urgencies = [urgency["id"] for urgency in data["urgencies"]]
    symptoms = [*data["symptoms"], *data["facts"]["warning_signs"]["values"]]
    for rule in data["rules"]:
        name = rule["id"]
        if rule["urgency"] not in urgencies:
            yield name, f"the urgency {rule['urgency']} is not known", _one_of(urgencies)
        if rule["symptom"] not in symptoms:
            yield name, f"the symptom {rule['symptom']} is not known", _one_of(symptoms)
        if rule["advice"] not in texts["advice"]:
            yield (
                name,
                f"there is no text for the advice {rule['advice']}",
                'Write it in texts/en.json under "advice".',
            )
        if name not in texts["reasons"]:
            yield name, "there is no line for the nurse", 'Write it in texts/en.json under "reasons".'
        for wrong, mend in check_conditions.problems(rule["when"], data):
            yield name, wrong, mend
            return
        if days_back(rule["when"], data) > LONGEST_LOOK_BACK:
            yield name, "the rule looks back too far", f"Look back at most {LONGEST_LOOK_BACK} days."


def _words(data: Mapping[str, Any], texts: Mapping[str, Any]) -> Iterator[Problem]:
    wanted = {
        "urgencies": [urgency["id"] for urgency in data["urgencies"]],
        "symptoms": [*data["symptoms"], data["combination"]["symptom"], data["missed_logs"]["symptom"]],
        "signs": data["facts"]["warning_signs"]["values"],
        "advice": [data["combination"]["advice"]],
        "reasons": [data["combination"]["id"], data["missed_logs"]["id"]],
    }
    for block, names in wanted.items():
        for name in names:
            if name not in texts[block]:
                yield None, f'{name} has no words under "{block}"', "Write them in texts/en.json."


def _one_of(names: list[str]) -> str:
    return f"Use one of: {', '.join(names)}."
