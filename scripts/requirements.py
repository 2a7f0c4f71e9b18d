"""Compile the pinned, hashed requirements.txt files from the short lists beside them: `make requirements`."""

import subprocess

from scripts.places import PYTHON, ROOT

COMPILE = [str(PYTHON.parent / "uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
COMPILE += ["--python-version", "3.11", "--custom-compile-command", "make requirements"]


def main() -> None:
    """All packages first; then those of the image, at the very same versions."""
    subprocess.run([*COMPILE, "requirements.in", "-o", "requirements.txt"], cwd=ROOT, check=True)
    image = ["deploy/requirements.in", "-o", "deploy/requirements.txt", "-c", "requirements.txt"]
    subprocess.run([*COMPILE, *image], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
