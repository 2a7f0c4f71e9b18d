"""Answers made smaller for the line: in the smallest encoding that the browser takes."""

import gzip
from collections.abc import Callable, Mapping
from functools import partial

import brotli
from django.http import HttpRequest
from rest_framework.request import Request

PACKINGS: Mapping[str, Callable[[bytes], bytes]] = {"br": brotli.compress, "gzip": partial(gzip.compress, mtime=0)}
"""Content encodings for what is packed once and kept, the smallest first."""

AT_ONCE: Mapping[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=5),
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
}
"""The same for what is packed for each request: a millisecond, for a few bytes more."""


def taken_by(request: HttpRequest | Request) -> str:
    """The content encoding for this browser, or "" when it takes none of ours."""
    accepted = request.headers.get("Accept-Encoding", "")
    return next((packing for packing in PACKINGS if packing in accepted), "")
