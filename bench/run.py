"""What every goal needs: the servers, the length of its turns, and where its findings go."""

from dataclasses import dataclass

from bench.report import Report
from bench.site import Servers


@dataclass(frozen=True)
class Run:
    """One run. A goal takes `turns` turns of `seconds` for each side."""

    servers: Servers
    report: Report
    logs: int
    turns: int = 5
    seconds: float = 6.0
