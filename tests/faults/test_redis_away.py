"""Redis only carries nudges: without it logs are accepted and flagged, and afterwards everything is caught up."""

import time

from backend.triage.tasks import FLAG_WAITING_LOGS
from tests.conftest import stools
from tests.faults.database import FLAGGED_ONCE, WAITS
from tests.faults.process import wait_until
from tests.faults.site import DAY, today


def test_logs_are_accepted_and_flagged_in_their_own_request_while_redis_is_down(site, maria, walter):
    site.valkey.kill()
    for patient in (maria, walter):
        answer = site.put_log(patient, stools(8))
        assert answer.status == 200
        assert site.database.story(answer.body["id"]) == FLAGGED_ONCE


def test_worker_and_beat_that_start_before_redis_wait_for_it(site, maria):
    site.valkey.kill()
    worker, beat = site.start("worker"), site.start("beat")
    log = site.accept(maria, stools(8))
    site.valkey.start()
    wait_until(lambda: site.mail("joan@example.org"), "the nurse's e-mail")
    site.sweep_again()
    assert (worker.running, beat.running) == (True, True)
    assert (len(site.mail()), site.database.story(log)) == (1, FLAGGED_ONCE)


def test_e_mails_are_sent_once_redis_is_back(working_site, maria):
    site = working_site
    site.valkey.kill()
    log = site.accept(maria, stools(8))
    site.valkey.start()
    wait_until(lambda: site.mail("joan@example.org"), "the nurse's e-mail")
    site.sweep_again()
    assert (len(site.mail()), site.database.story(log)) == (1, FLAGGED_ONCE)


def test_the_worker_outlives_redis_also_in_the_middle_of_its_work(site, maria, walter):
    worker = site.start("worker")
    site.sweep_again(1)
    for days in range(3):
        day = today() - days * DAY
        with site.database.holding(maria) as hold:
            log = site.accept(maria, stools(8), day=day)
            wait_until(lambda: site.database.held_up_by(hold), "the worker is in the middle of flagging")
            site.valkey.kill()
            site.valkey.start()
        other = site.accept(walter, stools(8), day=day)
        site.database.until_flagged(log, other)
        assert worker.running


def test_two_logs_right_after_each_other_are_both_flagged_without_the_sweep(site, maria, walter):
    site.start("worker")
    site.sweep_again(1)
    site.database.until_flagged(site.accept(maria, stools(8)))
    site.database.until_flagged(site.accept(walter, stools(8)))


def test_a_redis_that_hangs_delays_an_answer_by_a_fraction_of_a_second(site, maria, walter):
    site.accept(walter, stools(8))
    site.freeze_valkey()
    began = time.monotonic()
    answer = site.put_log(maria, stools(8))
    assert answer.status == 200
    assert site.database.story(answer.body["id"]) == FLAGGED_ONCE
    assert time.monotonic() - began < 30, "each wait for Redis is 0.2 s; without that limit it is for ever"


def test_the_web_nudges_again_when_redis_is_back(site, maria, walter):
    site.start("worker")
    site.sweep_again(1)
    site.valkey.kill()
    site.accept(maria, stools(8))
    site.valkey.start()
    log = site.accept(walter, stools(8))
    site.database.until_flagged(log)


def test_nudges_that_redis_refuses_half_way_leave_the_next_one_whole(site, cast, maria):
    """The key was set, the task was not taken. That must not silence what comes after, in any web process."""
    with site.valkey_refusing("lpush"):
        refused = [site.accept(cast[f"patient{number}"], stools(8)) for number in range(8)]
    assert [site.database.story(log) for log in refused] == [FLAGGED_ONCE] * 8
    log = site.accept(maria, stools(8))
    assert (site.database.story(log), site.valkey_command("LLEN", "celery")) == (WAITS, 1)


def test_a_log_whose_nudge_was_lost_with_redis_is_flagged_with_the_next_one(site, maria, walter):
    site.valkey_command("SET", f"handhold:nudge:{FLAG_WAITING_LOGS}", "somebody else is just sending it")
    first = site.accept(maria, stools(8))
    assert site.database.story(first) == WAITS
    site.valkey.kill()
    second = site.accept(walter, stools(8))
    assert site.database.story(second) == site.database.story(first) == FLAGGED_ONCE


def test_a_late_log_changes_the_next_days_judgment_in_its_own_request_without_redis(site, maria):
    site.valkey.kill()
    tuesday = site.accept(maria, stools(5))
    site.accept(maria, stools(5), day=today() - DAY)
    urgency = "SELECT urgency FROM triage_assessment WHERE log_id = %s AND superseded_at IS NULL"
    assert site.database.value(urgency, tuesday) == "contact_today"
