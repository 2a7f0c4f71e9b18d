"""Counts the statements of pages: reads {name: [path, token]} and writes {name: number}. Run by `bench.pages`."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
django.setup()

from django.db import connection  # noqa: E402 after the set-up, as Django wants it
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def count(path: str, token: str) -> int:
    """How many statements the page takes once the process is warm."""
    client = Client(headers={"host": "localhost", "authorization": f"Bearer {token}"})
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}: {answer.content[:300]!r}")
    return len(captured)


if __name__ == "__main__":
    json.dump({name: count(*asked) for name, asked in json.load(sys.stdin).items()}, sys.stdout)
