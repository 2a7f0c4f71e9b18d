"""The words of the protocol: one JSON file per language, delivered with the protocol so every app shows the same."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"


@cache
def of(language: str) -> Mapping[str, Any]:
    """The texts of a language, English where there is no such file yet."""
    path = FOLDER / f"{language}.json"
    if language not in languages():
        path = FOLDER / "en.json"
    texts: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return texts


def languages() -> list[str]:
    """The languages there are texts for."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))
