"""Find, check and compile protocol files. A released file never changes, so each is read once and kept."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from backend.protocol import duration, medicine, texts
from backend.protocol.check import check
from backend.protocol.compose import compose
from backend.protocol.conditions import compile_condition
from backend.protocol.model import Protocol, Rule, Test
from backend.protocol.needs import days_back, needs
from backend.protocol.problems import ProtocolError
from backend.protocol.uses import uses

__all__ = ["ProtocolError", "adopted", "drugs", "newest", "of_file", "released", "wire"]
FOLDER = Path(__file__).parent / "data"


def released(drug: str, version: int) -> Protocol:
    """The protocol of a drug in one version. Raises ProtocolError if there is none or it cannot be used."""
    return _read_once(FOLDER / f"{drug}.v{version}.json")


@cache
def newest(drug: str) -> Protocol:
    """The protocol of a drug in its highest version. Looked for once: new files come with a new start."""
    versions = [
        int(path.name.split(".")[1][1:]) for path in FOLDER.glob("*.v*.json") if path.name.split(".")[0] == drug
    ]
    if not versions:
        raise ProtocolError(
            f"{drug}.v1.json",
            None,
            f"there is no protocol for {drug!r}",
            f"Use one of: {', '.join(drugs())}.",
        )
    return released(drug, max(versions))


def adopted(drug: str, *, version: int | None) -> Protocol:
    """The version a clinic has adopted; the newest one for None. Raises ProtocolError as they do."""
    return newest(drug) if version is None else released(drug, version)


@cache
def drugs() -> tuple[str, ...]:
    """The drugs there is a protocol for."""
    return tuple(sorted({path.name.split(".")[0] for path in FOLDER.glob("*.v*.json")}))


READ_HERE_ALONE = ("corrections",)
"""Sections of the texts that only the server reads; the phone does not download them."""


def wire(protocol: Protocol, language: str) -> dict[str, Any]:
    """What the phone downloads: the composed protocol, its texts, and what the drug's leaflets say by region."""
    return {
        "protocol": protocol.data,
        "texts": {name: words for name, words in texts.of(language).items() if name not in READ_HERE_ALONE},
        "language": language if language in texts.languages() else "en",
        "signature": protocol.signature,
        "medicine": medicine.rows(protocol.drug),
    }


@cache
def _read_once(path: Path) -> Protocol:
    return of_file(path)


def of_file(path: Path) -> Protocol:
    """Read, compose, check and compile one protocol file. A file it is like is looked for beside it."""
    data = compose(_read(path), path.name, lambda name, version: _read(path.parent / f"{name}.v{version}.json"))
    check(data, path.name, texts.of("en"))
    return compiled(data)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProtocolError(path.name, None, "the file does not exist", "Check the drug and the version.") from None
    except ValueError as error:
        raise ProtocolError(
            path.name, None, f"the file is not JSON ({error})", "Look at that line: a comma or quote."
        ) from None
    if not isinstance(data, dict):
        raise ProtocolError(path.name, None, "the file is not a JSON object", "Begin it with { and end it with }.")
    return data


def compiled(data: Mapping[str, Any]) -> Protocol:
    """Turn a checked, composed file into functions."""
    nurse_due = {urgency["id"]: duration.minutes(urgency["nurse_due"]) for urgency in data["urgencies"]}
    rules = sorted(
        (_rule(raw, place, data, nurse_due) for place, raw in enumerate(data["rules"])),
        key=lambda rule: rule.rank,
    )
    tables = _grade_tables(data)
    optional = frozenset(one["graded_as"] for one in data["symptoms"].values() if one.get("optional"))
    tested = [rule.when for rule in rules]
    return Protocol(
        id=data["id"],
        version=data["version"],
        drug=data["drug"],
        signature=data["signature"],
        data=data,
        urgencies=tuple(nurse_due),
        symptoms=(*data["symptoms"], *data["facts"]["warning_signs"]["values"]),
        graded=tuple(name for name in tables[data["rules_use"]] if name not in optional),
        graded_if_answered=optional,
        parameters={name: parameter["default"] for name, parameter in data["parameters"].items()},
        grade_tables=tables,
        own_tables=tables[data["rules_use"]],
        paths=_paths(data["facts"]),
        parts_of_hand_foot=frozenset(
            name for name, shape in data["facts"].items() if "hand_foot" in (name, shape.get("part_of"))
        ),
        rules=tuple(rules),
        rule_by_id={rule.id: rule for rule in rules},
        rules_by_need=_by_need(rules),
        second_reading=_second_reading(data),
        window_days=1 + max(days_back(when, data) for when in tested),
        nurse_due_minutes=nurse_due,
        escalation_minutes={
            urgency["id"]: duration.minutes(urgency["escalation_step"]) for urgency in data["urgencies"]
        },
        review_window_days=_review_windows(data),
    )


def _rule(raw: Mapping[str, Any], place: int, data: Mapping[str, Any], nurse_due: Mapping[str, int | None]) -> Rule:
    own_due = duration.minutes(raw.get("nurse_due"))
    order = [urgency["id"] for urgency in data["urgencies"]]
    return Rule(
        id=raw["id"],
        symptom=raw["symptom"],
        urgency=raw["urgency"],
        advice=raw["advice"],
        when=raw["when"],
        source=raw["source"],
        tags=tuple(raw.get("tags", ())),
        nurse_due_minutes=own_due if own_due is not None else nurse_due[raw["urgency"]],
        rank=(-order.index(raw["urgency"]), place),
        test=compile_condition(raw["when"], data),
        needs=needs(raw["when"], data),
        uses=uses(raw["when"], data),
    )


def _by_need(rules: list[Rule]) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {"": []}
    for rule in rules:
        for need in rule.needs or ("",):
            found.setdefault(need, []).append(rule)
    return {need: tuple(some) for need, some in found.items()}


def _grade_tables(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {}
    for version, by_name in data["grading"].items():
        tables[version] = {}
        for name, rows in by_name.items():
            if isinstance(rows, dict):
                tables[version][name] = tables[rows["same_as"]][name]
            else:
                tables[version][name] = tuple((row["grade"], compile_condition(row["when"], data)) for row in rows)
    return tables


def _paths(facts: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The flat name of each field of a group. Readings and signs have none: they are kept apart."""
    return {
        group: {name: f"{group}.{name}" for name in shape["fields"]}
        for group, shape in facts.items()
        if shape["kind"] == "group"
    }


def _second_reading(data: Mapping[str, Any]) -> tuple[tuple[int, Test], ...]:
    return tuple((wait["minutes"], compile_condition(wait["when"], data)) for wait in data["second_reading"]["waits"])


def _review_windows(data: Mapping[str, Any]) -> dict[str, int]:
    windows = data["review_windows"]
    signs = data["facts"]["warning_signs"]["values"]
    named = {name: duration.days(windows[name]) for name in data["symptoms"]}
    return named | dict.fromkeys(signs, duration.days(windows["any_sign"]))
