"""A log is kept and answered whatever happens to the flagging after it."""

from backend.triage import flagging, receive
from backend.triage.models import Alert
from tests.conftest import NOON, stools


def test_with_redis_away_the_log_is_flagged_in_its_own_request(
    maria, log, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(receive, "nudge", lambda task: False)
    with django_capture_on_commit_callbacks(execute=True):
        log(maria, stools(8), flag=False)
    assert Alert.objects.get(patient=maria).urgency == "contact_today"


def test_a_log_that_cannot_be_flagged_at_once_is_kept_and_taken_by_the_sweep(
    maria, log, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(**_):
        raise RuntimeError("a defect of ours")

    with monkeypatch.context() as trouble:
        trouble.setattr(receive, "nudge", lambda task: False)
        trouble.setattr(flagging, "flag_logs", broken)
        with django_capture_on_commit_callbacks(execute=True):
            kept = log(maria, stools(8), flag=False)
    assert kept.flagged_at is None
    flagging.flag_waiting_logs(now=NOON, batch=10)
    assert Alert.objects.filter(patient=maria).exists()
