"""English words come with the screens that say them: a form, or a red screen, never waits for words."""

import json
import re
from pathlib import Path

from scripts.places import FRONTEND

SOURCES = FRONTEND / "src"
PATIENT = SOURCES / "patient"
IMPORT = re.compile(r'^\s*(?:import|export)\s+(?!type\b)(?:[^;"()]*?\sfrom\s+)?"(\.[^"]+)"', re.MULTILINE)
KEY = re.compile(r'["\'`]([a-z_]+\.[a-z0-9_.]+)["\'`]')
BEGINNING = re.compile(r"[`]([a-z_]+\.[a-z_]*)\$\{|tCode\(\s*\"([a-z_]+)\"")
WHERE_SOMETHING_IS_WRONG = ("help.", "notice.", "install.")
"""What Today says rarely, and fetches then."""


def words(*files: str) -> set[str]:
    return {key for file in files for key in json.loads((SOURCES / "texts" / file).read_text())}


def imported(*starts: Path) -> set[Path]:
    """These sources and all that they import before they run."""
    found: set[Path] = set()
    waiting = [*starts]
    while waiting:
        source = waiting.pop()
        if source in found or source.suffix not in (".ts", ".svelte"):
            continue
        found.add(source)
        for name in IMPORT.findall(source.read_text()):
            path = source.parent / name
            waiting += [one for one in (path, Path(f"{path}.ts"), path / "index.ts") if one.is_file()]
    return {path.resolve() for path in found}


def said(sources: set[Path]) -> set[str]:
    """The keys in these sources; of one that is put together, all that begin so."""
    every = words("en.json", "log/en.json", "sign-in/en.json", "later/en.json")
    found: set[str] = set()
    for source in sources:
        text = source.read_text()
        found |= set(KEY.findall(text)) & every
        for beginning, code in BEGINNING.findall(text):
            found |= {key for key in every if key.startswith(beginning or f"{code}.")}
    return found


def test_a_log_and_its_advice_bring_all_their_words():
    sources = imported(PATIENT / "after-today.ts")
    assert len(sources) > 60
    lacking = said(sources) - words("en.json", "log/en.json", "sign-in/en.json")
    assert {key for key in lacking if not key.startswith(WHERE_SOMETHING_IS_WRONG)} == set()


def test_today_on_a_first_visit_brings_its_words():
    sources = imported(PATIENT / "main.ts", PATIENT / "advice" / "FollowUp.svelte")
    lacking = said(sources) - words("en.json", "log/en.json")
    assert {key for key in lacking if not key.startswith(WHERE_SOMETHING_IS_WRONG)} == set()


def test_signing_in_brings_its_words():
    lacking = said({PATIENT / "SignIn.svelte", PATIENT / "trouble.ts"}) - words("en.json", "sign-in/en.json")
    assert lacking == set()


def test_no_word_is_in_two_files():
    files = [words(file) for file in ("en.json", "log/en.json", "sign-in/en.json", "later/en.json")]
    assert sum(map(len, files)) == len(set().union(*files))
