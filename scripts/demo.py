"""Run Handhold on this machine: PostgreSQL, Valkey, web, worker and beat, until Ctrl-C.

    make demo    make demo-reset    PORT=9000 make demo

Everything it keeps is in var/. With DATABASE_URL and REDIS_URL set, those services are used instead.
However it ends (Ctrl-C, a closed terminal, kill, one of the processes dying), nothing is left running.
"""

import fcntl
import os
import secrets
import shutil
import signal
import sys
import urllib.error
import urllib.request
from pathlib import Path

from backend.config.embedded import start_postgres, start_valkey
from backend.config.service import Service, ServiceError
from scripts.children import ChildError, Children
from scripts.places import LOGS, ROOT, VAR, stop
from scripts.port import choose_port

READY_SECONDS = 90


class Demo:
    """One run of the demonstration: what was started, and the way to end it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.address = f"http://localhost:{port}"
        self.children = Children()
        self.services: list[Service] = []

    def run(self) -> None:
        """Start everything, then wait until somebody or something ends it. Raises ChildError."""
        environment = self._environment()
        (VAR / "demo.env").unlink(missing_ok=True)
        _write_privately(VAR / "demo.env", "".join(f"{key}={value}\n" for key, value in environment.items()))
        environment = {**os.environ, **environment, "PYTHONUNBUFFERED": "1"}
        self.children.finish("migrate", ["scripts/run", "migrate"], environment)
        sign_ins = self.children.finish("load_demo", [sys.executable, "manage.py", "load_demo"], environment)
        for name in ("web", "worker", "beat"):
            self.children.start(name, ["scripts/run", name], environment)
        self.children.watch(until=self._is_ready, seconds=READY_SECONDS, others=self.services)
        if not self.children.asked_to_stop:
            say(f"\nHandhold runs at {self.address}  (nurses: {self.address}/clinic)\n\n{sign_ins.strip()}\n")
            say("Ctrl-C stops it. What each process writes is in var/log/.")
        self.children.watch(others=self.services)

    def end(self) -> None:
        """Stop web, worker and beat, then Valkey and PostgreSQL."""
        self.children.stop()
        for service in reversed(self.services):
            service.stop()
        (VAR / "demo.env").unlink(missing_ok=True)

    def _environment(self) -> dict[str, str]:
        """What the processes read: the services started here, or those the environment names."""
        return {
            "SECRET_KEY": os.environ.get("SECRET_KEY") or _secret_key(),
            "DATABASE_URL": os.environ.get("DATABASE_URL") or self._start_postgres(),
            "REDIS_URL": os.environ.get("REDIS_URL") or self._start_valkey(),
            "SITE_URL": os.environ.get("SITE_URL") or self.address,
            "MAIL_FOLDER": str(VAR / "mail"),
            "DEMO": "1",
            "LISTEN": f"127.0.0.1:{self.port}",
            "BEAT_FILE": str(VAR / "beat"),
        }

    def _start_postgres(self) -> str:
        self.services.append(start_postgres(VAR / "postgres", log=LOGS / "postgres.log"))
        return self.services[-1].url

    def _start_valkey(self) -> str:
        self.services.append(start_valkey(VAR / "valkey", log=LOGS / "valkey.log"))
        return self.services[-1].url

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.HTTPError):
            return False


def main(*, reset: bool) -> None:
    """Take the checkout's lock, so that two demos never share var/, then run."""
    LOGS.mkdir(parents=True, exist_ok=True)
    if not os.access(VAR / "demo.lock", os.W_OK) and (VAR / "demo.lock").exists():
        stop(f"{VAR} belongs to somebody else. Run this as its owner, or remove it first.")
    with (VAR / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stop("A demo already runs in this checkout. Stop it with Ctrl-C where it runs, then try again.")
        if reset:
            _remove_data()
        demo = Demo(choose_port())
        for old in LOGS.glob("*.log"):
            old.unlink()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda _number, _frame: demo.children.ask_to_stop())
        sys.exit(_run(demo))


def _run(demo: Demo) -> int:
    say("Starting PostgreSQL, Valkey, web, worker and beat")
    try:
        demo.run()
    except (ChildError, ServiceError) as problem:
        say(f"\n{problem}")
        return 1
    finally:
        say("Stopping")
        demo.end()
        say("Stopped; nothing is left running.")
    return 0


def say(text: str) -> None:
    """Print, also when the terminal is gone."""
    try:
        print(text, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _remove_data() -> None:
    for entry in VAR.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name != "demo.lock":
            entry.unlink()
    LOGS.mkdir()
    say("Removed the demonstration's data.")


def _secret_key() -> str:
    file = VAR / "secret_key"
    if not file.exists():
        _write_privately(file, secrets.token_urlsafe(48))
    return file.read_text()


def _write_privately(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
        new.write(text)


if __name__ == "__main__":
    os.chdir(ROOT)
    main(reset="reset" in sys.argv[1:])
