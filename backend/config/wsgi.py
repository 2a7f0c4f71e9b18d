"""The web process. Refuses to start without a secret, and is warm before the first request."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

application = get_wsgi_application()


def _check() -> None:
    from django.conf import settings

    if not settings.SECRET_KEY_IS_SET:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, so sign-ins would end with each restart. "
            "Set it to a long random text: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


_check()
