"""The processes of one demonstration: started in groups of their own, watched, and all stopped."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from backend.config.privileges import end_with_parent
from backend.config.service import Service, tail
from scripts.places import LOGS, ROOT

STOP_SECONDS = 15


class ChildError(Exception):
    """A process failed or ended by itself. The text shows the end of its log."""


class Children:
    """Processes that end with this one, in order when asked, and by the kernel's hand when it is killed."""

    def __init__(self) -> None:
        self.asked_to_stop = False
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def ask_to_stop(self) -> None:
        """For signal handlers: everything that waits here returns soon."""
        self.asked_to_stop = True

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str], *, folder: Path = ROOT) -> None:
        """Start a process in `folder`, a checkout, that writes to var/log/NAME.log of this one."""
        if self.asked_to_stop:
            return
        with (LOGS / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGTERM),
            )

    def finish(self, name: str, command: Sequence[str], environment: Mapping[str, str], *, folder: Path = ROOT) -> str:
        """Run a command to its end and return what it wrote. Raises ChildError if it fails."""
        (LOGS / f"{name}.log").unlink(missing_ok=True)
        self.start(name, command, environment, folder=folder)
        while not self.asked_to_stop and self._running[name].poll() is None:
            time.sleep(0.05)
        if self.asked_to_stop:
            return ""
        if self._running.pop(name).returncode:
            raise ChildError(_last_words(name, "failed"))
        return (LOGS / f"{name}.log").read_text()

    def watch(
        self,
        *,
        until: Callable[[], bool] | None = None,
        seconds: float = float("inf"),
        others: Sequence[Service] = (),
    ) -> None:
        """Return when asked to stop or when `until` holds. Raise ChildError when one ends or time is up."""
        end = time.monotonic() + seconds
        while not self.asked_to_stop:
            for name, process in self._running.items():
                if process.poll() is not None:
                    raise ChildError(_last_words(name, "ended"))
            for service in others:
                if not service.running:
                    raise ChildError(f"{service.name} ended. The end of {service.log}:\n{tail(service.log)}")
            if until and until():
                return
            if time.monotonic() > end:
                raise ChildError(_last_words("web", f"was not ready after {seconds:.0f} s"))
            time.sleep(0.2)

    def stop(self) -> None:
        """Ask all to stop, wait, and kill with their groups what still runs. Safe to call twice."""
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        end = time.monotonic() + STOP_SECONDS
        for process in self._running.values():
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _kill_group(process.pid)
        self._running.clear()


def _kill_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _last_words(name: str, what: str) -> str:
    log = LOGS / f"{name}.log"
    return f"{name} {what}. The end of {log.relative_to(ROOT)}:\n{tail(log)}"
