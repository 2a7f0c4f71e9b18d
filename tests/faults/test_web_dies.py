"""The web process dies between commit and nudge: the log is kept, and somebody flags it."""

import uuid

from backend.config.celery import app
from tests.conftest import stools
from tests.faults.database import FLAGGED_ONCE, WAITS
from tests.faults.site import today


def receive_and_die(site, patient):
    """Let a web process be killed right after it has committed a log. Return the log's id."""
    log = str(uuid.uuid4())
    with site.beside("-m", "tests.faults.receive", patient.patient, log, str(today()), "dies") as web:
        assert web.wait() == 9
    return log


def test_lesson_11_a_log_whose_web_process_died_before_the_nudge_is_flagged_by_the_sweep(working_site, maria):
    site = working_site
    log = receive_and_die(site, maria)
    site.database.until_flagged(log)
    assert site.database.story(log) == FLAGGED_ONCE


def test_the_sweep_comes_every_minute():
    for tick in ("flag_waiting_logs", "flag_failed_logs", "escalate_overdue_alerts", "send_waiting_deliveries"):
        assert app.conf.beat_schedule[tick]["schedule"] <= 60


def test_the_phone_sends_it_again_and_it_is_flagged_in_that_request_without_redis(site, maria):
    log = receive_and_die(site, maria)
    assert site.database.story(log) == WAITS
    site.valkey.kill()
    assert site.put_log(maria, stools(5), log=log).status == 200
    assert site.database.story(log) == FLAGGED_ONCE
