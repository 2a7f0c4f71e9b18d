"""Playwright, which drives the Chromium of this machine for tests, pictures and benchmarks."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Playwright, sync_playwright

from scripts.node import node_of_wheel


@contextmanager
def playwright() -> Iterator[Playwright]:
    """Start Playwright with the Node of our wheel: its own needs libatomic.so.1, which a bare Debian lacks."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node_of_wheel()))
    with sync_playwright() as started:
        yield started
