"""Conditional GET: a list that is asked for every few seconds costs little while nothing is new."""

import hashlib
from typing import Any

import orjson
from django.http import HttpResponse
from rest_framework.request import Request


def document(request: Request, content: dict[str, Any]) -> HttpResponse:
    """Answer with `content` and its tag, or with 304 when the request's If-None-Match has that tag already."""
    body = orjson.dumps(content, default=str)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type="application/json", headers=headers)


def is_new(answer: HttpResponse) -> bool:
    """True when the answer shows something, so that somebody has seen it."""
    return answer.status_code == 200
