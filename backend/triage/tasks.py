from time import sleep

from celery import shared_task
from django.utils import timezone

from backend.ticks import services as ticks
from backend.ticks.nudge import nudge_taken

from . import escalation, flagging, missed_logs

FLAG_WAITING_LOGS = "triage.flag_waiting_logs"
BATCH = 200
BREATH_SECONDS = 0.015


@shared_task(name=FLAG_WAITING_LOGS)
def flag_waiting_logs() -> None:
    """Flag what waits; then, after a breath, what came meanwhile.

    The nudge is taken back between the two: a log that found one under way was committed before that, and is seen by
    the second look. So many logs that come at once share one task instead of starting one each.
    """
    flagging.flag_waiting_logs(now=timezone.now(), batch=BATCH)
    sleep(BREATH_SECONDS)
    nudge_taken(FLAG_WAITING_LOGS)
    flagging.flag_waiting_logs(now=timezone.now(), batch=BATCH)
    ticks.beat(name="flag_waiting_logs", now=timezone.now())


@shared_task(name="triage.flag_failed_logs")
def flag_failed_logs() -> None:
    flagging.flag_failed_logs(now=timezone.now(), batch=BATCH)
    ticks.beat(name="flag_failed_logs", now=timezone.now())


@shared_task(name="triage.escalate_overdue_alerts")
def escalate_overdue_alerts() -> None:
    escalation.escalate_overdue_alerts(now=timezone.now())
    ticks.beat(name="escalate_overdue_alerts", now=timezone.now())


@shared_task(name="triage.find_missed_logs")
def find_missed_logs() -> None:
    missed_logs.find_missed_logs(now=timezone.now())
    ticks.beat(name="find_missed_logs", now=timezone.now())
