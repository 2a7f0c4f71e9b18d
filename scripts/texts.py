"""Where the words are: of the screens, of the protocol and of the mails, in each language. English is the measure."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.places import FRONTEND, ROOT

SCREENS = FRONTEND / "src" / "texts"
PROTOCOL = ROOT / "backend" / "protocol" / "texts"
MAILS = ROOT / "backend" / "messaging" / "templates"
LANGUAGES = ("en", "es", "zh-Hans")
PLACE = re.compile(r"\{\w+\}|\$\w+")
# Keys of the protocol's texts whose value is a name, not words.
NAMES = {"language", "if", "unless"}
# Sections of the protocol's texts that only the care team and other programs read.
FOR_THE_TEAM = {"nurse_choices", "summaries", "confirmed", "reasons", "details", "corrections", "explain", "errors"}

Words = dict[str, str]


def screens(language: str) -> Words:
    """The words of the patient's screens by key. English is in a file for Today, the log, signing in, and the rest."""
    words: Words = _read(SCREENS / f"{language}.json")
    if language == "en":
        for file in ("log", "sign-in", "later"):
            words |= _read(SCREENS / file / "en.json")
    return words


def protocol(language: str) -> Words:
    """The words of the protocol by their place: "advice.diarrhea_1.because.0"."""
    return dict(_walk(_read(PROTOCOL / f"{language}.json"), ()))


def mails(language: str) -> Words:
    """The mails by name, subject and text."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((MAILS / language).glob("*.txt"))}


def for_patients(place: str) -> bool:
    """True for a place in the protocol's texts that a patient can come to read."""
    steps = place.split(".")
    return steps[0] not in FOR_THE_TEAM and "nurse" not in steps


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _walk(node: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in NAMES:
                yield from _walk(value, (*path, key))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _walk(value, (*path, str(place)))
    else:
        yield ".".join(path), node
