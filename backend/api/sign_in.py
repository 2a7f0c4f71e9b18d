"""Sign-in, sign-out, session and passwords: the only flows of django-allauth that are served.

Every other route of the library answers 404. tests/accounts/test_library_routes.py lists them all.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import orjson
from allauth.headless.account import views
from allauth.headless.constants import Client
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.cache import add_never_cache_headers

from backend.accounts import known_devices
from backend.accounts.sign_in_limits import TooManyTries

from .errors import CONTENT_TYPE, body

A_MINUTE = 60
PREFIX = "browser/v1/"


class SignIn(views.LoginView):
    """Sign in with e-mail address and password, and remember the device."""

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer as the library does; 429 problem with Retry-After after too many tries."""
        try:
            answer: HttpResponseBase = super().handle(request, *args, **kwargs)
        except TooManyTries as refused:
            return too_many(refused.seconds)
        if answer.status_code == HTTPStatus.OK and isinstance(answer, HttpResponse):
            known_devices.remember(request, answer, email=self.input.cleaned_data["email"])
        return answer


def too_many(seconds: int) -> HttpResponse:
    """Refuse a try, and say in how many seconds the next one is answered."""
    detail = f"Too many tries. Try again in {seconds} seconds."
    document = body(HTTPStatus.TOO_MANY_REQUESTS, "too_many", detail, retry_after=seconds)
    answer = HttpResponse(orjson.dumps(document), status=HTTPStatus.TOO_MANY_REQUESTS, content_type=CONTENT_TYPE)
    answer.headers["Retry-After"] = str(seconds)
    add_never_cache_headers(answer)
    return answer


def _says_when(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The library limits some flows by the minute and names no time to wait: say it."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        given = view(request, *args, **kwargs)
        limited = given.status_code == HTTPStatus.TOO_MANY_REQUESTS and not given.has_header("Retry-After")
        return too_many(A_MINUTE) if limited else given

    return answer


def _route(address: str, view: type[views.APIView], name: str) -> Any:
    return path(PREFIX + address, _says_when(view.as_api_view(client=Client.BROWSER)), name=name)


urlpatterns = [
    _route("auth/session", views.SessionView, "session"),
    _route("auth/login", SignIn, "sign_in"),
    _route("auth/password/request", views.RequestPasswordResetView, "request_password"),
    _route("auth/password/reset", views.ResetPasswordView, "reset_password"),
    _route("account/password/change", views.ChangePasswordView, "change_password"),
]
