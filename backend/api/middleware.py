"""What holds for every answer of the API and of sign-in: kept by no cache, and no JSON that breaks who reads it."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError

from .errors import TooLarge, problem_response
from .formats import NotJSON, read_json

Answer = Callable[[HttpRequest], HttpResponse]
SIGN_IN, API = "/_allauth/", "/api/"


def kept_nowhere(get_response: Answer) -> Answer:
    """Let no cache keep an answer about a person. A view whose answer is about nobody says so itself.

    The pages keep tags and answers in their own store, and send If-None-Match themselves.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        given = get_response(request)
        if request.path.startswith((API, SIGN_IN)) and not given.has_header("Cache-Control"):
            given.headers["Cache-Control"] = "private, no-store"
        return given

    return answer


def sound_json(get_response: Answer) -> Answer:
    """Refuse at sign-in what the API refuses in its own parser, before the library reads it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(SIGN_IN) and request.content_type == "application/json":
            try:
                if request.body:
                    read_json(request.body)
            except NotJSON as refused:
                return problem_response(400, "parse_error", str(refused))
            except RequestDataTooBig:
                return problem_response(413, "too_large", TooLarge.default_detail)
            except UnreadablePostError:
                return problem_response(400, "bad_request", "The body did not arrive whole. Send it again.")
        return get_response(request)

    return answer
