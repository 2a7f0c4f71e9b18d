"""How many requests one app or person may send: room for every outbox and every page, and an end for a runaway loop."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class ByPerson(SimpleRateThrottle):
    """Counts by bearer token where there is one, so that a runaway app leaves its person's own phone alone; else by
    person. Who is not signed in gets no further than 401 and is not counted."""

    scope = "api"
    cache = caches["requests"]

    def get_rate(self) -> str:
        """Requests a minute."""
        return f"{settings.API_REQUESTS_A_MINUTE}/min"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """Whose requests are counted together."""
        if request.user is None or not request.user.is_authenticated:
            return None
        token = request.headers.get("Authorization", "")
        who = hashlib.sha256(token.encode()).hexdigest() if token else str(request.user.pk)
        return f"{self.scope}:{who}"


class LogsByPerson(ByPerson):
    """Room of their own for daily logs and what a patient says about them: nothing else can use it up."""

    scope = "logs"
