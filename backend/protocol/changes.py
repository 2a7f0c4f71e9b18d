"""What a patient changed in the answers that made rules fire, in words for the nurse: "6, now 0"."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from backend.protocol import texts, wording
from backend.protocol.day import Case, Day
from backend.protocol.model import Facts, Protocol

SYSTOLIC, DIASTOLIC = "blood_pressure.systolic", "blood_pressure.diastolic"
_NONE = ("none", "as_usual")


@dataclass(frozen=True, slots=True)
class Changes:
    """What was changed, and whether all of it was only taken back: a sign, or an answer that is not given any more.

    `signs` are those taken back. Example: `Changes("chest pain", True, ("chest_pain",))`.
    """

    words: str
    only_taken_back: bool
    signs: tuple[str, ...]


def changes(
    protocol: Protocol, rules: Iterable[str], *, before: Facts, after: Facts, language: str = "en"
) -> Changes | None:
    """The answers these rules speak about that differ between two revisions of a day; None when none does.

    A single number or choice needs no name, for the alert says what it is about; of several changes each has its own.
    """
    words = texts.of(language)
    old, new = _day(protocol, before), _day(protocol, after)
    used = dict.fromkeys(use for rule in rules if rule in protocol.rule_by_id for use in protocol.rule_by_id[rule].uses)
    signs = [name for kind, name in used if kind == "sign" and (name in old.signs) != (name in new.signs)]
    paths = [name for kind, name in used if kind == "fact" and old.values.get(name) != new.values.get(name)]
    if DIASTOLIC in paths:
        paths = [path for path in paths if path != SYSTOLIC]
    if not signs and not paths:
        return None
    taken_back = tuple(sign for sign in signs if sign in old.signs)
    only = all(new.values.get(path) is None for path in paths) and len(taken_back) == len(signs)
    if only and not paths:
        return Changes(wording.joined(words, [_sign(words, sign) for sign in taken_back]), True, taken_back)
    parts = [_changed(path, old, new, words) for path in paths]
    parts += [_named(_sign(words, sign), sign in old.signs, sign in new.signs, words) for sign in signs]
    if len(parts) == 1 and paths and not isinstance(old.values.get(paths[0]), bool):
        return Changes(parts[0][1], only, taken_back)
    return Changes("; ".join(f"{name}: {change}" for name, change in parts), only, taken_back)


def _day(protocol: Protocol, facts: Facts) -> Day:
    day = Case(protocol, [facts], {}, (), {}).day(0)
    if day is None:
        raise ValueError("A revision of a log has facts.")
    return day


def _sign(words: wording.Texts, sign: str) -> str:
    name = str(words["signs"][sign]["nurse"])
    return name[0].lower() + name[1:]


def _named(name: str, old: Any, new: Any, words: wording.Texts) -> tuple[str, str]:
    said = words["corrections"]
    yes_no = {True: said["yes"], False: said["no"]}
    return name, said["changed"].format(old=yes_no[old], new=yes_no[new])


def _changed(path: str, old: Day, new: Day, words: wording.Texts) -> tuple[str, str]:
    said = words["corrections"]
    name = said["names"].get(path) or said["names"].get(path.rpartition(".")[2]) or words["symptoms"][path]["nurse"]
    return name, said["changed"].format(old=_value(path, old, words), new=_value(path, new, words))


def _value(path: str, day: Day, words: wording.Texts) -> str:
    said, value = words["corrections"], day.values.get(path)
    if value is None:
        return str(said["not_answered"])
    if path in (SYSTOLIC, DIASTOLIC):
        return f"{day.values[SYSTOLIC]}/{day.values[DIASTOLIC]}"
    if isinstance(value, bool):
        return str(said["yes"] if value else said["no"])
    if isinstance(value, str):
        choices = words["nurse_choices"].get(path) or {}
        return str(choices.get(value) or said["choices"].get(value) or value.replace("_", " "))
    return wording.plain(words, value)
