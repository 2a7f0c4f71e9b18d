"""Make the two typeface files of frontend/src/ui/fonts from the whole one, when a text needs a letter they lack.

    python -m pip install fonttools==4.68.0 brotli
    python -m scripts.typeface atkinson-hyperlegible-next-latin-wght-normal.woff2   # of @fontsource-variable 5

The one file has what English pages are written with, the other accents and rarer signs; a browser fetches the second
only when a letter of it stands on the page. Both keep the weights from 400 to 700 and no others.
"""

import sys
from typing import Any

from scripts.places import FRONTEND, stop

FONTS = FRONTEND / "src" / "ui" / "fonts"
WEIGHTS = (400, 700)
PLAIN = [
    *range(0x20, 0x7F),
    0xA0,
    0xB0,
    0xB7,
    0xD7,
    0x2013,
    0x2014,
    0x2018,
    0x2019,
    0x201C,
    0x201D,
    0x2022,
    0x2026,
    0x2212,
]
FEATURES = ["kern", "tnum", "zero", "mark", "mkmk", "ccmp", "locl", "liga", "case", "pnum", "lnum"]
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17, 25]  # copyright and license among them


def main(source: str) -> None:
    from fontTools.ttLib import TTFont  # type: ignore[import-not-found]  # needed here only

    letters = set(TTFont(source).getBestCmap())
    for name, wanted in (("plain", PLAIN), ("accents", sorted(letters - set(PLAIN)))):
        file = FONTS / f"atkinson-hyperlegible-next-{name}.woff2"
        _subset(TTFont(source), wanted).save(file)
        print(f"{file.name}: {file.stat().st_size:,} bytes\n  unicode-range: {_ranges(letters & set(wanted))};")


def _subset(font: Any, letters: list[int]) -> Any:
    """The font with these letters and the weights of our pages."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-not-found]
    from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-not-found]

    _complete(font)
    font = instantiateVariableFont(font, {"wght": WEIGHTS})
    _complete(font)
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=NAMES, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def _ranges(letters: set[int]) -> str:
    """For typeface.css: U+20-7E, U+A0."""
    firsts = sorted(letter for letter in letters if letter - 1 not in letters)
    lasts = sorted(letter for letter in letters if letter + 1 not in letters)
    pairs = zip(firsts, lasts, strict=True)
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in pairs)


def _complete(font: Any) -> None:
    """Give letters that are alike in every weight their empty list of changes, which fontTools looks for."""
    kept = font["gvar"].variations
    font["gvar"].variations = {glyph: kept.get(glyph, []) for glyph in font.getGlyphOrder()}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        stop("Name the whole typeface: python -m scripts.typeface FILE.woff2")
    main(sys.argv[1])
