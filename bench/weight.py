"""What the pages weigh: their JavaScript, compressed by brotli, as `npm run size` counts it."""

import re
import subprocess

from bench.load import LoadError
from bench.report import Goal
from bench.run import Run
from scripts.node import node_environment
from scripts.places import FRONTEND

KILOBYTE = 1024


def weigh(run: Run, *, number: str, what: str, line: str, most: int) -> None:
    """Add the goal of one page; `line` begins the words of its sum, `most` is in kB. Raises LoadError."""
    done = subprocess.run(
        ["npm", "run", "--silent", "size"], cwd=FRONTEND, env=node_environment(), capture_output=True, text=True
    )
    files = 0
    for printed in done.stdout.splitlines():
        if weighed := re.search(rf"(\d+)  {line}", printed):
            break
        files = files + 1 if "assets/" in printed else 0
    else:
        raise LoadError(f"The page could not be weighed. Run: make setup\n{done.stderr}")
    size = int(weighed[1]) / KILOBYTE
    words = f"at most {most} kB"
    goal = Goal(number, what, f"{size:.1f} kB", words, size <= most, "compressed by brotli", f"{files} files")
    run.report.add(goal)
