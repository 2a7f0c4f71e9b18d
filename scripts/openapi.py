"""The committed description of the API and the front end's types made from it: `check` or `write`.

python -m scripts.openapi write      # after a change of the API
"""

import subprocess
import sys
from pathlib import Path

from scripts.node import node_environment
from scripts.places import FRONTEND, PYTHON, ROOT, VAR, stop

SCHEMA = ROOT / "docs" / "openapi.json"
TYPES = FRONTEND / "src" / "lib" / "api-types.ts"


def main(*, write: bool) -> None:
    """Make both anew, without warnings, and keep them or compare them with what is committed."""
    folder = VAR / "test"
    folder.mkdir(parents=True, exist_ok=True)
    schema, types = (SCHEMA, TYPES) if write else (folder / SCHEMA.name, folder / TYPES.name)
    _make(schema, types)
    old = [] if write else [kept for made, kept in ((schema, SCHEMA), (types, TYPES)) if not _same(made, kept)]
    if old:
        names = " and ".join(str(file.relative_to(ROOT)) for file in old)
        stop(f"{names} no longer match the API. Run: make api")


def _make(schema: Path, types: Path) -> None:
    describe = [str(PYTHON), "manage.py", "spectacular", "--validate", "--fail-on-warn"]
    describe += ["--format", "openapi-json", "--file", str(schema)]
    if subprocess.run(describe, cwd=ROOT).returncode:
        stop("The API's description has warnings or errors; they are above.")
    generate = ["npx", "--no-install", "openapi-typescript", str(schema), "-o", str(types)]
    if subprocess.run(generate, cwd=FRONTEND, env=node_environment()).returncode:
        stop("The front end's types could not be made from the API's description.")


def _same(made: Path, kept: Path) -> bool:
    return kept.exists() and made.read_bytes() == kept.read_bytes()


if __name__ == "__main__":
    main(write="write" in sys.argv[1:])
