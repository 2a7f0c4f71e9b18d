"""Fill sentences with the facts of a day. A sentence whose facts are missing gives way to the next variant."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from backend.protocol.day import Case
from backend.protocol.grade import READINGS_COMPARED

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}", re.ASCII)
POUND = 0.45359237
"""Kilograms, by definition."""
FOR_THE_CALLER = "{emergency_number}"
Texts = Mapping[str, Any]
Values = dict[str, str]


def fill(sentence: str, values: Mapping[str, str]) -> str | None:
    """The sentence with every {placeholder} filled, or None when one has no value."""
    if any(name not in values for name in PLACEHOLDER.findall(sentence)):
        return None
    return PLACEHOLDER.sub(lambda found: values[found[1]], sentence)


def capital(sentence: str) -> str:
    """The sentence beginning with a capital, also where it begins with the name of a drug."""
    return sentence[:1].upper() + sentence[1:]


def drug_name(texts: Texts, drug: str) -> str:
    """The name of a drug in the patient's language."""
    return str(texts["drugs"].get(drug, drug))


def pick(variants: Sequence[str], values: Mapping[str, str]) -> str | None:
    """The first variant that can be filled."""
    return next((filled for variant in variants if (filled := fill(variant, values)) is not None), None)


def counted(texts: Texts, what: str, number: int) -> str:
    """ "1 stool", "8 stools"."""
    one, many = texts["counted"][what]
    return str(one if number == 1 else many).replace("{n}", str(number))


def joined(texts: Texts, parts: Sequence[str]) -> str:
    """ "fever, vomiting and confusion"."""
    if len(parts) < 2:
        return "".join(parts)
    return str(texts["joined"]["comma"].join(parts[:-1]) + texts["joined"]["and"] + parts[-1])


def plain(texts: Texts, number: float) -> str:
    """A number as people write it: 70, 70.5; at most one decimal."""
    tenths = int(number * 10 + 0.5)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}{texts['decimal']}{tenths % 10}"


def values_of(case: Case, ago: int, texts: Texts) -> Values:
    """What the sentences about one day may name. Only what was answered is there."""
    day = case.day(ago)
    values: Values = {"drug": drug_name(texts, case.protocol.drug), "emergency_number": FOR_THE_CALLER}
    if day is None:
        return values
    answers, baseline = day.values, case.baseline
    _stools(values, answers.get("diarrhea.stools"), baseline.get("stools_per_day"), texts)
    _weight(values, answers.get("weight"), baseline.get("weight"), texts)
    if "temperature" in answers:
        values["temperature"] = plain(texts, answers["temperature"])
    if day.readings:
        values["systolic"] = str(answers["blood_pressure.systolic"])
        values["diastolic"] = str(answers["blood_pressure.diastolic"])
        values["confirmed"] = texts["confirmed"]["two" if len(day.readings) >= READINGS_COMPARED else "one"]
    for prefix, choices in (("", texts["choices"]), ("nurse_", texts["nurse_choices"])):
        for path, words in choices.items():
            if answers.get(path) in words:
                values[prefix + path.rpartition(".")[2]] = words[answers[path]]
    words = summary(texts["fatigue_words"], answers, values)
    if words and answers.get("fatigue.present"):
        values["fatigue_words"] = joined(texts, words)
    for sign in day.signs:
        for reader in ("patient", "nurse"):
            said = fill(texts["signs"][sign][reader], values) or sign
            values[f"sign_{sign}" if reader == "patient" else f"nurse_sign_{sign}"] = said
    return values


def _stools(values: Values, stools: int | None, usual: int | None, texts: Texts) -> None:
    if stools is not None:
        values["stools_counted"] = counted(texts, "stools", stools)
        if usual is not None and stools > usual:
            values["more"] = str(stools - usual)
    if usual is not None:
        values["usual_stools"] = str(usual)


def _weight(values: Values, weight: float | None, usual: float | None, texts: Texts) -> None:
    if weight is not None:
        values["weight"] = plain(texts, weight)
        if usual is not None and usual > weight:
            values["lost"] = plain(texts, usual - weight)
    if usual is not None:
        values["usual_weight"] = plain(texts, usual)


def in_units(case: Case, texts: Texts, units: str) -> Values:
    """{own_weight} and {own_lost} with their unit: "70 kg" in the units that are kept, "154.3 lb" in the others."""
    day, usual = case.day(0), case.baseline.get("weight")
    weight = None if day is None else day.values.get("weight")
    if weight is None:
        return {}
    shown = {"own_weight": weight}
    if usual is not None and usual > weight:
        shown["own_lost"] = usual - weight
    each = POUND if units == "other" else 1
    words = str(texts["weight_units"][units])
    return {name: words.replace("{n}", plain(texts, value / each)) for name, value in shown.items()}


def summary(fragments: Sequence[Mapping[str, str]], answers: Mapping[str, Any], values: Mapping[str, str]) -> list[str]:
    """The fragments that hold: "if" wants a yes, "unless" a no, and all its values are there."""
    said = []
    for fragment in fragments:
        if "if" in fragment and answers.get(fragment["if"]) is not True:
            continue
        if "unless" in fragment and answers.get(fragment["unless"]) is not False:
            continue
        text = fill(fragment["text"], values)
        if text is not None:
            said.append(text)
    return said


def signs_named(protocol_order: Sequence[str], signs: frozenset[str], values: Values, prefix: str) -> list[str]:
    """The words for these signs, in the order of the protocol."""
    return [values[prefix + sign] for sign in protocol_order if sign in signs]
