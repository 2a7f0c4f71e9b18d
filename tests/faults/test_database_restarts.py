"""PostgreSQL goes away and comes back while patients send logs: nothing is lost, nothing doubled."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import stools
from tests.faults.process import wait_until
from tests.faults.site import DAY, today

PATIENTS, DAYS, PHONES = 24, 10, 4


class Phones:
    """Four phones that send many patients' logs, each again with the same id until it is taken."""

    def __init__(self, site, patients):
        self.site = site
        self.logs = [(patient, today() - days * DAY, str(uuid.uuid4())) for days in range(DAYS) for patient in patients]
        self.answers, self.accepted, self.stopped = [], 0, threading.Event()

    def send(self, waiting):
        patient, day, log = waiting
        while not self.stopped.is_set():
            try:
                answer = self.site.put_log(patient, stools(8), day=day, log=log)
            except OSError:
                continue
            self.answers.append(answer)
            if answer.status == 200:
                self.accepted += 1
                return
            time.sleep(0.05)  # as a phone does, not as fast as it can


@pytest.mark.parametrize("way", ["stop", "kill"])
def test_postgresql_restarted_under_load_loses_nothing_and_doubles_nothing(working_site, cast, way):
    site = working_site
    patients = [cast[f"patient{number}"] for number in range(PATIENTS)]
    phones = Phones(site, patients)
    with ThreadPoolExecutor(PHONES) as pool:
        sending = [pool.submit(phones.send, log) for log in phones.logs]
        try:
            wait_until(lambda: phones.accepted > PATIENTS, "the first logs are in")
            getattr(site.postgres, way)()
            wait_until(lambda: any(answer.status != 200 for answer in phones.answers), "the outage is felt")
            site.postgres.start()
            wait_until(lambda: all(sent.done() for sent in sending), "all logs are in")
        finally:
            phones.stopped.set()
    refused = {(a.status, a.content_type, a.body["code"]) for a in phones.answers if a.status != 200}
    assert refused == {(503, "application/problem+json", "database_away")}
    logs = [log for _, _, log in phones.logs]
    assert {str(row["id"]) for row in site.database.rows("SELECT id FROM diary_dailylog")} == set(logs)
    site.database.until_flagged(*logs)
    per_log = "SELECT count(*) FROM triage_assessment WHERE superseded_at IS NULL GROUP BY log_id"
    assert [row["count"] for row in site.database.rows(per_log)] == [1] * len(logs)
    assert [len(site.database.alerts(patient)) for patient in patients] == [1] * PATIENTS
