from celery import shared_task


@shared_task
def judge_log(log_id: str) -> None:
    """Nobody takes it: what judging costs is left out, in the control's favor."""
