from celery import shared_task
from django.utils import timezone

from backend.ticks import services as ticks

from . import services


@shared_task(name="accounts.remove_what_is_over")
def remove_what_is_over() -> None:
    services.remove_what_is_over(now=timezone.now())
    ticks.beat(name="remove_what_is_over", now=timezone.now())
