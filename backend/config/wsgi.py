"""The web process. Refuses to start without a secret, and is warm before the first request."""

import gc
import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

application = get_wsgi_application()


def _check() -> None:
    """Raise ImproperlyConfigured where sign-ins could not last."""
    from django.conf import settings

    if not settings.SECRET_KEY_IS_SET:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, so sign-ins would end with each restart. "
            "Set it to a long random text: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


def _warm_up() -> None:
    """Read the protocols and the routes now, so that the first patient does not wait for it."""
    from django.urls import get_resolver

    from backend.protocol import load

    for drug in load.drugs():
        load.newest(drug)
    get_resolver().resolve("/api/v1/me")


_check()
_warm_up()
# What is loaded by now stays for good: the garbage collector need not walk through it after every few thousand objects,
# and the web processes go on sharing its memory.
gc.collect()
gc.freeze()
