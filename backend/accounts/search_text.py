"""Names as people type them: without accents, apostrophes and spaces, in any case and width, transliterated.

One owner turns a name into the text that is searched. The database keeps it in an indexed column and compares plain
letters. PostgreSQL's unaccent is not used: it leaves Straße, O’Brien, decomposed letters and other scripts as they are.

Example: "José Núñez" is kept as "josenunez", "Anna Müller" as "annamueller annamuller".
"""

import unicodedata

from anyascii import anyascii

_AS_TYPED_WITHOUT_THEM = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss"})
"""Two letters that people type for one: Mueller, Oersted, Aakesson."""
_MOST_WORDS = 8


def search_text(name: str) -> str:
    """Return every spelling of the whole name, each without spaces, with one space between spellings."""
    return " ".join(sorted(_spellings(name)))


def spellings_of_words(typed: str) -> list[set[str]]:
    """Return, for each word that was typed, its spellings: one of each has to be part of `search_text`.

    Punctuation alone gives a word without spellings, which nobody has.
    """
    return [_spellings(word) for word in typed.split()[:_MOST_WORDS]]


def matches(typed: str, name: str) -> bool:
    """Whether a name is found by what was typed. What the database does, in Python."""
    kept = search_text(name)
    return all(any(spelling in kept for spelling in word) for word in spellings_of_words(typed))


def _spellings(text: str) -> set[str]:
    composed = unicodedata.normalize("NFKC", text).casefold()
    two_letters = unicodedata.normalize("NFC", composed).translate(_AS_TYPED_WITHOUT_THEM)
    found = {_letters(composed), _latin(composed), _latin(two_letters)}
    return found - {""}


def _latin(text: str) -> str:
    """The text in Latin letters, whatever its script: wangxiuying for 王秀英."""
    return _letters(anyascii(_without_marks(text)).casefold())


def _letters(text: str) -> str:
    """Letters and digits alone, without marks."""
    return "".join(letter for letter in _without_marks(text) if letter.isalnum())


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))
