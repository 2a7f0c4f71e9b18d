"""PostgreSQL and Valkey for the tests, started before Django reads its settings. Loaded with `-p tests.services`.

With DATABASE_URL or REDIS_URL set, those are used instead. With --numprocesses the processes share both servers,
each with a database of PostgreSQL and of Redis of its own.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from backend.config.embedded import start_postgres, start_valkey

folder = Path(tempfile.mkdtemp(prefix="handhold-tests-"))


def _start() -> None:
    services = []
    if not os.environ.get("DATABASE_URL"):
        postgres = start_postgres(folder / "postgres", fast=True)
        os.environ["DATABASE_URL"] = postgres.url
        services.append(postgres)
    if not os.environ.get("REDIS_URL"):
        valkey = start_valkey(folder / "valkey", fast=True)
        os.environ["REDIS_URL"] = valkey.url
        services.append(valkey)

    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        address = urlsplit(os.environ["REDIS_URL"])
        os.environ["REDIS_URL"] = address._replace(path=f"/{1 + int(worker.removeprefix('gw'))}").geturl()

    def stop() -> None:
        for service in services:
            service.stop()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)


os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ["SITE_URL"] = "http://testserver"
os.environ["MAIL_FOLDER"] = ""
os.environ["PHOTOS_FOLDER"] = str(folder / "photos")
os.environ["DEMO"] = "0"
_start()
