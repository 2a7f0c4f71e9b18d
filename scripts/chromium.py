"""The browser of the journeys: a Chromium of this machine, installed by Debian's package when we may."""

import os
import shutil
import subprocess
from pathlib import Path

from scripts.places import stop

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MISSING = """The journeys need Chromium, and none was found. Install it and run this again:
    Debian     sudo apt-get install chromium
    Ubuntu     sudo snap install chromium
    macOS      brew install --cask chromium
or name one: CHROMIUM=/path/to/chromium make test"""


def find_chromium() -> str | None:
    """The browser that CHROMIUM names, else the first on PATH or in macOS's place for applications."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if shutil.which(named) else stop(f"CHROMIUM={named} is not a program that can be run.")
    found = [shutil.which(name) for name in NAMES] + [path for path in MAC if Path(path).exists()]
    return next((path for path in found if path), None)


def chromium() -> str:
    """A Chromium that can be started. Ends the command, saying what to install, if there is none."""
    if not find_chromium() and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's chromium", flush=True)
        subprocess.run(["apt-get", "update", "-q"])
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
        subprocess.run(install, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    return find_chromium() or stop(MISSING)
