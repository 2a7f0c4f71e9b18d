from time import sleep

from celery import shared_task
from django.utils import timezone

from backend.ticks import services as ticks
from backend.ticks.nudge import nudge, nudge_taken

from . import contacts, escalation, flagging, follow_up, leaving, missed_logs, unseen_calls, work_items

FLAG_WAITING_LOGS = "triage.flag_waiting_logs"
HELP_FLAGGING = "triage.help_flagging"
BATCH = 200
BREATH_SECONDS, LONGEST_BREATH_SECONDS = 0.003, 0.1


@shared_task(name=FLAG_WAITING_LOGS)
def flag_waiting_logs() -> None:
    """Flag what waits; then, after a breath, what came meanwhile.

    The nudge is taken back between the two: a log that found one under way was committed before that, and is seen by
    the second look. So many logs that come at once share one task instead of starting one each. The breath is short for
    a single log, and grows as the square of those that came together: under load there is more to share.
    """
    flagged = _flag_all()
    sleep(min(BREATH_SECONDS * flagged**2, LONGEST_BREATH_SECONDS))
    nudge_taken(FLAG_WAITING_LOGS)
    _flag_all()
    ticks.beat(name="flag_waiting_logs", now=timezone.now())


@shared_task(name=HELP_FLAGGING)
def help_flagging() -> None:
    """Flag one batch beside a process that has more than one before it, as after an outage.

    Only one, so that messages get their turn; that process calls again.
    """
    flagging.flag_next(now=timezone.now(), batch=BATCH)
    nudge_taken(HELP_FLAGGING)


def _flag_all() -> int:
    return flagging.flag_waiting_logs(now=timezone.now(), batch=BATCH, call_help=lambda: nudge(HELP_FLAGGING))


@shared_task(name="triage.flag_failed_logs")
def flag_failed_logs() -> None:
    flagging.flag_failed_logs(now=timezone.now(), batch=BATCH)
    ticks.beat(name="flag_failed_logs", now=timezone.now())


@shared_task(name="triage.escalate_overdue_alerts")
def escalate_overdue_alerts() -> None:
    leaving.release_what_nobody_holds(now=timezone.now())
    escalation.escalate_overdue_alerts(now=timezone.now())
    ticks.beat(name="escalate_overdue_alerts", now=timezone.now())


@shared_task(name="triage.find_missed_logs")
def find_missed_logs() -> None:
    missed_logs.find_missed_logs(now=timezone.now())
    ticks.beat(name="find_missed_logs", now=timezone.now())


@shared_task(name="triage.send_follow_ups")
def send_follow_ups() -> None:
    follow_up.send_follow_ups(now=timezone.now())
    ticks.beat(name="send_follow_ups", now=timezone.now())


@shared_task(name="triage.find_proactive_calls")
def find_proactive_calls() -> None:
    work_items.find_proactive_calls(now=timezone.now())
    ticks.beat(name="find_proactive_calls", now=timezone.now())


@shared_task(name="triage.find_work_items")
def find_work_items() -> None:
    work_items.find_unreached(now=timezone.now())
    work_items.follow_messages(now=timezone.now())
    unseen_calls.find_unseen_calls(now=timezone.now())
    contacts.end_work_of_who_left_care()
    ticks.beat(name="find_work_items", now=timezone.now())
