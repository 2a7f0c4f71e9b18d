"""One embedded server as a child process: started, watched, stopped, killed."""

import os
import pwd
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from backend.config.privileges import as_user, end_with_parent


class ServiceError(Exception):
    """A service did not start. The text says what to do next."""


class Service:
    """One running server: its address and how to stop it. `start` brings it back on the same port."""

    def __init__(
        self,
        *,
        name: str,
        url: str,
        port: int,
        command: list[str],
        log: Path,
        is_ready: Callable[[], bool],
        stop_signal: signal.Signals,
        user: pwd.struct_passwd | None = None,
        configuration: str = "",
    ) -> None:
        self.name, self.url, self.port, self.log = name, url, port, log
        self._command, self._is_ready, self._stop_signal = command, is_ready, stop_signal
        self._user, self._configuration = user, configuration
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start the server and wait until it answers. Does nothing if it runs."""
        if self.running:
            return
        command = as_user(self._command, user=self._user, end_signal=self._stop_signal)
        with self.log.open("ab") as log, tempfile.TemporaryFile() as configuration:
            configuration.write(self._configuration.encode())
            configuration.seek(0)
            self.process = subprocess.Popen(
                command,
                stdin=configuration,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(self._stop_signal),
                env={**os.environ, "LC_ALL": "C"},
            )
        self._wait_until_ready()

    def _wait_until_ready(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.running:
            if self._is_ready():
                return
            time.sleep(0.05)
        self.kill()
        raise ServiceError(f"{self.name} did not start. The end of {self.log}:\n{tail(self.log)}")

    def stop(self, seconds: float = 20) -> None:
        """Stop in order: connections are closed, data is on disk. Kills what does not stop in time."""
        self._end(self._stop_signal, seconds)

    def kill(self) -> None:
        """End at once, as a crash would. What was committed survives, unless the server was started fast."""
        self._end(signal.SIGQUIT if self.name == "PostgreSQL" else signal.SIGKILL, 5)

    def _end(self, with_signal: signal.Signals, seconds: float) -> None:
        if self.process is None:
            return
        if self.running:
            self.process.send_signal(with_signal)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for an error message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def end_leftover(pid_file: Path, name: str) -> None:
    """Stop a server that an earlier, killed run left on the same folder. Does nothing when there is none."""
    try:
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        if process.name() != name or Path(process.cwd()) != pid_file.parent:
            return
        process.send_signal(signal.SIGINT)
        process.wait(20)
    except (OSError, IndexError, ValueError, psutil.NoSuchProcess):
        return
    except psutil.TimeoutExpired:
        process.kill()
