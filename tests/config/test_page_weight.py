"""What a first log weighs, as it is sent: a budget that the page is held to. `make bench` lists it file by file."""

import json
from typing import Any

import brotli
import pytest
from django.conf import settings

from backend.api.protocol import document
from backend.protocol import load

KILOBYTE = 1024
BEFORE_TODAY = 36 * KILOBYTE
FIRST_LOG = 106 * KILOBYTE
LATER = ["src/patient/after-today.ts"]


@pytest.fixture(scope="module")
def built() -> dict[str, Any]:
    """The build's own list of the patient's files."""
    listed: dict[str, Any] = json.loads((settings.PAGES_FOLDER / ".vite" / "manifest.json").read_text())
    return listed


def packed(file: str) -> int:
    return len(brotli.compress((settings.PAGES_FOLDER / file).read_bytes()))


def needed(built: dict[str, Any], *starts: str) -> set[str]:
    """The scripts and styles that these need before they run."""
    files: set[str] = set()
    waiting = [*starts]
    while waiting:
        one = built[waiting.pop()]
        if one["file"] not in files:
            files |= {one["file"], *one.get("css", [])}
            waiting += one.get("imports", [])
    return files


def test_little_javascript_stands_before_today(built):
    scripts = {file for file in needed(built, "index.html") if file.endswith(".js")}
    assert sum(map(packed, scripts)) <= BEFORE_TODAY, "Move what Today can do without into a file that comes later."


def test_a_first_log_weighs_little(built):
    files = needed(built, "index.html", *LATER)
    [typeface] = (settings.PAGES_FOLDER / "assets").glob("*-plain-*.woff2")
    protocol, _ = document("sorafenib", load.newest("sorafenib").version, "en", "br", phone=True)
    whole = sum(map(packed, files)) + packed("index.html") + typeface.stat().st_size + len(protocol)
    assert whole <= FIRST_LOG, "Find what grew: python -m bench --goals 11,12"
