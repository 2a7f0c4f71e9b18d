"""Where things are in a checkout, how a failure is told, and how to see whether inputs have changed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
LOGS = VAR / "log"
FRONTEND = ROOT / "frontend"


def stop(message: str) -> NoReturn:
    """End the command with what is wrong and what to do next."""
    sys.stdout.flush()
    sys.exit(f"\n{message}")


def fingerprint(*parts: str, files: Iterable[Path] = ()) -> str:
    """One short text that changes when a part or the content or name of a file changes."""
    digest = hashlib.sha256("\0".join(parts).encode())
    for file in sorted(files):
        digest.update(f"\0{file.relative_to(ROOT)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def with_home(environment: dict[str, str]) -> dict[str, str]:
    """The environment, with a home for the tools' caches under var/ when the real one cannot be written."""
    home = environment.get("HOME", "")
    if home and os.path.isdir(home) and os.access(home, os.W_OK):
        return environment
    caches = VAR / "home"
    caches.mkdir(parents=True, exist_ok=True)
    return {**environment, "HOME": str(caches)}
