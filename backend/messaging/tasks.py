from celery import shared_task
from django.utils import timezone

from backend.ticks import services as ticks
from backend.ticks.nudge import nudge, nudge_taken

from . import passwords, roster_alarms, services

MOST_AT_ONCE = 50


@shared_task(name=services.TASK)
def send_waiting_deliveries() -> None:
    """Send what is due; after many, let logs that wait have their turn first."""
    nudge_taken(services.TASK)
    if _send_all() >= MOST_AT_ONCE:
        nudge(services.TASK)
    passwords.send_links(now=timezone.now())
    ticks.beat(name="send_waiting_deliveries", now=timezone.now())


def _send_all() -> int:
    """Look again after each turn: whoever wanted to send what came meanwhile found this one at it, and went."""
    sent = 0
    while sent < MOST_AT_ONCE:
        more = services.send_waiting_deliveries(now=timezone.now(), most=MOST_AT_ONCE - sent)
        if not more:
            break
        sent += more
    return sent


@shared_task(name="messaging.alarm_roster_gaps")
def alarm_roster_gaps() -> None:
    roster_alarms.alarm_roster_gaps(now=timezone.now())
    ticks.beat(name="alarm_roster_gaps", now=timezone.now())
