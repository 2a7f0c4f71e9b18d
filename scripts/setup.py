"""Make everything ready: .venv with the pinned packages, and the built pages. Fast when nothing changed.

Runs on any Python 3.11 or newer, with nothing but the standard library: `make setup`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("Handhold needs Python 3.11 or newer. Name one: make PYTHON3=python3.12 demo")

from scripts.node import build_pages
from scripts.places import PYTHON, ROOT, VENV, fingerprint, is_done, stop, with_home

REQUIREMENTS = ROOT / "requirements.txt"
STAMP = VENV / "requirements.sha256"


def main() -> None:
    make_environment()
    install_packages()
    build_pages()


def make_environment() -> None:
    """Make .venv with pip in it, also on a Debian whose Python comes without its venv package."""
    if _works(PYTHON, "-m", "pip", "--version"):
        return
    print("Making the virtual environment .venv", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    if not _works(sys.executable, "-c", "import ensurepip, venv"):
        _install_venv_package()
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def _install_venv_package() -> None:
    """Debian splits ensurepip off. Root can install it; nobody else should have to guess its name."""
    if not (os.geteuid() == 0 and shutil.which("apt-get")):
        stop(
            "This Python cannot make virtual environments. On Debian or Ubuntu run\n"
            "    sudo apt-get install python3-venv\nand then this command again."
        )
    print("Installing Debian's python3-venv", flush=True)
    subprocess.run(["apt-get", "update", "-q"])
    version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
    if subprocess.run([*install, version]).returncode:
        subprocess.run([*install, "python3-venv"], check=True)


def install_packages() -> None:
    """Install exactly what requirements.txt pins, each file checked against its hash."""
    wanted = fingerprint(sys.version, str(VENV), files=[REQUIREMENTS])
    if is_done(STAMP, wanted):
        return
    print("Installing the Python packages (a few minutes the first time)", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--require-hashes", "--requirement", str(REQUIREMENTS)]
    if subprocess.run(command, env=with_home(dict(os.environ))).returncode:
        stop("The Python packages could not be installed; pip says why above. Run the command again.")
    STAMP.write_text(wanted)


def _works(program: str | Path, *arguments: str) -> bool:
    try:
        return not subprocess.run([str(program), *arguments], capture_output=True).returncode
    except OSError:
        return False


if __name__ == "__main__":
    main()
