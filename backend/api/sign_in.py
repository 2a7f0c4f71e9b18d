"""Sign-in, sign-out, session and passwords: the only flows of django-allauth that are served.

Every other route of the library answers 404. tests/accounts/test_library_routes.py lists them all.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

import orjson
from allauth.core import ratelimit
from allauth.headless.account import views
from allauth.headless.account.response import RequestPasswordResponse
from allauth.headless.constants import Client
from allauth.headless.internal.restkit import inputs
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from backend.accounts import known_devices
from backend.accounts.sign_in_limits import TooManyTries
from backend.audit import services as audit
from backend.care.models import Patient
from backend.messaging import passwords

from .errors import CONTENT_TYPE, body, problem_response

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


class AskInput(inputs.Input):
    """Whose password is to be set anew."""

    email = inputs.EmailField(max_length=254)


class AskForNewPassword(views.RequestPasswordResetView):
    """Ask for a link by e-mail. The answer is the same for every address."""

    input_class = AskInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer before anybody is looked up."""
        if not ratelimit.consume(request, action="reset_password"):
            return too_many(A_MINUTE)
        passwords.ask(email=self.input.cleaned_data["email"], now=timezone.now())
        answer: HttpResponse = RequestPasswordResponse(request)
        return answer


class SetNewPassword(views.ResetPasswordView):
    """Set a new password with the key of the mailed link, and sign in."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Know this device from now on: whoever has the mail has a way in while others guess."""
        answer: HttpResponse = super().post(request, *args, **kwargs)
        person = self.input.user
        known_devices.remember(request, answer, email=person.email)
        note_new_password(person, now=timezone.now())
        return answer


class ChangePassword(views.ChangePasswordView):
    """Change one's own password, with the old one."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer as the library does."""
        answer: HttpResponse = super().post(request, *args, **kwargs)
        note_new_password(request.user, now=timezone.now())
        return answer


def note_new_password(person: Any, *, now: datetime) -> None:
    """Add to the audit that a patient has a new password."""
    patients = Patient.objects.filter(person=person.pk).values_list("pk", flat=True)
    audit.record(now=now, person=person.pk, patients=patients, verb="changed", what="password")


def too_many(seconds: int) -> HttpResponse:
    """Refuse a try, and say in how many seconds the next one is answered."""
    detail = f"Too many tries. Try again in {seconds} seconds."
    document = body(HTTPStatus.TOO_MANY_REQUESTS, "too_many", detail, retry_after=seconds)
    answer = HttpResponse(orjson.dumps(document), status=HTTPStatus.TOO_MANY_REQUESTS, content_type=CONTENT_TYPE)
    answer.headers["Retry-After"] = str(seconds)
    add_never_cache_headers(answer)
    return answer


def _strict(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse a body that the API refuses too, and say how long to wait where the library only says to wait."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.body and not _is_json(request.body):
            return problem_response(400, "parse_error", "The body is not JSON. Send one JSON object.")
        given = view(request, *args, **kwargs)
        limited = given.status_code == HTTPStatus.TOO_MANY_REQUESTS and not given.has_header("Retry-After")
        return too_many(A_MINUTE) if limited else given

    return answer


def _is_json(text: bytes) -> bool:
    """Not for half a character, nor for a thousand brackets: the library would break on both."""
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _route(address: str, view: type[views.APIView], name: str) -> Any:
    return path(PREFIX + address, _strict(view.as_api_view(client=Client.BROWSER)), name=name)


urlpatterns = [
    _route("auth/session", views.SessionView, "session"),
    _route("auth/login", SignIn, "sign_in"),
    _route("auth/password/request", AskForNewPassword, "request_password"),
    _route("auth/password/reset", SetNewPassword, "reset_password"),
    _route("account/password/change", ChangePassword, "change_password"),
]
