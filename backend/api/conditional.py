"""Answers that are not sent again while nothing changed: asked with If-None-Match, they are a 304 without a body."""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpResponse
from rest_framework.request import Request


def answer(request: Request, document: Any, *, sent: Callable[[], None]) -> HttpResponse:
    """Return the document as JSON with its ETag, or 304. `sent` is called where the reader is given it: audit there."""
    content = orjson.dumps(document)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    sent()
    return HttpResponse(content, content_type="application/json", headers=headers)
