"""How often a password may be tried. Decision record: docs/decisions/ on sign-in limits.

A device that nobody knows is limited by account and network together, by account, and by network. A device on which
the account has signed in before is limited by itself alone: nobody else can use up its tries.
"""

import time
from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

APP = "sign_in"
Limit = tuple[str, str]
"""The name of a limit in SIGN_IN_LIMITS, and whose tries it counts."""


class TooManyTries(Exception):
    """The next try is answered in `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many tries, wait {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Tries:
    """What one try has used up."""

    used: list[ratelimit.RateLimitUsage]

    def give_back(self) -> None:
        """Count this try no more: it was right, or it was refused."""
        for usage in self.used:
            usage.rollback()


def use_a_try(request: HttpRequest, *, email: str, device: str | None) -> Tries:
    """Count one try before its password is looked at. Raise TooManyTries; a refused try is not counted."""
    tries = Tries([])
    for action, key in _limits(email.strip().lower(), ratelimit.get_ip(request), device):
        usage = ratelimit.consume(request, app=APP, action=action, config=settings.SIGN_IN_LIMITS, key=key)
        if usage is None:
            tries.give_back()
            raise TooManyTries(_seconds_to_wait(request, action, key))
        tries.used.append(usage)
    return tries


def _limits(email: str, network: str, device: str | None) -> list[Limit]:
    if device is not None:
        return [("known_device", f"{email} {device}")]
    return [("network", network), ("account", email), ("account_and_network", f"{email} {network}")]


def _seconds_to_wait(request: HttpRequest, action: str, key: str) -> int:
    """Until the oldest try that counts is forgotten; 1 where another try of the same moment was in the way."""
    now, waits = time.time(), [1.0]
    for rate in ratelimit.get_rates(app=APP, action=action, config=settings.SIGN_IN_LIMITS):
        history = cache.get(ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])
        if len(history) >= rate.amount:
            waits.append(history[-1] + rate.duration - now)
    return int(max(waits)) + 1
