"""Tell Celery that work waits. One nudge at a time: a key in Redis says one is under way.

The task removes the key before it looks for work, so a log committed after that nudges again and one committed
before it is seen. The key ends by itself should the task be lost; the minute's sweep is the safety net.
"""

import logging
from functools import lru_cache

import redis
from celery import current_app
from django.conf import settings

logger = logging.getLogger(__name__)

FORGET_AFTER_MS = 5_000


@lru_cache(maxsize=1)
def _redis() -> "redis.Redis":
    wait = settings.REDIS_TIMEOUT_SECONDS
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=wait,
        socket_connect_timeout=wait,
        retry=None,
        health_check_interval=0,
    )


def _key(task: str) -> str:
    return f"handhold:nudge:{task}"


def nudge(task: str) -> bool:
    """Tell a worker to run `task` now, unless it has been told already. False if Redis did not take it in time.

    Whatever goes wrong here, the caller's work is committed and it must be able to do the rest by itself.
    """
    try:
        if _redis().set(_key(task), "1", nx=True, px=FORGET_AFTER_MS):
            _send(task)
    except Exception as error:
        logger.warning("No nudge for %s, Redis did not take it: %s", task, type(error).__name__)
        return False
    return True


def _send(task: str) -> None:
    try:
        current_app.send_task(task, retry=False, ignore_result=True)
    except Exception:
        _redis().delete(_key(task))
        raise


def nudge_taken(task: str) -> None:
    """Called by the task before it looks for work: from here on a new nudge is needed."""
    try:
        _redis().delete(_key(task))
    except (redis.RedisError, OSError) as error:
        logger.warning("Nudge for %s not taken back: %s", task, type(error).__name__)
