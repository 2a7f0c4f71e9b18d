"""Devices on which an account has signed in before. A signed cookie says so; nothing is stored here.

The cookie lets nobody in. It only says whose tries are counted: those of this device, not those of strangers.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac

LASTS = timedelta(days=400)
"""Longer than browsers keep a cookie that nobody uses."""


def cookie_of(email: str) -> str:
    """The cookie's name for this account. It does not tell the address."""
    return "device_" + salted_hmac("known device", _plain(email)).hexdigest()[:16]


def device_of(request: HttpRequest, *, email: str) -> str | None:
    """Return the device's random name if this account has signed in on it before."""
    found = request.get_signed_cookie(cookie_of(email), default=None, salt=_salt(email), max_age=LASTS)
    return found or None


def remember(request: HttpRequest, response: HttpResponse, *, email: str) -> None:
    """Know this device from now on. Only sign-in ever sees the cookie."""
    response.set_signed_cookie(
        cookie_of(email),
        device_of(request, email=email) or get_random_string(22),
        salt=_salt(email),
        max_age=LASTS,
        path=reverse("sign_in"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _plain(email: str) -> str:
    return email.strip().lower()


def _salt(email: str) -> str:
    return f"known device of {_plain(email)}"
