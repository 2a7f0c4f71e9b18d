"""The styles that a built page carries in itself, named by their hashes: the policy lets no other style in a page."""

import base64
import hashlib
import re
from pathlib import Path

STYLES = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def hashes(page: Path) -> list[str]:
    """Sources for `style-src`, one for each style element; none while the page is not built."""
    if not page.is_file():
        return []
    digests = (hashlib.sha256(style).digest() for style in STYLES.findall(page.read_bytes()))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
