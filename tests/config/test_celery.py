"""The clock of the background jobs."""

import subprocess
import sys

from tests.faults.process import ROOT

NAMES = """
from backend.config.celery import app
app.loader.import_default_modules()
missing = {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks)
assert not missing, missing
"""


def test_the_worker_knows_every_job_that_the_clock_sends():
    """In a process of its own, which has imported nothing else that could have registered a job."""
    done = subprocess.run([sys.executable, "-c", NAMES], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
