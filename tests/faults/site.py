"""Handhold as it runs for patients: real processes on a PostgreSQL and a Valkey of their own, and ways to break them.

Everything is asked over HTTP or read from the site's own database. Nothing here waits for a fixed time: tests wait
until something holds, with a limit so wide that only a fault reaches it.
"""

import email
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import psycopg
import redis
from psycopg.rows import dict_row

from backend.config.embedded import start_postgres, start_valkey
from backend.config.privileges import end_with_parent
from backend.config.service import free_port, tail

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 60.0
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """Somebody of the site's cast. `patient` is the id of the patient they are, if they are one."""

    email: str
    token: str
    patient: str | None


@dataclass(frozen=True)
class Answer:
    """What the site answered over HTTP."""

    status: int
    content_type: str
    body: Any


@dataclass(frozen=True)
class Story:
    """What has come of one log: how often it was judged and flagged, and what its alerts went through."""

    judged: int
    flags: int
    alerts: int
    events: tuple[str, ...]
    told: tuple[str, ...]


WAITS = Story(judged=0, flags=0, alerts=0, events=(), told=())
FLAGGED_ONCE = Story(judged=1, flags=1, alerts=1, events=("raised",), told=("nurse",))


def today() -> date:
    """The day of the site's patients, who all live by UTC."""
    return datetime.now(UTC).date()


def wait_until(holds: Callable[[], object], what: str, within: float = LIMIT) -> None:
    """Return as soon as `holds()` is true. Fail after `within` seconds, saying what was awaited."""
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, f"not within {within:.0f} s: {what}"
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


class Site:
    """One Handhold with its servers, processes, mail folder and cast."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mail_folder = folder, folder / "mail"
        self.postgres = start_postgres(folder / "postgres", fast=False)
        self.valkey = start_valkey(folder / "valkey", fast=True)
        self.port = free_port()
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.valkey.url,
            "SECRET_KEY": "of this test only",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "MAIL_FOLDER": str(self.mail_folder),
            "DEMO": "0",
            "LISTEN": f"127.0.0.1:{self.port}",
            "BEAT_FILE": str(folder / "beat"),
            "TICK_SECONDS": "1",
            "LOG_LEVEL": "INFO",
        }
        self.processes: dict[str, Process] = {}

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

    def start_web(self) -> None:
        """Start the web processes and wait until they answer."""
        self.start("web")
        wait_until(lambda: self._answers("healthz"), "the web answers")

    def start_working(self) -> None:
        """Start worker and beat, unless they run, and wait until their first sweep is done."""
        self.start("worker")
        self.start("beat")
        self.sweep_again(1)

    def stop_working(self) -> None:
        """End worker and beat and forget what they left: ticks in the queue and in the database."""
        self.end("worker", "beat")
        self.valkey_command("FLUSHALL")
        self.rows("TRUNCATE ticks_heartbeat")

    def stop(self) -> None:
        """End everything."""
        self.end(*self.processes)
        self.valkey.stop()
        self.postgres.stop()

    def clear(self) -> None:
        """Put the site back: both servers run, and no log was ever sent. Web, worker and beat go on if they run."""
        self.end(*(set(self.processes) - {"web", "worker", "beat"}))
        self.thaw_valkey()
        self.valkey.start()
        self.postgres.start()
        wait_until(self._emptied, "nobody is in the way of emptying the tables")
        for letter in self.mail_folder.glob("*"):
            letter.unlink()
        self.valkey_command("FLUSHALL")

    def _emptied(self) -> bool:
        tables = "diary_dailylog, triage_alert, messaging_delivery, ticks_heartbeat, audit_auditevent"
        try:
            self.rows(f"TRUNCATE {tables} CASCADE")
        except psycopg.errors.DeadlockDetected:
            return False
        return True

    def last_words(self) -> str:
        """The ends of all logs, for a test that failed."""
        return "\n\n".join(f"== {log.name}\n{tail(log, 30)}" for log in sorted(self.folder.glob("*.log")))

    # Over HTTP

    def call(self, method: str, path: str, person: Person | None = None, body: Any = None) -> Answer:
        """Ask the site. Raise OSError if it cannot be reached."""
        headers = {"Content-Type": "application/json"}
        if person is not None:
            headers["Authorization"] = f"Bearer {person.token}"
        data = None if body is None else json.dumps(body).encode()
        url = f"http://127.0.0.1:{self.port}/{path}"
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=LIMIT) as got:
                return Answer(got.status, got.headers["Content-Type"], json.loads(got.read() or b"null"))
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.headers["Content-Type"], json.loads(refused.read() or b"null"))

    def put_log(
        self, patient: Person, facts: dict[str, Any], *, day: date | None = None, log: str = "", **more: Any
    ) -> Answer:
        """Send a patient's log as the phone does."""
        body = {"day": str(day or today()), "facts": facts, **more}
        return self.call("PUT", f"api/v1/logs/{log or uuid.uuid4()}", patient, body)

    def accept(self, patient: Person, facts: dict[str, Any], *, day: date | None = None) -> str:
        """Send a log that has to be accepted and return its id."""
        answer = self.put_log(patient, facts, day=day)
        assert answer.status == 200, answer
        return str(answer.body["id"])

    def _answers(self, path: str) -> bool:
        try:
            return self.call("GET", path).status == 200
        except OSError:
            return False

    # In the database

    def rows(self, statement: str, *arguments: Any) -> list[dict[str, Any]]:
        """Run one statement and return its rows."""
        with psycopg.connect(self.postgres.url, autocommit=True, row_factory=dict_row) as connection:
            cursor = connection.execute(statement, arguments)
            return cursor.fetchall() if cursor.description else []

    def value(self, statement: str, *arguments: Any) -> Any:
        """The first column of the only row."""
        (row,) = self.rows(statement, *arguments)
        return next(iter(row.values()))

    def alerts(self, patient: Person) -> list[dict[str, Any]]:
        """All alerts of a patient, oldest first."""
        return self.rows("SELECT * FROM triage_alert WHERE patient_id = %s ORDER BY raised_at", patient.patient)

    def is_flagged(self, log: str) -> bool:
        return bool(self.value("SELECT flagged_at IS NOT NULL FROM diary_dailylog WHERE id = %s", log))

    def story(self, log: str) -> Story:
        """What has come of this log so far."""
        alerts = "SELECT alert_id FROM triage_flag WHERE log_id = %s"
        events = self.rows(f"SELECT kind FROM triage_alertevent WHERE alert_id IN ({alerts}) ORDER BY id", log)
        told = self.rows(
            f"SELECT recipient FROM messaging_delivery WHERE alert_id IN ({alerts}) ORDER BY recipient", log
        )
        return Story(
            judged=self.value("SELECT count(*) FROM triage_assessment WHERE log_id = %s", log),
            flags=self.value("SELECT count(*) FROM triage_flag WHERE log_id = %s", log),
            alerts=self.value("SELECT count(DISTINCT alert_id) FROM triage_flag WHERE log_id = %s", log),
            events=tuple(row["kind"] for row in events),
            told=tuple(row["recipient"] for row in told),
        )

    def until_flagged(self, *logs: str) -> None:
        """Wait until these logs are flagged."""
        wait_until(lambda: all(self.is_flagged(log) for log in logs), f"flagged: {', '.join(logs)}")

    def ran_since(self, tick: str, moment: datetime) -> bool:
        """Whether a tick has run to its end after this moment."""
        last = self.rows("SELECT last_at FROM ticks_heartbeat WHERE name = %s AND last_at > %s", tick, moment)
        return bool(last)

    def sweep_again(self, times: int = 2) -> None:
        """Wait until the waiting logs have been looked for again, so many times."""
        for _ in range(times):
            now = datetime.now(UTC)
            wait_until(lambda: self.ran_since("flag_waiting_logs", now), "a sweep for waiting logs")  # noqa: B023

    @contextmanager
    def holding(self, patient: Person) -> Iterator[int]:
        """Keep a patient's row, so that whoever flags their logs stops in the middle. Gives our session's number."""
        with psycopg.connect(self.postgres.url) as connection:
            connection.execute("SELECT FROM care_patient WHERE id = %s FOR NO KEY UPDATE", [patient.patient])
            yield connection.info.backend_pid
            connection.rollback()

    def held_up_by(self, session: int) -> list[int]:
        """The sessions that wait for a row which this session keeps."""
        waiting = self.rows("SELECT pid FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", session)
        return [row["pid"] for row in waiting]

    # Valkey and mail

    def valkey_command(self, *words: str) -> Any:
        """Ask Valkey something."""
        with redis.Redis.from_url(self.valkey.url) as client:
            return client.execute_command(*words)

    def freeze_valkey(self) -> None:
        """Valkey takes connections and answers nothing."""
        assert self.valkey.process is not None
        self.valkey.process.send_signal(signal.SIGSTOP)

    def thaw_valkey(self) -> None:
        """Valkey answers again."""
        if self.valkey.process is not None:
            self.valkey.process.send_signal(signal.SIGCONT)

    def mail(self, to: str = "") -> list[Message]:
        """The letters that were sent, to one address or to all."""
        letters = [email.message_from_bytes(file.read_bytes()) for file in sorted(self.mail_folder.glob("*"))]
        return [letter for letter in letters if not to or letter["To"] == to]
