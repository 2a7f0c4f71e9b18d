"""The styles and scripts that a built page carries in itself, by their hashes: the policy allows no others."""

import base64
import hashlib
import re
from pathlib import Path


def hashes(page: Path, element: str) -> list[str]:
    """Sources for `style-src` or `script-src`, one for each such element; none while the page is not built."""
    if not page.is_file():
        return []
    found = re.findall(f"<{element}>(.*?)</{element}>".encode(), page.read_bytes(), re.DOTALL)
    digests = (hashlib.sha256(content).digest() for content in found)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
