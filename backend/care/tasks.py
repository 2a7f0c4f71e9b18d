import logging

from celery import shared_task
from django.utils import timezone

from backend.ticks import services as ticks

from . import time_zones

logger = logging.getLogger(__name__)


@shared_task(name="care.compare_time_zones")
def compare_time_zones() -> None:
    """Warn in the log when the site's rules of time zones are not all of the same year. Safe to run twice."""
    for problem in time_zones.problems(now=timezone.now()):
        logger.warning(problem)
    ticks.beat(name="compare_time_zones", now=timezone.now())
