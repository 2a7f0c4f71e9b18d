"""One process of the site with its children: started, killed, frozen, and awaited without fixed waits."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from backend.config.privileges import end_with_parent

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 180.0


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Return as soon as `holds()` is true. Fail after three minutes, saying what was awaited."""
    end = time.monotonic() + LIMIT
    while not holds():
        assert time.monotonic() < end, f"not within {LIMIT:.0f} s: {what}"
        time.sleep(0.05)


class Process:
    """One of the site's processes together with its children."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, preexec_fn=end_with_parent(signal.SIGTERM),
            )  # fmt: skip

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """End it and its children at once, as `kill -9` does. Safe to call twice."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def freeze(self) -> None:
        """It lives, holds what it holds, and does nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on as if nothing had happened."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return
