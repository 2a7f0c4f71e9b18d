"""Pictures of every screen, the patient's and the nurse's: `make pictures`. For looking at, so they stay out of git.

They are put in var/pictures/<language>/<theme>/ at 360 px, and each language and theme on one sheet,
var/pictures/<language>-<theme>.png; the nurse at 1280 and 768 px in var/pictures/clinic. `make pictures
LANGUAGES="es zh-Hans"` takes only some languages.
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
from tests.accessibility import desk
from tests.accessibility.phone import HEIGHT, LANGUAGES, WIDTH, Phone
from tests.accessibility.walk import screens
from tests.demonstration import demonstration, system_chromium
from tests.faults.site import Site

PICTURES = VAR / "pictures"
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLUMNS, GAP = 8, 24
CLINIC = "clinic"


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
        _photograph_clinic(browser, site)
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


def _photograph_clinic(browser: Browser, site: Site) -> None:
    """Each screen of the nurse's page as it stands on her desk and on a tablet, in both themes."""
    shutil.rmtree(PICTURES / CLINIC, ignore_errors=True)
    nurse = desk.Desk(browser, site)
    for number, screen in enumerate(desk.screens(nurse), start=1):
        for width in (desk.WIDE, desk.NARROW):
            nurse.page.set_viewport_size({"width": width, "height": desk.HEIGHT})
            for theme in THEMES:
                nurse.page.emulate_media(color_scheme=theme)
                nurse.page.screenshot(path=PICTURES / CLINIC / f"{width}-{theme}" / f"{number:02}-{screen}.png")
        nurse.page.set_viewport_size({"width": desk.WIDE, "height": desk.HEIGHT})
    nurse.close()
    for width in (desk.WIDE, desk.NARROW):
        for theme in THEMES:
            _lay_out(PICTURES / CLINIC / f"{width}-{theme}", PICTURES / f"{CLINIC}-{width}-{theme}.png", columns=4)


def _lay_out(folder: Path, sheet: Path, columns: int = COLUMNS) -> None:
    """All pictures of a folder side by side, in rows as high as their highest."""
    pictures = [Image.open(path) for path in sorted(folder.glob("*.png"))]
    rows = [pictures[start : start + columns] for start in range(0, len(pictures), columns)]
    width = max(picture.width for picture in pictures) + GAP
    heights = [max(picture.height for picture in row) + GAP for row in rows]
    paper = Image.new("RGB", (columns * width + GAP, sum(heights) + GAP), "gray")
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for place, picture in enumerate(row):
            paper.paste(picture, (GAP + place * width, top))
        top += height
    paper.save(sheet)


if __name__ == "__main__":
    main(sys.argv[1:] or LANGUAGES)
