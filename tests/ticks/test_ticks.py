"""Every tick has a heartbeat that is watched, ends by itself when nobody needs it, and beats in UTC."""

from datetime import timedelta

from backend.config.celery import app
from backend.ticks import services
from backend.ticks.selectors import PERIODS, late_ticks
from tests.conftest import NOON

SCHEDULE = app.conf.beat_schedule


def test_every_tick_is_watched_and_every_watched_tick_is_sent():
    assert set(SCHEDULE) == set(PERIODS)


def test_a_worker_that_was_away_for_a_night_does_not_find_hundreds_of_ticks():
    for name, entry in SCHEDULE.items():
        assert entry["options"]["expires"] <= PERIODS[name].total_seconds()


def test_lesson_15_the_clock_of_the_ticks_is_utc():
    assert (app.conf.timezone, app.conf.enable_utc) == ("UTC", True)


def test_a_tick_is_late_after_two_periods_and_not_before(db):
    for name, period in PERIODS.items():
        services.beat(name=name, now=NOON - 2 * period)
    assert late_ticks(now=NOON) == []
    assert {tick.name for tick in late_ticks(now=NOON + timedelta(seconds=1))} == set(PERIODS)


def test_a_tick_that_never_ran_is_late(db):
    assert len(late_ticks(now=NOON)) == len(PERIODS)
