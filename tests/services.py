"""PostgreSQL and Valkey for the tests, started before Django reads its settings. Loaded with `-p tests.services`.

With DATABASE_URL or REDIS_URL set, those are used instead: PostgreSQL as it is, Redis in its own database.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

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
