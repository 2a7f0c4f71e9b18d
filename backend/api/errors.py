"""One form for every problem: application/problem+json with code, what is wrong, and what to do next (RFC 9457)."""

import logging
from collections.abc import Iterator
from math import ceil
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout
from rest_framework import exceptions, status
from rest_framework.response import Response

logger = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"
BROKEN = "Something is broken on our side. Nothing was kept. Please send it again."
PAGE_OUT_OF_DATE = "This page is out of date. Reload it and try again; nothing was kept."


class Problem(Exception):
    """A refusal in the words of the person who meets it. `fields` are (field, reason, mend)."""

    def __init__(
        self, http: int, code: str, detail: str, fields: list[tuple[str, str, str]] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.http, self.code, self.detail, self.more = http, code, detail, more
        self.fields = [{"field": field, "reason": reason, "mend": mend} for field, reason, mend in fields or []]


class TooLarge(exceptions.APIException):
    """The body is over 1 MiB."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = "The body is larger than 1 MiB. Send a smaller one."


# What the server answers to a request that never reaches a view. deploy/proxy/ has 413 and 503 for the proxy.
OF_SERVER = {
    400: ("bad_request", "This request was not understood. Check the address and the headers."),
    413: ("too_large", "The body is larger than 5 MiB, and was not read. Send a smaller one."),
    431: ("headers_too_large", "The headers are larger than 64 KiB. Send fewer or shorter ones."),
    503: ("site_away", "Handhold is starting again. Keep this and send it again in a moment."),
    501: ("not_implemented", "This transfer coding is not known here. Send the body as it is, or chunked."),
}
# Django REST framework's own refusals, by code, with what to do next.
OF_FRAMEWORK = {
    "not_authenticated": "Nobody is signed in. Sign in, or send a token as Authorization: Bearer TOKEN.",
    "method_not_allowed": "This address does not take that method. The header Allow lists those it takes.",
    "not_acceptable": "Answers come as application/json only. Send Accept: application/json.",
    "unsupported_media_type": "The body has another type than this address takes. Nothing was kept. "
    "Send JSON with Content-Type: application/json, pieces of a photo as application/octet-stream.",
}
TITLES = {
    400: "Not understood", 401: "Not signed in", 403: "Not allowed", 404: "Not found", 405: "Not possible here",
    406: "Not to be had in this form", 409: "Conflict", 413: "Too large", 415: "Wrong content type",
    422: "Refused", 429: "Too many tries", 431: "Headers too large", 501: "Not possible here",
    503: "Not available now",
}  # fmt: skip


def not_found() -> Problem:
    """What is not yours, and what is not there, look the same."""
    return Problem(404, "not_found", "There is nothing here, or it is not yours. Check the address.")


def body(http: int, code: str, detail: str, fields: list[dict[str, str]] | None = None, **more: Any) -> dict[str, Any]:
    """The members of a problem document."""
    title = TITLES.get(http, "Problem")
    return {"type": "about:blank", "title": title, "status": http, "code": code, "detail": detail,
            "fields": fields or [], **more}  # fmt: skip


def answer(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's exception handler: every exception becomes a problem document."""
    headers = {}
    if isinstance(exception, Problem):
        document = body(exception.http, exception.code, exception.detail, exception.fields, **exception.more)
    elif isinstance(exception, (Http404, PermissionDenied)):
        missing = not_found()
        document = body(missing.http, missing.code, missing.detail)
    elif isinstance(exception, (OperationalError, InterfaceError, PoolTimeout)):
        # Its cause too: two acts that waited for each other look like a database that is away.
        logger.warning("Database away: %s, %s", type(exception).__name__, type(exception.__cause__).__name__)
        document = body(
            503,
            "database_away",
            "Handhold cannot keep this right now. Keep it and send it again in a moment.",
        )
        headers["Retry-After"] = "2"
    elif isinstance(exception, RequestDataTooBig):
        document = body(413, "too_large", TooLarge.default_detail)
    elif isinstance(exception, exceptions.APIException):
        document = _of_api_exception(exception)
        if wait := getattr(exception, "wait", None):
            headers["Retry-After"] = str(ceil(wait))
        if header := getattr(exception, "auth_header", None):
            headers["WWW-Authenticate"] = header
    else:
        return None
    response = Response(document, status=document["status"], headers=headers, content_type=CONTENT_TYPE)
    response.exception = True
    return response


def _of_api_exception(exception: exceptions.APIException) -> dict[str, Any]:
    if isinstance(exception, exceptions.ValidationError):
        fields = [
            {"field": field or "body", "reason": reason, "mend": "Correct this field and send it again."}
            for field, reason in _flat(exception.detail)
        ]
        return body(422, "invalid", "Some fields are not as they should be. Nothing was kept.", fields)
    if isinstance(exception, exceptions.Throttled):
        seconds = ceil(getattr(exception, "wait", None) or 1)
        return body(429, "too_many", f"Too many requests in a short time. Send it again in {seconds} seconds; nothing "
                    "was kept.", retry_after=seconds)  # fmt: skip
    codes = exception.get_codes()
    code = codes if isinstance(codes, str) else "refused"
    if isinstance(exception, exceptions.PermissionDenied) and str(exception.detail).startswith("CSRF Failed"):
        return body(403, "csrf", PAGE_OUT_OF_DATE)
    return body(exception.status_code, code, OF_FRAMEWORK.get(code, str(exception.detail)))


def _flat(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _flat(value, f"{path}.{key}" if path else str(key))
    elif isinstance(detail, list):
        for item in detail:
            yield from _flat(item, path)
    else:
        yield path, str(detail)


def problem_response(http: int, code: str, detail: str) -> HttpResponse:
    """A problem outside the API's views."""
    return HttpResponse(orjson.dumps(body(http, code, detail)), status=http, content_type=CONTENT_TYPE)


def refusal_of_server(http: int) -> dict[str, Any]:
    """The problem document for a request that the server refuses before any view sees it. 500 if it broke."""
    code, detail = OF_SERVER.get(http, ("broken", BROKEN))
    return body(http if http in OF_SERVER else 500, code, detail)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF check refused a request."""
    return problem_response(403, "csrf", PAGE_OUT_OF_DATE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request itself is not right, such as a host name that is not ours."""
    return problem_response(400, *OF_SERVER[400])


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No route matches."""
    missing = not_found()
    return problem_response(404, missing.code, missing.detail)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something is broken here. The phone keeps the log and sends it again."""
    return problem_response(500, "broken", BROKEN)
