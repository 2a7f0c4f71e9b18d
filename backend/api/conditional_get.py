"""Conditional GET: a list that is asked for every few seconds costs little while nothing is new.

Tags are made and compared by Django: weak ones, lists of them and `*` match as the standard says, so that a proxy that
compresses what passes through it changes nothing.
"""

from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from rest_framework.request import Request

from .readable import plain


def document(request: Request, content: dict[str, Any]) -> HttpResponse:
    """Answer with `content` and its tag, or with 304 when If-None-Match has that tag already."""
    body = orjson.dumps(content, default=plain)
    return unless_known(request, HttpResponse(body, content_type="application/json"))


def unless_known(request: Request, answer: HttpResponse) -> HttpResponse:
    """Return the answer with a tag, or 304 when If-None-Match has that tag already."""
    if not answer.has_header("ETag"):
        set_response_etag(answer)
    found = get_conditional_response(request._request, etag=answer.headers["ETag"], response=answer)
    return found or answer


def is_new(answer: HttpResponse) -> bool:
    """True when the answer shows something, so that somebody has seen it."""
    return answer.status_code == 200
