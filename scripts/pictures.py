"""Pictures of every screen of the patient's phone: `make pictures`. For looking at, so they stay out of git.

They are put in var/pictures/<language>/<theme>/ at 360 px, and each language and theme on one sheet,
var/pictures/<language>-<theme>.png. `make pictures LANGUAGES="es zh-Hans"` takes only some languages.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser

from scripts.chromium import chromium
from scripts.places import VAR
from tests.accessibility.phone import HEIGHT, LANGUAGES, WIDTH, Phone
from tests.accessibility.walk import screens
from tests.demonstration import demonstration, system_chromium
from tests.faults.site import Site

PICTURES = VAR / "pictures"
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLUMNS, GAP = 8, 24


def main(languages: list[str]) -> None:
    """Walk through the demonstration once in each language."""
    unknown = set(languages) - set(LANGUAGES)
    if unknown:
        sys.exit(f"No texts for {', '.join(sorted(unknown))}. There are: {' '.join(LANGUAGES)}.")
    os.environ["CHROMIUM"] = chromium()
    os.environ.setdefault("SECRET_KEY", "only-for-pictures")
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)) as site, system_chromium() as browser:
        for language in languages:
            _photograph(browser, site, language)
            for theme in THEMES:
                _lay_out(PICTURES / language / theme, PICTURES / f"{language}-{theme}.png")
    print(f"The sheets are in {PICTURES}.")


def _photograph(browser: Browser, site: Site, language: str) -> None:
    """Each screen whole, as on a phone as long as the screen, in both themes, named in the order of the walk."""
    shutil.rmtree(PICTURES / language, ignore_errors=True)
    phone = Phone(browser, site, language)
    phone.speak()
    for number, screen in enumerate(screens(phone), start=1):
        length = phone.page.evaluate("document.documentElement.scrollHeight")
        phone.page.set_viewport_size({"width": WIDTH, "height": max(length, HEIGHT)})
        for theme in THEMES:
            phone.page.emulate_media(color_scheme=theme)
            path = PICTURES / language / theme / f"{number:02}-{screen}.png"
            phone.page.screenshot(path=path)
        phone.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    phone.close()


def _lay_out(folder: Path, sheet: Path) -> None:
    """All pictures of a folder side by side, in rows as high as their highest."""
    pictures = [Image.open(path) for path in sorted(folder.glob("*.png"))]
    rows = [pictures[start : start + COLUMNS] for start in range(0, len(pictures), COLUMNS)]
    width = max(picture.width for picture in pictures) + GAP
    heights = [max(picture.height for picture in row) + GAP for row in rows]
    paper = Image.new("RGB", (COLUMNS * width + GAP, sum(heights) + GAP), "gray")
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for place, picture in enumerate(row):
            paper.paste(picture, (GAP + place * width, top))
        top += height
    paper.save(sheet)


if __name__ == "__main__":
    main(sys.argv[1:] or LANGUAGES)
