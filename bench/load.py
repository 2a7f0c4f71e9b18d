"""Load on a web process: what to send, and what the client saw."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.places import ROOT

Request = tuple[str, str, str, str]
"""Method, path, Authorization header, body (empty for none)."""


class LoadError(Exception):
    """The site refused what it should have taken, so there is nothing to compare."""


@dataclass(frozen=True)
class Seen:
    """What the client saw. Times in ms, from the moment a request was due until its answer was read."""

    sent: int
    seconds: float
    cpu_ms_each: float
    latencies_ms: list[float]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.sent / self.seconds

    def percentile(self, percent: float) -> float:
        return percentile(self.latencies_ms, percent)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which `percent` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def send(
    requests: Sequence[Request], *, port: int, seconds: float | None = None, connections: int = 8, rate: float = 0
) -> Seen:
    """Send requests, closed loop or at `rate` a second, for so many seconds or until all are answered.

    Raise LoadError if one is refused, or if they did not last.
    """
    plan = {"port": port, "connections": connections, "rate": rate, "seconds": seconds or 3600, "requests": requests}
    ran = subprocess.run(
        [sys.executable, "-m", "bench.client"], input=json.dumps(plan), capture_output=True, text=True, cwd=ROOT
    )
    if ran.returncode:
        raise LoadError(f"The client failed:\n{ran.stderr}")
    seen = json.loads(ran.stdout)
    refused = {status: n for status, n in seen["statuses"].items() if not status.startswith("2")}
    if refused:
        raise LoadError(f"Refused, by status: {refused}. The first one: {seen['refused']}")
    if seconds and not rate and seen["sent"] == len(requests):
        raise LoadError(f"{len(requests)} requests did not last {seconds} s; build more.")
    return Seen(seen["sent"], seen["seconds"], seen["cpu_ms_each"], seen["latencies_ms"])
