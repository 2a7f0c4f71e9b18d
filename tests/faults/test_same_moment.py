"""Many requests at one moment: the database decides, and everybody is told the same."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.conftest import stools
from tests.faults.database import FLAGGED_ONCE
from tests.faults.site import today


def at_once(act, things):
    """Do it for all of them in parallel and return the answers in their order."""
    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(act, things))


def test_lesson_4_twenty_parallel_puts_of_one_log_are_one_log_one_judgment_and_one_alert(site, maria):
    site.start("worker")
    log = str(uuid.uuid4())
    answers = at_once(lambda _: site.put_log(maria, stools(8), log=log), range(20))
    assert {answer.status for answer in answers} == {200}
    for answer in answers:
        answer.body.pop("team")  # what the nurses do meanwhile
    assert all(answer.body == answers[0].body for answer in answers)
    site.database.until_flagged(log)
    assert site.database.value("SELECT count(*) FROM diary_dailylog") == 1
    assert site.database.story(log) == FLAGGED_ONCE


def test_twenty_parallel_logs_for_one_day_are_one_log_and_nineteen_conflicts_that_name_it(site, maria):
    logs = [str(uuid.uuid4()) for _ in range(20)]
    answers = at_once(lambda log: site.put_log(maria, stools(8), log=log), logs)
    (kept,) = [answer.body["id"] for answer in answers if answer.status == 200]
    refused = [answer for answer in answers if answer.status != 200]
    assert {(answer.status, answer.body["code"]) for answer in refused} == {(409, "day_already_logged")}
    assert {answer.body["existing"] for answer in refused} == {kept}
    assert site.database.value("SELECT count(*) FROM diary_dailylog WHERE day = %s", today()) == 1


def test_twenty_parallel_puts_without_redis_are_flagged_once(site, maria):
    site.valkey.kill()
    log = str(uuid.uuid4())
    answers = at_once(lambda _: site.put_log(maria, stools(8), log=log), range(20))
    assert {answer.status for answer in answers} == {200}
    assert site.database.story(log) == FLAGGED_ONCE


def test_twenty_parallel_corrections_of_one_log_are_one_correction(site, maria):
    first = site.accept(maria, stools(1))
    answers = at_once(lambda _: site.put_log(maria, stools(2), corrects=first), range(20))
    refused = [answer for answer in answers if answer.status != 200]
    assert len(refused) == 19
    assert {(answer.status, answer.body["code"]) for answer in refused} == {(409, "corrected_meanwhile")}
    assert site.database.value("SELECT count(*) FROM diary_dailylog WHERE superseded_at IS NULL") == 1


def test_twenty_nurses_acknowledge_one_alert_and_nineteen_are_told_who_has_it(site, cast, maria):
    site.valkey.kill()
    site.accept(maria, stools(8))
    (alert,) = site.database.alerts(maria)
    acknowledge = f"api/v1/alerts/{alert['id']}/acknowledge"
    nurses = [cast[f"nurse{number}"] for number in range(20)]
    answers = at_once(lambda nurse: site.web.call("POST", acknowledge, nurse, {}), nurses)
    (taken,) = [answer.body["acknowledged_by"]["name"] for answer in answers if answer.status == 200]
    refused = [answer for answer in answers if answer.status != 200]
    assert {(answer.status, answer.body["code"], answer.body["by"]) for answer in refused} == {
        (409, "already_acknowledged", taken)
    }
    assert all(answer.body["detail"].startswith(taken) for answer in refused)
