"""Lesson 13: when the clock or the worker has stopped, somebody is told."""

from tests.faults.process import wait_until

TICKS = (
    "flag_waiting_logs",
    "flag_failed_logs",
    "escalate_overdue_alerts",
    "send_waiting_deliveries",
    "find_work_items",
    "find_missed_logs",
    "send_follow_ups",
    "find_proactive_calls",
    "remove_unfinished_photos",
    "alarm_roster_gaps",
    "remove_what_is_over",
    "compare_time_zones",
)
HOURLY = TICKS[TICKS.index("find_missed_logs") :]


def test_lesson_13_ticks_two_periods_late_turn_the_site_red_and_staff_are_told_until_they_run_again(site, joan):
    for tick in TICKS:
        period = "1 hour" if tick in HOURLY else "1 minute"
        two_periods_ago = f"INSERT INTO ticks_heartbeat VALUES (%s, now() - 2 * interval '{period}')"
        site.database.rows(two_periods_ago, tick)
    red = site.web.call("GET", "readyz")
    assert red.status == 503
    for tick in TICKS:
        assert any(f"tick {tick}:" in problem for problem in red.body["problems"])
    assert {tick["name"] for tick in site.web.call("GET", "api/v1/me", joan).body["late_ticks"]} == set(TICKS)

    site.start("worker")
    site.start("beat")
    wait_until(lambda: site.web.call("GET", "readyz").status == 200, "the site is ready")
    assert site.web.call("GET", "api/v1/me", joan).body["late_ticks"] == []


def test_patients_are_not_shown_late_ticks(site, maria):
    assert site.web.call("GET", "readyz").status == 503
    assert site.web.call("GET", "api/v1/me", maria).body["late_ticks"] == []
