"""A worker that is killed, stalls, or works beside others: each log is flagged once, whoever does it."""

from dataclasses import dataclass

import pytest

from tests.conftest import stools
from tests.faults.database import FLAGGED_ONCE, WAITS
from tests.faults.process import Process, wait_until


def test_a_log_whose_worker_was_killed_in_the_middle_is_flagged_once(working_site, maria):
    site = working_site
    with site.database.holding(maria) as hold:
        log = site.accept(maria, stools(8))
        wait_until(lambda: site.database.held_up_by(hold), "the worker is in the middle of flagging")
        site.end("worker")
        assert site.database.story(log) == WAITS
    site.start("worker")
    site.database.until_flagged(log)
    site.sweep_again()
    assert site.database.story(log) == FLAGGED_ONCE


@dataclass
class Stall:
    """A worker that stopped in the middle of its work. `beside` is a log that it does not hold."""

    worker: Process
    in_hand: str
    beside: str


@pytest.fixture
def stall(working_site, maria, walter):
    """One worker stopped in the middle of flagging Maria's log; another works on, and finds Walter's."""
    site, working = working_site, working_site.processes["worker"]
    stalled = site.start("stalled worker", "worker", WORKER_PROCESSES="1")
    working.freeze()
    with site.database.holding(maria) as hold:
        in_hand = site.accept(maria, stools(8))
        wait_until(lambda: site.database.held_up_by(hold), "the second worker is in the middle of flagging")
        stalled.freeze()
        beside = site.accept(walter, stools(8))
    working.thaw()
    return Stall(stalled, in_hand, beside)


def test_lesson_2_two_workers_one_of_them_stalled_make_one_alert(working_site, stall):
    site = working_site
    site.database.until_flagged(stall.beside)
    assert site.database.story(stall.in_hand) == WAITS, "nobody waits for the stalled one"
    stall.worker.thaw()
    site.database.until_flagged(stall.in_hand)
    site.sweep_again()
    assert site.database.story(stall.in_hand) == site.database.story(stall.beside) == FLAGGED_ONCE


def test_a_worker_that_stalls_for_good_does_not_keep_its_log(working_site, stall):
    """As with a frozen machine or a broken network. Later it comes back, and does nothing twice."""
    site = working_site
    site.database.until_flagged(stall.in_hand)
    stall.worker.thaw()
    site.sweep_again()
    assert site.database.story(stall.in_hand) == FLAGGED_ONCE


def test_a_log_that_could_not_be_flagged_is_tried_again(working_site, maria):
    """Whatever was wrong is mended by somebody; the log is not forgotten."""
    site = working_site
    site.processes["worker"].freeze()
    log = site.accept(maria, stools(8))
    facts = site.database.value("SELECT facts::text FROM diary_dailylog WHERE id = %s", log)
    change = "UPDATE diary_dailylog SET facts = %s::jsonb WHERE id = %s"
    site.database.rows(change, '{"diarrhea": "not a group"}', log)
    site.processes["worker"].thaw()
    tried = "SELECT flag_attempts > 0 FROM diary_dailylog WHERE id = %s"
    wait_until(lambda: site.database.value(tried, log), "a worker has tried")
    site.database.rows(change, facts, log)
    site.database.until_flagged(log)
    assert site.database.story(log) == FLAGGED_ONCE
