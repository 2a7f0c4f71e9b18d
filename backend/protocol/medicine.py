"""What a drug's own leaflet says about a missed dose and about food, by region.

The facts lie in `drugs/<drug>.json`, one row a topic and region, each with its source; the sentences in `texts/`.
A row that is not verified is never shown: the patient is pointed to the leaflet in the pack instead.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from backend.protocol import texts, wording

FOLDER = Path(__file__).parent / "drugs"
TOPICS = ("missed_dose", "food")


@cache
def rows(drug: str) -> Mapping[str, Any]:
    """The verified rows of a drug as {region: {topic: {"says": [..], "numbers": {..}}}}; empty for an unknown drug."""
    path = FOLDER / f"{drug}.json"
    if not path.exists():
        return {}
    found: dict[str, dict[str, Any]] = {}
    for topic, by_region in json.loads(path.read_text(encoding="utf-8"))["topics"].items():
        for region, row in by_region.items():
            if row["verified"]:
                found.setdefault(region, {})[topic] = {"says": row["says"], "numbers": row.get("numbers", {})}
    return found


def about(drug: str, region: str | None, language: str = "en") -> dict[str, list[str]]:
    """The sentences of each topic for this drug and region; no sentence where no row is verified."""
    words = texts.of(language)
    of_region = rows(drug).get(region, {}) if region else {}
    return {topic: _said(of_region.get(topic), topic, words, drug) for topic in TOPICS}


def _said(row: Mapping[str, Any] | None, topic: str, words: wording.Texts, drug: str) -> list[str]:
    if row is None:
        return []
    values = {name: _counted(words, name, number) for name, number in row["numbers"].items()}
    values["drug"] = wording.drug_name(words, drug)
    filled = (wording.fill(words["medicine"][topic][key], values) for key in row["says"])
    return [wording.capital(sentence) for sentence in filled if sentence is not None]


def _counted(words: wording.Texts, name: str, number: int) -> str:
    """Hours as "1 hour", "12 hours"; any other number as it is."""
    return wording.counted(words, "hours", number) if name.startswith("hours") else str(number)


def values(drug: str, region: str | None, language: str = "en") -> wording.Values:
    """What {missed_dose} and {food} stand for in advice. Without a verified row {food} has no value."""
    words = texts.of(language)
    told = about(drug, region, language)
    if not told["missed_dose"]:
        in_the_pack = words["medicine"]["missed_dose_in_the_pack"]
        told["missed_dose"] = [in_the_pack.replace("{drug}", wording.drug_name(words, drug))]
    return {topic: words["joined"]["sentences"].join(said) for topic, said in told.items() if said}
