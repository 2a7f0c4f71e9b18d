"""The Celery application and its clock. Tasks are nudges and short ticks: what is due is always a row."""

import gc
import os
import sys

from celery import Celery
from celery.schedules import crontab
from celery.signals import task_postrun, worker_init, worker_process_init, worker_ready
from django.core.exceptions import ImproperlyConfigured
from django.db import close_old_connections
from kombu.entity import Queue

from backend.config import required

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
TICK_SECONDS = float(os.environ.get("TICK_SECONDS", "60"))  # what is due waits no longer than this for a tick
MINUTE = 60
# Name, task, when, and after how many seconds nobody needs it any more: a worker that was away for a night finds one
# of each to do, not hundreds.
TICKS = [
    ("flag_waiting_logs", "triage.flag_waiting_logs", TICK_SECONDS, MINUTE),
    ("flag_failed_logs", "triage.flag_failed_logs", TICK_SECONDS, MINUTE),
    ("escalate_overdue_alerts", "triage.escalate_overdue_alerts", TICK_SECONDS, MINUTE),
    ("send_waiting_deliveries", "messaging.send_waiting_deliveries", TICK_SECONDS, MINUTE),
    ("find_work_items", "triage.find_work_items", TICK_SECONDS, MINUTE),
    ("find_missed_logs", "triage.find_missed_logs", crontab(minute=5), 60 * MINUTE),
    ("send_follow_ups", "triage.send_follow_ups", crontab(minute=10), 60 * MINUTE),
    ("find_proactive_calls", "triage.find_proactive_calls", crontab(minute=15), 60 * MINUTE),
    ("remove_unfinished_photos", "diary.remove_unfinished_photos", crontab(minute=20), 60 * MINUTE),
    ("alarm_roster_gaps", "messaging.alarm_roster_gaps", crontab(minute=15), 60 * MINUTE),
    ("compare_time_zones", "care.compare_time_zones", crontab(minute=25), 60 * MINUTE),
    ("remove_what_is_over", "accounts.remove_what_is_over", crontab(minute=35), 60 * MINUTE),
]

app = Celery("handhold")
app.conf.update(
    timezone="UTC",
    enable_utc=True,
    task_ignore_result=True,
    result_backend=None,
    # Nothing is acknowledged: a lost nudge is made good by the next tick. A worker that had to settle its
    # acknowledgements when Redis went away would end itself.
    task_queues=[Queue("celery", no_ack=True)],
    task_publish_retry=False,
    # Celery would close the pool of connections around every task, and open it anew: 20 ms each time.
    CELERY_DB_REUSE_MAX=sys.maxsize,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "socket_timeout": 5,
        "socket_connect_timeout": 0.2,
    },
    beat_schedule={
        name: {"task": task, "schedule": schedule, "options": {"expires": expires}}
        for name, task, schedule, expires in TICKS
    },
)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["backend.accounts", "backend.care", "backend.diary", "backend.triage", "backend.messaging"])


@worker_init.connect
def refuse_without_settings(**_: object) -> None:
    """The worker sends the mails: without a mail server it ends, and says what to set."""
    try:
        required.check()
    except ImproperlyConfigured as missing:
        sys.exit(str(missing))


@worker_process_init.connect
def keep_what_is_loaded(**_: object) -> None:
    """As the web does (wsgi.py): the garbage collector need not walk through the code again and again."""
    gc.collect()
    gc.freeze()


@task_postrun.connect
def give_back_the_connection(**_: object) -> None:
    """To the pool, which looks whether a connection still works before it hands it out again."""
    close_old_connections()


@worker_ready.connect
def run_every_tick_once(**_: object) -> None:
    """A worker that starts looks at once for what was due while none ran."""
    for entry in app.conf.beat_schedule.values():
        app.send_task(entry["task"])
