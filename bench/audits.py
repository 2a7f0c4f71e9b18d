"""Lighthouse, run on a page as somebody who is signed in sees it at their first visit."""

import json
import subprocess
from dataclasses import dataclass
from typing import Any

from bench.load import LoadError
from scripts.node import node_environment
from scripts.places import ROOT, fingerprint, is_done

FOLDER = ROOT / "bench" / "lighthouse"
PROGRAM = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
SLOW_3G_AND_CPU_4 = [
    "--throttling.rttMs=400",
    "--throttling.throughputKbps=400",
    "--throttling.cpuSlowdownMultiplier=4",
]


@dataclass(frozen=True)
class Scores:
    """What Lighthouse gave, from 0 to 100, and the times behind the first score, in ms."""

    performance: int
    accessibility: int
    best_practices: int
    first_paint: float
    largest_paint: float
    blocked: float
    lost: list[str]


def install() -> None:
    """Install the pinned Lighthouse, unless it is there. Raises LoadError."""
    stamp = FOLDER / "node_modules" / ".installed.sha256"
    wanted = fingerprint(files=[FOLDER / "package.json", FOLDER / "package-lock.json"])
    if is_done(stamp, wanted):
        return
    command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=FOLDER, env=node_environment()).returncode:
        raise LoadError("Lighthouse could not be installed; npm says why above.")
    stamp.write_text(wanted)


def audit(address: str, *, port: int, options: list[str]) -> Scores:
    """Audit the page in the browser that listens on `port`, with the cookies it has and nothing else kept."""
    command = ["node", str(PROGRAM), address, f"--port={port}", "--output=json", "--quiet"]
    categories = "--only-categories=performance,accessibility,best-practices"
    done = subprocess.run(
        [*command, categories, *options], env=node_environment(), capture_output=True, text=True, timeout=180
    )
    if done.returncode:
        raise LoadError(f"Lighthouse ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return _scores(json.loads(done.stdout))


def _scores(found: dict[str, Any]) -> Scores:
    audits, categories = found["audits"], found["categories"]
    points = {name: round(100 * (category["score"] or 0)) for name, category in categories.items()}
    lost = [
        audits[reference["id"]]["title"]
        for name in ("accessibility", "best-practices")
        for reference in categories[name]["auditRefs"]
        if reference["weight"] and (audits[reference["id"]]["score"] or 0) < 1
        if audits[reference["id"]]["scoreDisplayMode"] in ("binary", "numeric")
    ]
    return Scores(
        performance=points["performance"],
        accessibility=points["accessibility"],
        best_practices=points["best-practices"],
        first_paint=audits["first-contentful-paint"]["numericValue"],
        largest_paint=audits["largest-contentful-paint"]["numericValue"],
        blocked=audits["total-blocking-time"]["numericValue"],
        lost=lost,
    )
