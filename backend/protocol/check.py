"""Check a composed protocol: first its shape by the JSON Schema, then what its names mean.

Whoever writes a protocol is told the file, the rule, what is wrong and how to mend it, one problem at a time.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from backend.protocol import check_rules
from backend.protocol.problems import ProtocolError

NOT_EMPTY = r"\S"
SCHEMA = Path(__file__).parent / "schema" / "protocol.schema.json"


def check(data: Mapping[str, Any], file: str, texts: Mapping[str, Any]) -> None:
    """Raise ProtocolError for the first thing that is wrong with the file."""
    errors = sorted(_validator().iter_errors(data), key=lambda error: [str(step) for step in error.absolute_path])
    if errors:
        raise _told(errors[0], data, file)
    for rule, wrong, mend in check_rules.problems(data, texts):
        raise ProtocolError(file, rule, wrong, mend)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _told(error: ValidationError, data: Mapping[str, Any], file: str) -> ProtocolError:
    """The schema's complaint in plain words, with the rule it is about."""
    path = [str(step) for step in error.absolute_path]
    rule = None
    if len(path) > 1 and path[0] == "rules":
        rule = _name_of_rule(data["rules"][int(path[1])], int(path[1]))
        path = path[2:]
    where = f' at "{".".join(path)}"' if path else ""
    if error.validator == "oneOf":
        wrong = f"the condition{where} cannot be read: {json.dumps(error.instance)[:120]}"
        return ProtocolError(file, rule, wrong, "Write one form of the condition language, see language.md.")
    wrong, mend = _wrong_and_mend(error)
    return ProtocolError(file, rule, wrong + where, mend)


def _name_of_rule(rule: Any, place: int) -> str:
    named = rule.get("id") if isinstance(rule, dict) else None
    return named if isinstance(named, str) else f"number {place + 1}"


def _wrong_and_mend(error: ValidationError) -> tuple[str, str]:
    value = json.dumps(error.instance)[:60]
    match error.validator:
        case "required":
            missing = next(name for name in error.validator_value if name not in error.instance)
            return f'"{missing}" is missing', f'Add "{missing}".'
        case "additionalProperties":
            known = error.schema.get("properties", {})
            extra = next(name for name in error.instance if name not in known)
            return (
                f'"{extra}" is not known here',
                f"Check the spelling, or take it out. Known: {', '.join(known)}.",
            )
        case "pattern" if error.validator_value == NOT_EMPTY:
            return "a text is empty", 'Write it down; a source may be "our choice, needs clinician sign-off".'
        case "pattern":
            return f"{value} is not written as it should be", f"It must look like {error.validator_value}."
        case "enum":
            return (
                f"{value} is not one of the choices",
                f"Choose one of: {', '.join(map(str, error.validator_value))}.",
            )
        case "type":
            return f"{value} should be a {error.validator_value}", "Change it to that."
        case _:
            return error.message[:160], "Compare with sorafenib.v1.json, which is complete."
