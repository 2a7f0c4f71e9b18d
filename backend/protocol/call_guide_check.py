"""Check the call guide before it is used. Whoever writes it is told file, row, what is wrong, and how to mend it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

Problem = tuple[str, str, str]
"""The row, what is wrong, and how to mend it."""
OF_A_SIGN = ({"id", "sign", "no"}, {"id", "sign", "no"})
OF_A_QUESTION = ({"id", "ask", "yes", "no"}, {"id", "ask", "yes", "no", "worry"})
OF_A_GUIDE = ({"id", "symptoms", "rules", "ask"},) * 2
OF_AN_ASK = ({"question", "source"},) * 2
OF_THE_FILE = ({"signature", "questions", "guides"},) * 2


class CallGuideError(ValueError):
    """The call guide is refused: the file, the row, what is wrong, and how to mend it."""

    def __init__(self, file: str, row: str, wrong: str, mend: str) -> None:
        self.file, self.row, self.wrong, self.mend = file, row, wrong, mend
        super().__init__(f"{file}, {row}: {wrong}. {mend}")


def broken(file: str, error: ValueError) -> CallGuideError:
    """The file is not JSON."""
    return CallGuideError(file, "the whole file", f"it is not JSON ({error})", "Look at that line: a comma or quote.")


def check(raw: Any, file: str, signs: Collection[str]) -> None:
    """Raise CallGuideError for the first thing that is wrong. `signs` are the warning signs there are words for."""
    for row, wrong, mend in _problems(raw, signs):
        raise CallGuideError(file, row, wrong, mend)


def _problems(raw: Any, signs: Collection[str]) -> Iterator[Problem]:
    yield from _parts("the whole file", raw, OF_THE_FILE)
    known: set[str] = set()
    for place, row in enumerate(raw["questions"], 1):
        yield from _of_question(_named("question", row, place), row, known, signs)
        known.add(row["id"])
    used: set[str] = set()
    for place, row in enumerate(raw["guides"], 1):
        name = _named("guide", row, place)
        yield from _parts(name, row, OF_A_GUIDE)
        yield from _of_guide(name, row, known)
        if not row["symptoms"] and place < len(raw["guides"]):
            yield name, "it names no symptom, so no guide after it is ever used", "Name symptoms, or put it last."
        used |= {one["question"] for one in row["ask"]}
    if not raw["guides"] or raw["guides"][-1]["symptoms"]:
        yield "the last guide", "there is no general guide", "Add one that names no symptom, at the end."
    for question in sorted(known - used):
        yield f"question {question}", "no guide asks it", "Ask it in a guide; contacts kept before may name it."


def _of_question(name: str, row: Any, known: Collection[str], signs: Collection[str]) -> Iterator[Problem]:
    is_sign = isinstance(row, dict) and row.get("sign") is True
    yield from _parts(name, row, OF_A_SIGN if is_sign else OF_A_QUESTION)
    yield from _texts(name, {part: value for part, value in row.items() if part != "sign"})
    if row["id"] in known:
        yield name, "it is there twice", "Leave one of them out."
    if is_sign and row["id"] not in signs:
        yield name, "it is no warning sign of the protocol", "Check the spelling, or write a question of your own."
    if not is_sign and row["id"] in signs:
        yield name, "it is a warning sign of the protocol", 'Say "sign": true and leave "ask" and "yes" out.'
    if row.get("worry", "yes") not in ("yes", "no"):
        yield name, f'"{row["worry"]}" is not an answer', 'Write "yes" or "no", or leave "worry" out.'


def _of_guide(name: str, row: Mapping[str, Any], known: Collection[str]) -> Iterator[Problem]:
    if not row["ask"]:
        yield name, "it asks nothing", "Add a question."
    asked: set[str] = set()
    for place, one in enumerate(row["ask"], 1):
        here = f"{name}, question {place}"
        yield from _parts(here, one, OF_AN_ASK)
        yield from _texts(here, one)
        if one["question"] not in known:
            yield here, f'"{one["question"]}" is not among the questions', "Check the spelling, or add it there."
        if one["question"] in asked:
            yield here, f'"{one["question"]}" is asked twice', "Ask it once."
        asked.add(one["question"])


def _named(what: str, row: Any, place: int) -> str:
    named = row.get("id") if isinstance(row, dict) else None
    return f"{what} {named}" if isinstance(named, str) else f"{what} number {place}"


def _parts(name: str, row: Any, parts: tuple[set[str], set[str]]) -> Iterator[Problem]:
    needed, known = parts
    if not isinstance(row, dict):
        yield name, "it is not an object", "Begin it with { and end it with }."
    for part in sorted(needed - set(row)):
        yield name, f'"{part}" is missing', f'Add "{part}".'
    for part in sorted(set(row) - known):
        yield name, f'"{part}" is not known here', f"Check the spelling. Known: {', '.join(sorted(known))}."


def _texts(name: str, row: Mapping[str, Any]) -> Iterator[Problem]:
    for part, value in row.items():
        if not isinstance(value, str) or not value.strip():
            yield name, f'"{part}" is empty', 'Write it down; a source may be "our choice, needs clinician sign-off".'
