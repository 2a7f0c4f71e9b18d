"""How sign-in behaves: nobody signs up alone, and a session lasts as long as the role allows."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from . import known_devices, sign_in_limits
from .models import Person
from .services import end_tokens


class AccountAdapter(DefaultAccountAdapter):
    """django-allauth's hooks."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are invited by their clinic."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Look at a password. Raise TooManyTries; only a wrong one counts."""
        email = credentials["email"]
        device = known_devices.device_of(request, email=email)
        tries = sign_in_limits.use_a_try(request, email=email, device=device)
        person: Person | None = super().authenticate(request, **credentials)
        if person is not None:
            tries.give_back()
        return person

    def set_password(self, user: Person, password: str) -> None:
        """Keep the password alone, of whoever still works here: her work may have ended since she was read.

        The old password's sessions end with it; its tokens are ended here.
        """
        user.set_password(password)
        end_tokens(person=user)
        Person.objects.filter(pk=user.pk, is_active=True).update(password=user.password)

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in. Staff share computers: their session ends after hours; a phone stays signed in for weeks."""
        super().login(request, user)
        span = settings.STAFF_SESSION if user.is_staff_member else settings.PATIENT_SESSION
        request.session.set_expiry(span)
