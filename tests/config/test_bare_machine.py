"""What we install runs on a Debian with git, make, Python and certificates only."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import psutil

from scripts.browser import playwright
from scripts.node import node_of_wheel
from scripts.places import FRONTEND, ROOT, VENV

OF_EVERY_DEBIAN = {
    "libc.so.6", "libdl.so.2", "libgcc_s.so.1", "libm.so.6", "libpthread.so.0", "libresolv.so.2", "librt.so.1",
    "libstdc++.so.6", "libz.so.1",
}  # fmt: skip
NOT_RUN = {"driver/node"}  # Playwright's Node needs libatomic.so.1; scripts/browser.py gives it another


def programs() -> list[str]:
    """Programs and libraries in the packages of .venv and node_modules."""
    found = []
    for top in (VENV / "lib", VENV / "bin", FRONTEND / "node_modules"):
        for folder, _, names in os.walk(top):
            paths = [Path(folder, name) for name in names]
            found += [str(path) for path in paths if _is_program(path)]
    return found


def _is_program(path: Path) -> bool:
    known = ".so" in path.suffixes or path.suffix == ".node" or (not path.suffix and os.access(path, os.X_OK))
    if not known or path.is_symlink():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def needs(paths: list[str]) -> dict[str, set[str]]:
    """The system's libraries that each program needs, present or not, as `ldd` lists them."""
    listed = subprocess.run(["ldd", *paths], capture_output=True, text=True).stdout
    found: dict[str, set[str]] = {}
    path = paths[0]
    for line in listed.splitlines():
        if re.match(r"\S.*:$", line):
            path = line[:-1]
        elif match := re.match(r"\s+(\S+) => (.*?)( \(0x\w+\))?$", line):
            ours = match[2].startswith(str(ROOT))
            found.setdefault(path, set()).update([] if ours else [match[1]])
    return found


def test_no_package_needs_a_library_that_a_bare_debian_lacks():
    if not shutil.which("ldd"):
        return  # macOS brings its own libraries, and wheels for it are made for that
    lacking = {path: libraries - OF_EVERY_DEBIAN for path, libraries in needs(programs()).items()}
    assert not {path: some for path, some in lacking.items() if some and not path.endswith(tuple(NOT_RUN))}


def test_playwright_runs_on_the_node_of_the_wheel():
    with playwright():
        running = {
            Path(child.exe())
            for child in psutil.Process().children(recursive=True)
            if child.status() != psutil.STATUS_ZOMBIE
        }
    assert node_of_wheel().resolve() in running


def test_playwright_is_started_in_one_place():
    folders = [ROOT / name for name in ("backend", "bench", "scripts", "tests")]
    sources = [path for folder in folders for path in folder.rglob("*.py")]
    starting = "sync_play" + "wright("
    assert [path.name for path in sources if starting in path.read_text()] == ["browser.py"]
