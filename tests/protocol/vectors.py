"""The shared cases: one JSON object a line in tests/vectors, run by both twins."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "vectors"


def cases() -> list[dict[str, Any]]:
    """Every case of every file, in order."""
    files = sorted(FOLDER.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
