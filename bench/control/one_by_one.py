"""Flagging by one task for each log, with Celery's defaults: the control of catching up after an outage.

Runs with Handhold's own settings, since it flags Handhold's own logs with Handhold's own service.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
app = Celery("one_by_one", broker=os.environ.get("REDIS_URL"))


@app.task
def flag_log(log_id: str) -> None:
    """Flag one log."""
    from django.utils import timezone

    from backend.triage import flagging

    flagging.flag_logs(ids=[log_id], now=timezone.now())  # type: ignore[list-item]
