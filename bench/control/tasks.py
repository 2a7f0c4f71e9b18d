from celery import shared_task

from .models import Alert, Log

WORST_STOOLS, WORST_SYSTOLIC, WORST_DIASTOLIC = 7, 160, 100


@shared_task
def judge_log(log_id: str) -> None:
    """One task a log: three thresholds, and an alert if one is crossed. Much less than a protocol asks for."""
    log = Log._default_manager.get(pk=log_id)
    if log.stools >= WORST_STOOLS or log.systolic >= WORST_SYSTOLIC or log.diastolic >= WORST_DIASTOLIC:
        Alert._default_manager.create(log=log)
