"""What the machine can do: commits a second of the same PostgreSQL by pgbench, and syncs a second of the disk."""

import os
import re
import subprocess
import time

from backend.config.embedded import program
from bench.site import FOLDER, Servers

CLIENTS = 8
_TABLES = """
CREATE TABLE IF NOT EXISTS anchor_log (
    id uuid PRIMARY KEY, patient_id uuid NOT NULL, day date NOT NULL, facts jsonb NOT NULL,
    received_at timestamptz NOT NULL);
CREATE TABLE IF NOT EXISTS anchor_outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, log_id uuid NOT NULL);
TRUNCATE anchor_log, anchor_outbox;
"""
_TRANSACTION = """
BEGIN;
INSERT INTO anchor_log SELECT id, gen_random_uuid(), current_date, '{FACTS}'::jsonb, now() FROM gen_random_uuid() id;
INSERT INTO anchor_outbox (log_id) VALUES (gen_random_uuid());
COMMIT;
"""


def prepare(servers: Servers, *, facts: str) -> None:
    """Make the anchor's two tables, and its script with the facts of a usual log."""
    servers.create("bench_anchor")
    with servers.connect("bench_anchor") as database:
        database.execute(_TABLES)
    (FOLDER / "anchor.sql").write_text(_TRANSACTION.replace("{FACTS}", facts))


def commits_per_second(servers: Servers, *, seconds: int) -> float:
    """Transactions a second of 4 statements (begin, a log, an outbox row, commit), 8 clients."""
    command = [program("pgbench"), "--no-vacuum", f"--client={CLIENTS}", "--jobs=2", f"--time={seconds}"]
    command += [f"--file={FOLDER / 'anchor.sql'}", "-d", servers.url("bench_anchor")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([\d.]+)", ran.stdout)
    if found is None:
        raise RuntimeError(f"pgbench said no rate:\n{ran.stdout}{ran.stderr}")
    return float(found[1])


def syncs_per_second(*, seconds: float = 1.0) -> float:
    """How often a second the disk keeps 8 KiB for good (write and fdatasync), as pg_test_fsync measures it."""
    file = FOLDER / "fsync"
    number = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        began, syncs = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            os.pwrite(number, b"\0" * 8192, 0)
            getattr(os, "fdatasync", os.fsync)(number)
            syncs += 1
        return syncs / (time.perf_counter() - began)
    finally:
        os.close(number)
        file.unlink()
