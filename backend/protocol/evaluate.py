"""Judge one day: estimated grades, the rules that fired, and the urgency. Pure: days in, assessment out."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.protocol import grade
from backend.protocol.day import Case, Day
from backend.protocol.model import Assessment, Facts, Fired, Protocol, Rule

WINDOW_DAYS = 8
"""Days a rule may look at, the judged one included. The schema refuses a rule that looks back further."""


def evaluate(
    protocol: Protocol,
    *,
    days: Sequence[Facts | None],
    baseline: Mapping[str, Any] | None = None,
    reviewed: Sequence[Mapping[str, Any]] = (),
    parameters: Mapping[str, Any] | None = None,
) -> Assessment:
    """Assess `days[0]`; `days[1]` is the day before and so on, None a day without a log.

    All input has been read by `facts.read`, `patient.read_baseline`, `patient.read_reviewed` and
    `patient.read_parameters`. `reviewed` counts `days_ago` in calendar days from the judged day.
    """
    case = Case(protocol, days, baseline or {}, reviewed, parameters or {})
    day = case.day(0)
    if day is None:
        raise ValueError("days[0] is the day judged and must be a log")
    rules = [rule for rule in _candidates(protocol, day, days[0] or {}) if rule.test(case, 0)]
    rules.sort(key=_rank)
    fired = [_fired(rule, case, day) for rule in rules]
    combined = combination(protocol, rules)
    if combined is not None:
        fired.insert(0, combined)
    return Assessment(
        urgency=fired[0].urgency if fired else protocol.urgencies[0],
        grades_ctcae5=grade.assessment_grades(case, day, "ctcae5"),
        grades_ctcae6=grade.assessment_grades(case, day, "ctcae6"),
        fired=tuple(fired),
    )


def _rank(rule: Rule) -> tuple[int, int]:
    return rule.rank


def _candidates(protocol: Protocol, day: Day, facts: Facts) -> list[Rule]:
    """The rules that can fire at all with what was answered today."""
    answered = list(facts)
    answered.extend(f"sign:{sign}" for sign in day.signs)
    if "hand_foot" not in facts:
        answered.append("hand_foot")
    found: dict[str, Rule] = {}
    for need in ("", *answered):
        for rule in protocol.rules_by_need.get(need, ()):
            found[rule.id] = rule
    return list(found.values())


def combination(protocol: Protocol, rules: Sequence[Rule]) -> Fired | None:
    """Two different symptoms at contact_24h make contact_today (UKONS: two ambers are a red).

    None when it lifts nothing: the day is more urgent already, or the rules are of one symptom.
    """
    combine = protocol.data["combination"]
    if not rules or rules[0].urgency != combine["at"]:
        return None
    symptoms = {rule.symptom for rule in rules if rule.urgency == combine["at"]}
    if len(symptoms) < combine["different_symptoms"]:
        return None
    return Fired(
        id=combine["id"],
        symptom=combine["symptom"],
        urgency=combine["makes"],
        advice=combine["advice"],
        nurse_due_minutes=protocol.nurse_due_minutes[combine["makes"]],
        facts={"symptoms": sorted(symptoms)},
        source=combine["source"],
    )


def _fired(rule: Rule, case: Case, day: Day) -> Fired:
    return Fired(
        rule.id, rule.symptom, rule.urgency, rule.advice, rule.nurse_due_minutes,
        _facts_used(rule, case, day), rule.source, rule.tags,
    )  # fmt: skip


def _facts_used(rule: Rule, case: Case, day: Day) -> dict[str, Any]:
    """Answers, signs, grades and baseline of today that the rule speaks about, unanswered ones left out."""
    facts: dict[str, Any] = {}
    for kind, name in rule.uses:
        if kind == "fact":
            value = day.values.get(name)
        elif kind == "grade":
            value = case.grade(name, 0)
        elif kind == "sign":
            value = True if name in day.signs else None
        else:
            value = case.baseline.get(name)
        if value is not None:
            facts[name if kind == "fact" else f"{kind}.{name}"] = value
    return facts


def second_reading_minutes(
    protocol: Protocol, first: Mapping[str, Any], parameters: Mapping[str, Any] | None = None
) -> int | None:
    """Minutes to wait before a second blood pressure reading, or None when the first is enough."""
    case = Case(protocol, [{"blood_pressure": [first]}], {}, (), parameters or {})
    return next((minutes for minutes, holds in protocol.second_reading if holds(case, 0)), None)
