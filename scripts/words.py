"""Check the words a patient reads: each language says the same things, with the same places, in our voice.

Each problem is told with its file, its key and what to do. Part of `make lint`.
"""

import re
import sys
from collections.abc import Iterator

from scripts import texts
from scripts.texts import PLACE, Words

# What may read the same in English and in another language: names, signs, numbers, and a word both have.
ALIKE = {
    "es": {"No", "no", "Handhold", "{screen} - Handhold", "24 h: {number}", "usual"},
    "zh-Hans": {"Handhold", "{screen} - Handhold"},
}
# Medicines have the same names in English and Spanish.
NAMES_OF_DRUGS: dict[str, tuple[str, ...]] = {"es": ("drugs.",), "zh-Hans": ()}
LETTERS = re.compile(r"[^\W\d_]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNITS = re.compile(r"\bkg\b|°\s?C|°\s?F")

# From the design: what we never say, and that we are polite in each language.
NEVER = {
    "en": r"noncomplian|non-complian|\bfail(ed|ure)?\b|\binvalid\b|\berror|\bsubmit|\boops\b|\bshould have\b"
    r"|\bjourney\b|\bfight|don.t worry|\bstreaks?\b|\bwell done\b|\bgreat job\b",
    "es": r"incumpl|\bfall(ó|ido|ida|o)\b|\binválid|\berror|\bups\b|debería haber|\blucha\b|no se preocupe"
    r"|\bracha\b|\bbien hecho\b|\b(tú|tu|tus|ti|contigo|tienes|puedes|debes|quieres)\b",
    "zh-Hans": r"失败|无效|错误|哎呀|本该|本应|抗争|别担心|不要担心|不用担心|做得好|真棒|你",
}


def main() -> int:
    problems = list(every_problem())
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def every_problem() -> Iterator[str]:
    for name, read in (("screens", texts.screens), ("protocol", texts.protocol), ("mails", texts.mails)):
        for language in texts.LANGUAGES:
            words = read(language)
            heard = {place: said for place, said in words.items() if name != "protocol" or texts.for_patients(place)}
            yield from (f"{name} {language}: {problem}" for problem in voice(language, heard))
            if language != "en":
                english = read("en") if name != "mails" else to_patients(read("en"))
                yield from (f"{name} {language}: {problem}" for problem in between(english, words, language))


def between(english: Words, other: Words, language: str) -> Iterator[str]:
    """What the other language lacks, has too much, or has not said in its own words."""
    for place in sorted(english.keys() - other.keys()):
        yield f'"{place}" is missing. Translate "{english[place]}".'
    for place in sorted(other.keys() - english.keys()):
        yield f'"{place}" is not in English any more. Take it out.'
    for place in sorted(english.keys() & other.keys()):
        wanted, found = (sorted(set(PLACE.findall(words[place]))) for words in (english, other))
        if wanted != found:
            yield f'"{place}" has the places {found}, and English has {wanted}. Use the same.'
        elif not place.startswith(NAMES_OF_DRUGS[language]) and not _in_own_words(
            english[place], other[place], language
        ):
            yield f'"{place}" is not translated: "{other[place]}".'


def _in_own_words(english: str, other: str, language: str) -> bool:
    said = [UNITS.sub("", PLACE.sub("", words)) for words in (english, other)]
    if not all(LETTERS.search(words) or CHINESE.search(words) for words in said) or other in ALIKE[language]:
        return True
    return CHINESE.search(other) is not None if language == "zh-Hans" else other != english


def voice(language: str, words: Words) -> Iterator[str]:
    """Words that frighten, blame or praise, and a familiar "you"."""
    for place, said in words.items():
        for found in re.finditer(NEVER[language], said, re.IGNORECASE):
            yield f'"{place}" says "{found[0]}". Say it as a calm nurse would: "{said}"'


def to_patients(mails: Words) -> Words:
    """The mails a patient gets: the others go to the clinic, in English."""
    return {name: text for name, text in mails.items() if "worklist" not in text and "#/roster" not in text}


if __name__ == "__main__":
    sys.exit(main())
