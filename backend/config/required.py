"""Settings without which web and worker refuse to start."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def check() -> None:
    """Raise ImproperlyConfigured with what to set: sign-ins would not last, or no alert would be mailed."""
    if not settings.SECRET_KEY_IS_SET:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, so sign-ins would end with each restart. "
            "Set it to a long random text: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if not settings.MAIL_IS_SET:
        raise ImproperlyConfigured(
            "EMAIL_URL is not set, so no alert would be mailed to a nurse. "
            "Set it to your mail server: EMAIL_URL=smtp+tls://name:password@host:587"
        )
