"""Settings, addresses and processes of the whole site."""

from .celery import app as celery_app

__all__ = ["celery_app"]
