"""Birth dates as people type them. One that can be read two ways, 03/04/1950, is read both ways."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

Days = tuple[date, date]
"""The first and the last day that are meant: one day, or a whole year."""

_MONTHS = (
    "jan january ene enero", "feb february febrero", "mar march marzo", "apr april abr abril", "may mayo",
    "jun june junio", "jul july julio", "aug august ago agosto", "sep sept september septiembre",
    "oct october octubre", "nov november noviembre", "dec december dic diciembre",
)  # fmt: skip
_MONTH = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})日?(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{4}|\d{2})(?!\d)")
_EIGHT_DIGITS = re.compile(r"(?<!\d)(\d{8})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})\.?\s+(?:de\s+)?([^\W\d]{3,10})\.?,?\s+(?:de\s+)?(\d{4})(?!\d)")
_MONTH_DAY = re.compile(r"(?<![^\W\d])([^\W\d]{3,10})\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def birth_dates(typed: str, *, today: date) -> tuple[str, list[Days] | None]:
    """Return what was typed without the date, and the days that it may mean; None if no date was typed.

    An empty list means a date that does not exist: nobody was born on it.
    """
    text = unicodedata.normalize("NFKC", typed)
    for pattern, read in _READERS:
        found = pattern.search(text)
        meant = list(read(found.groups(), today)) if found else None
        if found is None or meant is None or (not meant and pattern in (_DAY_MONTH, _MONTH_DAY)):
            continue
        return f"{text[: found.start()]} {text[found.end() :]}", meant
    return text, None


def _year_first(parts: tuple[str, ...], _: date) -> Iterator[Days]:
    year, month, day = map(int, parts)
    yield from _day(year, month, day)


def _year_last(parts: tuple[str, ...], today: date) -> Iterator[Days]:
    one, other = int(parts[0]), int(parts[1])
    for year in _years(parts[2], today):
        yield from _either(year, one, other)


def _eight_digits(parts: tuple[str, ...], _: date) -> Iterator[Days]:
    digits = parts[0]
    yield from _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    yield from _either(int(digits[4:]), int(digits[:2]), int(digits[2:4]))


def _day_month(parts: tuple[str, ...], _: date) -> Iterator[Days]:
    month = _MONTH.get(parts[1].casefold())
    if month:
        yield from _day(int(parts[2]), month, int(parts[0]))


def _month_day(parts: tuple[str, ...], today: date) -> Iterator[Days]:
    yield from _day_month((parts[1], parts[0], parts[2]), today)


def _whole_year(parts: tuple[str, ...], today: date) -> Iterator[Days]:
    year = int(parts[0])
    if 1900 <= year <= today.year:
        yield date(year, 1, 1), date(year, 12, 31)


def _years(text: str, today: date) -> list[int]:
    """A year of two digits is of this century or the last."""
    if len(text) == 4:
        return [int(text)]
    return [year for year in (1900 + int(text), 2000 + int(text)) if year <= today.year]


def _either(year: int, one: int, other: int) -> Iterator[Days]:
    yield from _day(year, one, other)
    if one != other:
        yield from _day(year, other, one)


def _day(year: int, month: int, day: int) -> Iterator[Days]:
    try:
        meant = date(year, month, day)
    except ValueError:
        return
    if year >= 1900:
        yield meant, meant


_READERS = (
    (_YEAR_FIRST, _year_first), (_YEAR_LAST, _year_last), (_EIGHT_DIGITS, _eight_digits),
    (_DAY_MONTH, _day_month), (_MONTH_DAY, _month_day), (_YEAR, _whole_year),
)  # fmt: skip
