"""Measure how easy the English words are to read: 6th grade or below, by Flesch and Kincaid's formula.

The formula says something about a page, nothing about a button, so the words are measured as the patient meets them:
one advice, one screen, one mail; what is too short to measure is measured together. Medical words are left out once
they are explained (`explained.json`), and no sentence is long. Part of `make lint`.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import textstat

from scripts import texts
from scripts.texts import PLACE

MOST_GRADE = 6.0
MOST_WORDS = 20
FEWEST_WORDS = 30
EXPLAINED = Path(__file__).with_name("explained.json")
# Nobody reads a licence for advice.
LEFT_OUT = {"more.font_licence"}
# Each of these is a page of its own in the protocol's texts; the other sections are lists of words.
PAGES = {"urgencies", "advice", "medicine"}
NAMES = {"drugs"}
SENTENCE = re.compile(r"(?<=[.?!:])\s+")


def main() -> int:
    explained = json.loads(EXPLAINED.read_text(encoding="utf-8"))
    documents = dict(every_document())
    problems = [*unexplained(explained, documents), *hard(documents, explained)]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def hard(documents: Mapping[str, list[str]], explained: Mapping[str, str]) -> Iterator[str]:
    """Each document above the grade, and each sentence that is too long, with what to do."""
    for name, said in documents.items():
        plain = [_plain(words, explained) for words in said]
        level = textstat.flesch_kincaid_grade(" ".join(plain))
        if level > MOST_GRADE:
            yield f"{name} reads at grade {level:.1f}; {MOST_GRADE:.0f} is the most. Use shorter words and sentences."
        for sentence in (part for words in plain for part in SENTENCE.split(words)):
            if len(sentence.split()) > MOST_WORDS:
                yield f'{name} has a sentence of {len(sentence.split())} words. Make two of it: "{sentence}"'


def unexplained(explained: Mapping[str, str], documents: Mapping[str, list[str]]) -> Iterator[str]:
    """Each word of the list that no text explains. Its entry is how the explanation begins."""
    said = [words for document in documents.values() for words in document]
    for word, begins in explained.items():
        if not any(begins in words for words in said):
            yield f'"{word}" is left out of the measure, but no text says "{begins}".'


def every_document() -> Iterator[tuple[str, list[str]]]:
    """What a patient reads in one go: the advice of a rule, the words of a screen, a mail."""
    grouped: dict[str, list[str]] = {}
    for name, words in _every_text():
        grouped.setdefault(name, []).append(words)
    short = {name for name, said in grouped.items() if len(" ".join(said).split()) < FEWEST_WORDS}
    yield "what is short", [words for name in sorted(short) for words in grouped[name]]
    yield from ((name, said) for name, said in grouped.items() if name not in short)


def _every_text() -> Iterator[tuple[str, str]]:
    """Each text a patient can read, with the name of the document it belongs to."""
    for key, words in texts.screens("en").items():
        if key not in LEFT_OUT:
            yield f"screen {key.partition('.')[0]}", words
    for place, words in texts.protocol("en").items():
        section, *steps = place.split(".")
        if texts.for_patients(place) and section not in NAMES:
            yield f"protocol {section}{f'.{steps[0]}' if section in PAGES else ''}", words
    for name, text in texts.mails("en").items():
        yield from ((f"mail {name}", line) for line in text.splitlines() if line)


def _plain(words: str, explained: Mapping[str, str]) -> str:
    """The words as they are read aloud: places filled, each part a sentence, explained words one syllable long."""
    filled = PLACE.sub("it", words)
    for word in explained:
        filled = re.sub(rf"\b{word}\b", "it", filled, flags=re.IGNORECASE)
    filled = filled.strip()
    return filled if not filled or filled[-1] in ".?!:" else f"{filled}."


if __name__ == "__main__":
    sys.exit(main())
