"""The servers of a bench run: PostgreSQL with full durability, Valkey, web and worker as `scripts/run` starts them."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from os import environ
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urlsplit

import psutil
import psycopg
from psycopg import sql

from backend.config.embedded import start_postgres, start_valkey
from backend.config.service import free_port
from scripts.children import ChildError, Children
from scripts.places import LOGS, ROOT, VAR

Read = TypeVar("Read")
FOLDER = VAR / "bench"
READY_SECONDS = 60


class Servers:
    """PostgreSQL and Valkey of the bench, on data of their own in var/bench."""

    def __init__(self, *, fast: bool = False) -> None:
        """Start both. `fast` gives up durability: for generating data, never for measuring."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        LOGS.mkdir(parents=True, exist_ok=True)
        self.postgres = start_postgres(FOLDER / "postgres", fast=fast)
        self.valkey = start_valkey(FOLDER / "valkey")

    def connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(self.url(database), autocommit=True)

    def url(self, database: str) -> str:
        return urlsplit(self.postgres.url)._replace(path=f"/{database}").geturl()

    def redis(self, number: int) -> str:
        return urlsplit(self.valkey.url)._replace(path=f"/{number}").geturl()

    def has(self, database: str) -> bool:
        with self.connect("postgres") as admin:
            return bool(admin.execute("SELECT FROM pg_database WHERE datname = %s", [database]).rowcount)

    def create(self, database: str, *, template: str = "template1") -> None:
        """Make a database anew; what it held is gone."""
        self.drop(database)
        with self.connect("postgres") as admin:
            names = sql.Identifier(database), sql.Identifier(template)
            admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))

    def drop(self, database: str) -> None:
        with self.connect("postgres") as admin:
            name = sql.Identifier(database)
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def set(self, **settings: str) -> None:
        """Change settings of PostgreSQL and start it again."""
        with self.connect("postgres") as admin:
            for name, value in settings.items():
                command = sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
                admin.execute(command)
        self.restart()

    def reset(self, *names: str) -> None:
        """Put settings back to their defaults and start PostgreSQL again."""
        with self.connect("postgres") as admin:
            for name in names:
                admin.execute(sql.SQL("ALTER SYSTEM RESET {}").format(sql.Identifier(name)))
        self.restart()

    def restart(self) -> None:
        self.postgres.stop(seconds=300)  # a checkpoint after millions of rows takes its time
        self.postgres.start()

    def stop(self) -> None:
        self.valkey.stop()
        self.postgres.stop(seconds=300)


class Site:
    """One Handhold, or one control, on one database: its processes and the port of its web."""

    def __init__(
        self, name: str, servers: Servers, *, database: str, redis: int, settings: str = "", root: Path = ROOT
    ) -> None:
        """`root` is the checkout that it runs, set up before (`make setup`)."""
        self.name, self.root, self.port = name, root, free_port()
        self.children, self.worker = Children(), Children()
        self.environment = {
            **environ,
            "DATABASE_URL": servers.url(database),
            "REDIS_URL": servers.redis(redis),
            "SECRET_KEY": "of the bench, on this machine only",
            "API_REQUESTS_A_MINUTE": "100000000",
            "SITE_URL": f"http://localhost:{self.port}",
            "MAIL_FOLDER": str(FOLDER / "mail"),
            "DEMO": "0",
            "LISTEN": f"127.0.0.1:{self.port}",
            "LOG_LEVEL": "WARNING",
            **({"DJANGO_SETTINGS_MODULE": settings} if settings else {}),
        }

    def migrate(self) -> None:
        self.children.finish(
            f"bench-{self.name}-migrate", ["scripts/run", "migrate"], self.environment, folder=self.root
        )

    def load_demonstration(self) -> None:
        """Make the demonstration clinic; web then shows it too."""
        self.environment["DEMO"] = "1"
        command = [str(self.root / ".venv" / "bin" / "python"), "manage.py", "load_demo"]
        self.children.finish(f"bench-{self.name}-demo", command, self.environment, folder=self.root)

    def start_web(self, command: tuple[str, ...] = ("scripts/run", "web"), path: str = "/healthz") -> None:
        """Start the web process and wait until it answers on `path`."""
        self.children.start(f"bench-{self.name}-web", command, self.environment, folder=self.root)
        self.children.watch(until=lambda: _answers(self.port, path), seconds=READY_SECONDS)

    def start_worker(self, command: tuple[str, ...] = ("scripts/run", "worker"), **more: str) -> None:
        environment = {**self.environment, **more}
        self.worker.start(f"bench-{self.name}-worker", command, environment, folder=self.root)

    def web_processes(self) -> list[psutil.Process]:
        """gunicorn's master and its workers."""
        return processes_of(f"127.0.0.1:{self.port}", "LISTEN", self.environment["LISTEN"])

    def worker_processes(self) -> list[psutil.Process]:
        """Celery's master and its workers."""
        return processes_of("celery", "LISTEN", self.environment["LISTEN"])

    def stop_worker(self) -> None:
        self.worker.stop()

    def stop(self) -> None:
        self.worker.stop()
        self.children.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def wait_until(holds: Callable[[], bool], *, seconds: float, what: str, every: float = 0.05) -> None:
    """Wait until `holds()`, asked so often. Raise ChildError after `seconds`, saying what was awaited."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise ChildError(f"{what} did not happen within {seconds:.0f} s.")
        time.sleep(every)


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False


def processes_of(word: str, variable: str, value: str) -> list[psutil.Process]:
    """Living processes of this run, with a word in their command and a variable in their environment."""
    found = psutil.Process().children(recursive=True)
    return [process for process in found if of_living(lambda: _has(process, word, variable, value), gone=False)]  # noqa: B023


def of_living(read: Callable[[], Read], *, gone: Read) -> Read:
    """What is read of a process; `gone` if it has just ended, also where nobody has waited for it yet (a zombie)."""
    try:
        return read()
    except psutil.NoSuchProcess:
        return gone


def _has(process: psutil.Process, word: str, variable: str, value: str) -> bool:
    return word in " ".join(process.cmdline()) and process.environ().get(variable) == value
