"""One line for the nurse: why this rule fired, with the numbers, and how it was before."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.protocol import texts, wording
from backend.protocol.day import Case
from backend.protocol.evaluate import WINDOW_DAYS
from backend.protocol.model import Facts, Fired, Protocol


def reason(
    protocol: Protocol,
    fired: Fired,
    days: Sequence[Facts | None],
    baseline: Mapping[str, Any] | None = None,
    language: str = "en",
) -> str:
    """For example "Diarrhea, estimated grade 3: 8 stools, usual 1."."""
    words = texts.of(language)
    case = Case(protocol, days, baseline or {}, (), {})
    values = _values(case, 0, fired, words)
    if "symptoms" in fired.facts:
        named = [_symptom(words, symptom) for symptom in fired.facts["symptoms"]]
        values["symptoms"] = wording.joined(words, named)
    return wording.pick(words["reasons"][fired.id], values) or _symptom(words, fired.symptom)


def reason_detail(
    protocol: Protocol,
    fired: Fired,
    days: Sequence[Facts | None],
    baseline: Mapping[str, Any] | None = None,
    language: str = "en",
) -> str:
    """How the symptom was the last time before: "Day before: 2 stools.". Empty when it was not reported."""
    words = texts.of(language)
    case = Case(protocol, days, baseline or {}, (), {})
    for ago in range(1, min(len(days), WINDOW_DAYS)):
        detail = _detail(case, ago, fired, words)
        if detail:
            sentence = words["details"]["yesterday" if ago == 1 else "days_ago"]
            counted = wording.counted(words, "days", ago)
            return wording.fill(sentence, {"detail": detail, "days_counted": counted}) or ""
    return ""


def missed_logs(*, days: int, language: str = "en") -> str:
    """The line for a patient whose logs are missing: "No log for 3 days."."""
    return wording.pick(texts.of(language)["reasons"]["no_log"], {"days": str(days)}) or ""


def _detail(case: Case, ago: int, fired: Fired, words: wording.Texts) -> str | None:
    day = case.day(ago)
    if day is None:
        return None
    if fired.symptom in day.signs:
        return wording.pick(words["details"]["sign"], {})
    return wording.pick(words["details"].get(fired.symptom, ()), _values(case, ago, fired, words))


def _values(case: Case, ago: int, fired: Fired, words: wording.Texts) -> wording.Values:
    """The values of a day for one symptom: {grade}, {summary} and {nurse_signs} are those of the symptom."""
    values = wording.values_of(case, ago, words)
    graded_as = case.protocol.data["symptoms"].get(fired.symptom, {}).get("graded_as")
    grade = case.grade(graded_as, ago) if graded_as else None
    if isinstance(grade, int):
        values["grade"] = str(grade)
    day = case.day(ago)
    if day is not None:
        parts = wording.summary(words["summaries"].get(fired.symptom, ()), day.values, values)
        if parts:
            values["summary"] = words["joined"]["comma"].join(parts)
        named = frozenset(name.partition(".")[2] for name in fired.facts if name.startswith("sign."))
        order = case.protocol.data["facts"]["warning_signs"]["values"]
        signs = wording.signs_named(order, named & day.signs, values, "nurse_sign_")
        if signs:
            values["nurse_signs"] = wording.joined(words, [sign[0].lower() + sign[1:] for sign in signs])
    return values


def _symptom(words: wording.Texts, symptom: str) -> str:
    if symptom in words["signs"]:
        name = words["signs"][symptom]["nurse"]
        return str(name[0].lower() + name[1:])
    return str(words["symptoms"][symptom]["nurse"])
