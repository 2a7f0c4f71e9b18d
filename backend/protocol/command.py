"""`manage.py evaluate`: cases in as JSON lines, assessments out as JSON lines, in order.

A case that cannot be read gives an error result for its line and the run goes on.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from backend.protocol import advice, evaluate, explain, facts, load, patient, texts
from backend.protocol.model import Assessment, FactError, Facts, Protocol

BLANK = " \t\r\n"
LONGEST_WHOLE = 300
DEEPEST = 50
BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
HALF_CHARACTERS = re.compile("[\ud800-\udfff]")


def run(lines: Iterable[str], *, words: bool = False, language: str = "en") -> Iterator[str]:
    """One result line for each line that is not blank. `words` adds the advice and the rules in plain sentences."""
    for line in lines:
        if line.strip(BLANK):
            result = json.dumps(
                result_of(line, words=words, language=language), separators=(",", ":"), ensure_ascii=False
            )
            yield HALF_CHARACTERS.sub(lambda half: f"\\u{ord(half[0]):04x}", result)


def result_of(line: str, *, words: bool = False, language: str = "en") -> dict[str, Any]:
    """The result of one case: id, urgency, grades, rules that fired, and error (None, or field and detail)."""
    case_id: str | None = None
    try:
        case = parse(line, language)
        case_id = case["id"] if isinstance(case.get("id"), str) else None
        judged = judge(case, language)
        return _result(case_id, judged.assessment) | (_words(judged, language) if words else {})
    except FactError as error:
        return _refused(case_id, error)


def parse(line: str, language: str = "en") -> dict[str, Any]:
    """One line as an object. JSON as the standard has it: no NaN, no Infinity."""
    try:
        if is_too_deep(line):
            raise ValueError
        case = json.loads(line, parse_int=_whole, parse_constant=_not_json)
    except ValueError:
        raise FactError("line", texts.of(language)["errors"]["not_json"]) from None
    if not isinstance(case, dict):
        raise FactError("line", texts.of(language)["errors"]["not_json"])
    return case


def is_too_deep(line: str) -> bool:
    """More objects and lists inside each other than any case needs; the same bound in both twins."""
    depth = deepest = 0
    for bracket in BRACKETS.findall(line):
        depth += 1 if bracket in "[{" else -1 if bracket in "]}" else 0
        deepest = max(deepest, depth)
    return deepest > DEEPEST


def _whole(digits: str) -> float:
    return int(digits) if len(digits) < LONGEST_WHOLE else float(digits)


def _not_json(constant: str) -> None:
    raise ValueError(constant)


@dataclass(frozen=True, slots=True)
class Judged:
    """A case that could be read, and its assessment."""

    protocol: Protocol
    days: list[Facts | None]
    baseline: dict[str, Any]
    assessment: Assessment
    region: str | None = None


def judge(case: dict[str, Any], language: str = "en") -> Judged:
    """Read and assess one case. Raises FactError naming the first field that cannot be read."""
    protocol = _protocol_of(case.get("drug"), language)
    baseline = patient.read_baseline(protocol, case.get("baseline"), language)
    parameters = patient.read_parameters(protocol, case.get("parameters"), language)
    reviewed = patient.read_reviewed(protocol, case.get("reviewed"), language)
    days = [None if day is None else facts.read(protocol, day, language) for day in _days(case.get("days"), language)]
    assessment = evaluate.evaluate(protocol, days=days, baseline=baseline, reviewed=reviewed, parameters=parameters)
    region = case.get("region")
    return Judged(protocol, days, baseline, assessment, region if isinstance(region, str) else None)


def _days(raw: object, language: str) -> list[Any]:
    readable = isinstance(raw, list) and all(isinstance(day, dict | None) for day in raw)
    if not isinstance(raw, list) or not readable or not raw or raw[0] is None:
        raise FactError("days", texts.of(language)["errors"]["not_days"])
    return raw


def _protocol_of(drug: object, language: str) -> Protocol:
    if drug is None:
        drug = "sorafenib"
    if not isinstance(drug, str) or drug not in load.drugs():
        raise FactError("drug", texts.of(language)["errors"]["unknown_drug"].format(drugs=", ".join(load.drugs())))
    return load.newest(drug)


def _result(case_id: str | None, assessment: Assessment) -> dict[str, Any]:
    return {
        "id": case_id,
        "urgency": assessment.urgency,
        "grades_ctcae5": assessment.grades_ctcae5,
        "grades_ctcae6": assessment.grades_ctcae6,
        "rules": [fired.id for fired in assessment.fired],
        "error": None,
    }


def _words(judged: Judged, language: str) -> dict[str, Any]:
    fired = judged.assessment.fired
    return {
        "advice": advice.compose(
            judged.protocol, judged.assessment, judged.days, judged.baseline, language, judged.region
        ),
        "explained": [explain.explain(judged.protocol, rule.id, language) for rule in fired],
    }


def _refused(case_id: str | None, error: FactError) -> dict[str, Any]:
    nothing = dict.fromkeys(load.newest("sorafenib").graded)
    return {
        "id": case_id,
        "urgency": None,
        "grades_ctcae5": nothing,
        "grades_ctcae6": nothing,
        "rules": [],
        "error": {"field": error.field, "detail": error.detail},
    }
