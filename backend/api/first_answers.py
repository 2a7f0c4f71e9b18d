"""What the patient's page would ask for first, answered in the page itself: on a slow line each question costs a wait.

The answers are those of the API to the same session, with its permissions and its audit.
"""

from copy import copy

from django.http import HttpRequest, QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from rest_framework.response import Response
from rest_framework.views import APIView

from .logs import LogsView
from .me import MeView

ME, LOGS = "/api/v1/me", "/api/v1/logs?limit=28"
QUESTIONS: dict[str, type[APIView]] = {ME: MeView, LOGS: LogsView}
PASSED_ON = {"HTTP_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_COOKIE"}
# As django.utils.html.json_script escapes: nothing that a patient wrote can end the element.
ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def first_answers(request: HttpRequest) -> dict[str, Response]:
    """The API's answers by address, refusals left out: the page asks again and reads why. Empty without a session."""
    if not request.user.is_authenticated:
        return {}
    answers = {address: view.as_view()(_question(request, address)) for address, view in QUESTIONS.items()}
    return {address: answer.render() for address, answer in answers.items() if answer.status_code == 200}


def as_elements(answers: dict[str, Response]) -> SafeString:
    """A script element for each answer, which the page reads as if it had fetched it."""
    element = '<script type="application/json" data-path="{}" data-etag="{}">{}</script>'
    return format_html_join(
        "",
        element,
        (
            (address, answer.get("ETag", ""), mark_safe(answer.content.decode().translate(ESCAPED)))  # noqa: S308
            for address, answer in answers.items()
        ),
    )


def _question(request: HttpRequest, address: str) -> HttpRequest:
    """GET of this address with the page's session, and with no header of the page's but who asks from where."""
    asked = copy(request)
    asked.__dict__.pop("headers", None)  # Django keeps them from the first reading on
    path, _, query = address.partition("?")
    asked.method, asked.path, asked.path_info, asked.GET = "GET", path, path, QueryDict(query)
    own = {key: value for key, value in request.META.items() if not key.startswith("HTTP_") or key in PASSED_ON}
    asked.META = {**own, "HTTP_ACCEPT": "application/json"}
    return asked
