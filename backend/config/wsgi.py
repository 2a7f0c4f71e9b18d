"""The web process. Refuses to start without a secret or a mail server, and is warm before the first request."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from backend.config import required

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

application = get_wsgi_application()


def _warm_up() -> None:
    """Read the protocols and the routes now, so that the first patient does not wait for it."""
    from django.urls import get_resolver

    from backend.protocol import load

    for drug in load.drugs():
        load.newest(drug)
    get_resolver().resolve("/api/v1/me")


required.check()
_warm_up()
# What is loaded by now stays for good: the garbage collector need not walk through it after every few thousand objects,
# and the web processes go on sharing its memory.
gc.collect()
gc.freeze()
