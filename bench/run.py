"""What every goal needs: the servers, the length of its turns, and where its findings go."""

from dataclasses import dataclass
from pathlib import Path

from bench.report import Report
from bench.site import Servers
from scripts.places import ROOT


@dataclass(frozen=True)
class Run:
    """One run. A goal takes `turns` turns of `seconds` for each side; `against` is another checkout."""

    servers: Servers
    report: Report
    logs: int
    turns: int = 5
    seconds: float = 6.0
    against: Path = ROOT
