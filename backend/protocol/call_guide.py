"""What a nurse asks on the telephone about a symptom, for the clinician who calls: a yes or a no each, or nothing.

`call_guide.json` has the questions and, per symptom, which of them are asked, each with its source. Most are warning
signs of the protocol, so a Yes to one is judged by the protocol like a sign the patient reported; the others are left
to the nurse. Nothing in it says what to do about the medicine, and no patient is shown it.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from backend.protocol import call_guide_check as checking
from backend.protocol import texts

FILE = Path(__file__).parent / "call_guide.json"


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what is said of its answers; `worry` is the answer that worries where no rule judges it.

    Example: dizzy_on_standing, a sign: "Dizzy on standing", "dizzy on standing", "not dizzy on standing".
    """

    id: str
    sign: bool
    ask: str
    yes: str
    no: str
    worry: str | None = None

    def said(self, answer: bool) -> str:
        """What was answered, as a part of a sentence: "no fever"."""
        return self.yes if answer else self.no


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of one guide, with the source for asking it there."""

    question: Question
    source: str


@dataclass(frozen=True, slots=True)
class Guide:
    """The questions about some symptoms, or about alerts that one of `rules` raised."""

    id: str
    symptoms: tuple[str, ...]
    rules: tuple[str, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class CallGuide:
    """All guides. `signature` is None while no clinician has signed them."""

    signature: str | None
    questions: Mapping[str, Question]
    guides: tuple[Guide, ...]

    def of(self, symptom: str, rule: str) -> Guide:
        """The guide for an alert: the first that names its rule, else its symptom, else the general one."""
        for guide in self.guides:
            if symptom in guide.symptoms and (not guide.rules or rule in guide.rules):
                return guide
        return self.guides[-1]

    def questions_about(self, symptom: str) -> frozenset[str]:
        """Everything that may be asked about a symptom, whatever rule raised its alert when the panel was opened."""
        about = [guide for guide in self.guides if symptom in guide.symptoms] or self.guides[-1:]
        return frozenset(asked.question.id for guide in about for asked in guide.asked)

    def said(self, answers: Mapping[str, bool]) -> Iterator[tuple[str, bool, str]]:
        """Question, answer and what was said, in the order of the file; what the file no longer knows comes last."""
        known = [question for question in self.questions if question in answers]
        for question in (*known, *sorted(set(answers) - set(known))):
            answer = answers[question]
            yield question, answer, self._words(question, answer)

    def _words(self, question: str, answer: bool) -> str:
        if question in self.questions:
            return self.questions[question].said(answer)
        return f"{question.replace('_', ' ')}: {'yes' if answer else 'no'}"


def signs_among(answers: Mapping[str, bool], known: Collection[str]) -> list[str]:
    """The warning signs answered with Yes, in the order of the protocol that knows them."""
    return [sign for sign in known if answers.get(sign)]


@cache
def call_guide() -> CallGuide:
    """The call guide as the file has it, read once. Raise CallGuideError, which says what to mend and where."""
    return of_file(FILE)


def of_file(path: Path) -> CallGuide:
    """Read and check one file."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise checking.broken(path.name, error) from None
    signs = texts.of("en")["signs"]
    checking.check(raw, path.name, signs)
    questions = {row["id"]: _question(row, signs) for row in raw["questions"]}
    return CallGuide(raw["signature"], questions, tuple(_guide(row, questions) for row in raw["guides"]))


def _question(row: Mapping[str, Any], signs: Mapping[str, Any]) -> Question:
    if not row.get("sign"):
        return Question(row["id"], False, row["ask"], row["yes"], row["no"], row.get("worry"))
    name = signs[row["id"]]["nurse"]
    return Question(row["id"], True, name, name[0].lower() + name[1:], row["no"])


def _guide(row: Mapping[str, Any], questions: Mapping[str, Question]) -> Guide:
    asked = tuple(Asked(questions[one["question"]], one["source"]) for one in row["ask"])
    return Guide(row["id"], tuple(row["symptoms"]), tuple(row["rules"]), asked)
