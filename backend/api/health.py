"""Is the site alive, and is everything that guards patients running? For load balancers and monitors; no data."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from psycopg_pool import PoolTimeout

from backend.care import time_zones
from backend.ticks.selectors import late_ticks
from backend.triage.selectors import oldest_waiting_since

LOOPBACK = frozenset({"127.0.0.1", "::1"})
LONGEST_WAIT = timedelta(minutes=2)


def alive(request: HttpRequest) -> JsonResponse:
    """200 while the process answers."""
    return JsonResponse({"status": "alive"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when PostgreSQL answers, every tick has run within two periods and no log waits longer than two minutes.

    Redis being away is reported, and turns the answer red only through the ticks that stop: logs are still
    accepted and flagged without it. Time zones on which Python and PostgreSQL disagree are reported alone: nothing
    depends on PostgreSQL's.

    Details are for who asks from this very machine, and for signed-in staff. Anybody else reads the state alone.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        problems = _problems()
    except (Error, PoolTimeout):
        problems = ["database: does not answer"]
    report: dict[str, Any] = {"status": "ready" if not problems else "not ready"}
    status = 503 if problems else 200
    if not _is_inside(request):
        return JsonResponse(report, status=status)
    report["problems"] = problems
    report["time_zones"] = _time_zone_problems(timezone.now().replace(minute=0, second=0, microsecond=0)) or "agree"
    report["redis"] = "answers" if _redis_answers() else "away: logs are flagged by the web process"
    return JsonResponse(report, status=status)


def _is_inside(request: HttpRequest) -> bool:
    """Whether this comes from the machine itself, not through a proxy, or from signed-in staff."""
    if request.META.get("REMOTE_ADDR") in LOOPBACK and "X-Forwarded-For" not in request.headers:
        return True
    try:
        return bool(getattr(request.user, "is_staff_member", False))
    except (Error, PoolTimeout):
        return False


def _problems() -> list[str]:
    now = timezone.now()
    problems = [f"tick {tick.name}: last ran {tick.last_at or 'never'}" for tick in late_ticks(now=now)]
    waiting = oldest_waiting_since(now)
    if waiting is not None and waiting > LONGEST_WAIT:
        problems.append(f"flagging: a log has waited {int(waiting.total_seconds())} s")
    return problems


@lru_cache(maxsize=1)
def _time_zone_problems(hour: datetime) -> list[str]:
    """Compared once an hour: it reads every time zone in use."""
    try:
        return time_zones.problems(now=hour)
    except (Error, PoolTimeout):
        return ["not compared: the database does not answer"]


def _redis_answers() -> bool:
    wait = settings.REDIS_TIMEOUT_SECONDS
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=wait, socket_connect_timeout=wait, retry=None
        ) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
