from celery import shared_task
from django.utils import timezone

from backend.ticks import services as ticks
from backend.ticks.nudge import nudge_taken

from . import services


@shared_task(name=services.TASK)
def send_waiting_deliveries() -> None:
    nudge_taken(services.TASK)
    services.send_waiting_deliveries(now=timezone.now())
    ticks.beat(name="send_waiting_deliveries", now=timezone.now())
