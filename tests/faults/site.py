"""Handhold as it runs for patients: real processes on a PostgreSQL and a Valkey of their own, and ways to break them.

Everything is asked over HTTP or read from the site's own database. Nothing here waits for a fixed time: tests wait
until something holds, with a limit so wide that only a fault reaches it.
"""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import redis

from backend.config.embedded import start_postgres, start_valkey
from backend.config.service import free_port, tail
from backend.demo.mailbox import mails_in
from tests.faults.database import Database
from tests.faults.process import ROOT, Process, wait_until
from tests.faults.web import Answer, Person, Web

DAY = timedelta(days=1)


def today() -> date:
    """The day of the site's patients, who all live by UTC."""
    return datetime.now(UTC).date()


class Site:
    """One Handhold with its servers, processes, mail folder and cast."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mail_folder = folder, folder / "mail"
        self.postgres = start_postgres(folder / "postgres", fast=False)
        self.valkey = start_valkey(folder / "valkey", fast=True)
        port = free_port()
        self.web, self.database = Web(port), Database(self.postgres.url)
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.valkey.url,
            "SECRET_KEY": "of this test only",
            "SITE_URL": self.web.address,
            "MAIL_FOLDER": str(self.mail_folder),
            "PHOTOS_FOLDER": str(folder / "photos"),
            "DEMO": "0",
            "LISTEN": f"127.0.0.1:{port}",
            "BEAT_FILE": str(folder / "beat"),
            "TICK_SECONDS": "1",
            "LOG_LEVEL": "INFO",
        }
        self.processes: dict[str, Process] = {}
        self._answering: dict[str, subprocess.Popen[str]] = {}

    def start(self, name: str, command: str = "", **more: str) -> Process:
        """Start web, worker or beat by the command that also serves patients. A second worker has another name."""
        running = self.processes.get(name)
        if running is None or not running.running:
            environment = {**self.environment, **more}
            running = Process(["scripts/run", command or name], environment, self.folder / f"{name}.log")
            self.processes[name] = running
        return running

    def end(self, *names: str) -> None:
        """End these processes at once, those that run."""
        for name in names:
            if name in self.processes:
                self.processes.pop(name).kill()

    def run(self, *command: str) -> str:
        """Run a command beside the site to its end and return what it wrote."""
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def beside(self, *arguments: str) -> subprocess.Popen[str]:
        """Start Python of this project beside the site, to be spoken with through its input and output."""
        command = [sys.executable, *arguments]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def asked(self, module: str, line: str) -> str:
        """What a Python module of ours beside the site answers to a line. It is started once and goes on running."""
        if module not in self._answering:
            self._answering[module] = self.beside("-m", module)
        answering = self._answering[module]
        assert answering.stdin is not None
        assert answering.stdout is not None
        answering.stdin.write(f"{line}\n")
        answering.stdin.flush()
        answer = answering.stdout.readline().strip()
        if not answer:
            self._answering.pop(module).wait()
        assert answer, f"{module} did not answer {line!r}"
        return answer

    def start_web(self) -> None:
        """Start the web processes and wait until they answer."""
        self.start("web")
        wait_until(lambda: self.web.answers("healthz"), "the web answers")

    def start_working(self) -> None:
        """Start worker and beat, unless they run, and wait until their first sweep is done."""
        self.start("worker")
        self.start("beat")
        self.sweep_again(1)

    def stop_working(self) -> None:
        """End worker and beat and forget what they left: ticks in the queue and in the database."""
        self.end("worker", "beat")
        self.valkey_command("FLUSHALL")
        self.database.rows("TRUNCATE ticks_heartbeat")

    def stop(self) -> None:
        """End everything."""
        self.end(*self.processes)
        for answering in self._answering.values():
            with answering:  # closes what it reads, so that it ends, and waits for it
                pass
        self.valkey.stop()
        self.postgres.stop()

    def clear(self) -> None:
        """Put the site back: both servers run, and no log was ever sent. Web, worker and beat go on if they run."""
        self.end(*(set(self.processes) - {"web", "worker", "beat"}))
        self.thaw_valkey()
        self.valkey.start()
        self.postgres.start()
        self.database.empty()
        for letter in self.mail_folder.glob("*"):
            letter.unlink()
        self.valkey_command("FLUSHALL")

    def last_words(self) -> str:
        """The ends of all logs, for a test that failed."""
        return "\n\n".join(f"== {log.name}\n{tail(log, 30)}" for log in sorted(self.folder.glob("*.log")))

    def put_log(
        self, patient: Person, facts: dict[str, Any], *, day: date | None = None, log: str = "", **more: Any
    ) -> Answer:
        """Send a patient's log as the phone does."""
        body = {"day": str(day or today()), "facts": facts, **more}
        return self.web.call("PUT", f"api/v1/logs/{log or uuid.uuid4()}", patient, body)

    def accept(self, patient: Person, facts: dict[str, Any], *, day: date | None = None) -> str:
        """Send a log that has to be accepted and return its id."""
        answer = self.put_log(patient, facts, day=day)
        assert answer.status == 200, answer
        return str(answer.body["id"])

    def sweep_again(self, times: int = 2) -> None:
        """Wait until workers have looked for waiting logs so many times more."""
        enough = self._sweeps() + times
        wait_until(lambda: self._sweeps() >= enough, "sweeps for waiting logs")

    def _sweeps(self) -> int:
        """How often any worker of this site has looked for waiting logs, by what the workers wrote."""
        lines = [line for log in self.folder.glob("*worker.log") for line in log.read_text().splitlines()]
        return sum("flag_waiting_logs" in line and "succeeded" in line for line in lines)

    def valkey_command(self, *words: str) -> Any:
        """Ask Valkey something."""
        with redis.Redis.from_url(self.valkey.url) as client:
            return client.execute_command(*words)

    @contextmanager
    def valkey_refusing(self, command: str) -> Iterator[None]:
        """Valkey takes every command but this one."""
        self.valkey_command("ACL", "SETUSER", "default", f"-{command}")
        try:
            yield
        finally:
            self.valkey_command("ACL", "SETUSER", "default", f"+{command}")

    def freeze_valkey(self) -> None:
        """Valkey takes connections and answers nothing."""
        assert self.valkey.process is not None
        self.valkey.process.send_signal(signal.SIGSTOP)

    def thaw_valkey(self) -> None:
        """Valkey answers again."""
        if self.valkey.process is not None:
            self.valkey.process.send_signal(signal.SIGCONT)

    def mail(self, to: str = "") -> list[EmailMessage]:
        """The letters that were sent, to one address or to all."""
        return [letter for letter in mails_in(self.mail_folder) if not to or letter["To"] == to]
