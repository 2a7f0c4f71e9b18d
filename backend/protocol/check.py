"""Check a composed protocol: first its shape (JSON Schema), then its meaning."""

from collections.abc import Mapping
from typing import Any


def check(data: Mapping[str, Any], file: str, texts: Mapping[str, Any]) -> None:
    """Raise ProtocolError for the first thing that is wrong with the file."""
