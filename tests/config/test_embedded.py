"""PostgreSQL and Valkey from their wheels: real servers in a folder of the test's own."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from backend.config.embedded import start_postgres, start_valkey
from backend.config.service import ServiceError, free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def database(tmp_path):
    service = start_postgres(tmp_path / "postgres")
    yield service
    service.stop()


def test_data_survives_a_crash_and_the_address_stays(database):
    with psycopg.connect(database.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    before = database.url
    database.kill()
    assert not database.running
    database.start()
    with psycopg.connect(before) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)


def test_a_second_start_on_the_same_folder_finds_the_data(tmp_path):
    first = start_postgres(tmp_path / "postgres", fast=True)
    with psycopg.connect(first.url) as connection:
        connection.execute("CREATE TABLE kept ()")
    first.stop()
    second = start_postgres(tmp_path / "postgres", fast=True)
    with psycopg.connect(second.url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    second.stop()


def test_nobody_gets_in_without_the_password(database, tmp_path):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://handhold:wrong@127.0.0.1:{database.port}/handhold")
    assert (tmp_path / "postgres.password").stat().st_mode & 0o077 == 0


def test_it_runs_in_a_long_path_that_only_its_owner_may_enter(tmp_path):
    closed = tmp_path / ("long-" * 24) / "closed"
    closed.mkdir(parents=True)
    closed.chmod(0o700)
    service = start_postgres(closed / "postgres", fast=True)
    with psycopg.connect(service.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    service.stop()
    assert closed.stat().st_mode & 0o777 == 0o700


def test_the_demonstration_is_durable_and_only_tests_are_fast(tmp_path):
    durable = start_postgres(tmp_path / "durable")
    with psycopg.connect(durable.url) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute("SELECT current_setting(%s)", [setting]).fetchone() == ("on",)
    durable.stop()


def test_valkey_answers_on_its_port_again_after_a_crash(tmp_path):
    service = start_valkey(tmp_path / "valkey", free_port(), fast=True)
    with redis.Redis.from_url(service.url) as client:
        assert client.ping()
        service.kill()
        with pytest.raises(redis.ConnectionError):
            client.ping()
        service.start()
        assert client.ping()
    service.stop()


def test_valkey_keeps_what_it_has_when_it_is_stopped(tmp_path):
    first = start_valkey(tmp_path / "valkey")
    with redis.Redis.from_url(first.url) as client:
        client.set("nudge", "1")
    first.stop()
    second = start_valkey(tmp_path / "valkey")
    with redis.Redis.from_url(second.url) as client:
        assert client.get("nudge") == b"1"
    second.stop()


def test_a_port_that_is_taken_is_said_with_the_log(tmp_path):
    first = start_valkey(tmp_path / "one", fast=True)
    with pytest.raises(ServiceError, match="Valkey did not start"):
        start_valkey(tmp_path / "two", first.port, fast=True)
    first.stop()


if sys.platform == "linux":  # elsewhere the next start ends what a killed run left

    def test_servers_end_with_the_process_that_started_them(tmp_path):
        script = (
            "import os, sys, pathlib; from backend.config.embedded import *\n"
            "folder = pathlib.Path(sys.argv[1])\n"
            "a, b = start_postgres(folder / 'p', fast=True), start_valkey(folder / 'v', fast=True)\n"
            "print(a.process.pid, b.process.pid, flush=True); os.kill(os.getpid(), 9)"
        )
        command = [sys.executable, "-c", script, str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=dict(os.environ))
        for text in done.stdout.split():
            try:
                psutil.Process(int(text)).wait(60)
            except psutil.NoSuchProcess:
                continue
            except psutil.TimeoutExpired:
                assert psutil.Process(int(text)).status() == psutil.STATUS_ZOMBIE
        assert len(done.stdout.split()) == 2
