"""Days that arrive in any order, or at the same moment, end in the same judgment."""

import uuid

from tests.conftest import stools
from tests.faults.process import wait_until
from tests.faults.site import DAY, today

CURRENT = "SELECT urgency FROM triage_assessment WHERE log_id = %s AND superseded_at IS NULL"


def test_a_log_for_monday_that_arrives_after_tuesdays_changes_tuesdays_judgment_once(working_site, maria):
    site = working_site
    tuesday = site.accept(maria, stools(5))
    site.database.until_flagged(tuesday)
    assert site.database.value(CURRENT, tuesday) == "contact_24h"
    monday = site.accept(maria, stools(5), day=today() - DAY)
    site.database.until_flagged(monday)
    site.sweep_again()
    assert site.database.value(CURRENT, tuesday) == "contact_today"
    assert site.database.story(tuesday).judged == 2, "as it was first, and with Monday"
    (alert,) = site.database.alerts(maria)
    assert alert["urgency"] == "contact_today"


def test_tuesday_is_judged_again_when_monday_was_stored_at_the_same_moment(working_site, maria):
    """Monday was not committed when Tuesday was received and flagged, so neither saw the other."""
    site = working_site
    log = str(uuid.uuid4())
    with site.beside("-m", "tests.faults.receive", maria.patient, log, str(today() - DAY), "waits") as monday:
        assert monday.stdout.readline() == "stored\n"
        tuesday = site.accept(maria, stools(5))
        site.database.until_flagged(tuesday)
        assert site.database.value(CURRENT, tuesday) == "contact_24h"
        monday.communicate()
    wait_until(lambda: site.database.value(CURRENT, tuesday) == "contact_today", "Tuesday is judged with Monday")
    assert len(site.database.alerts(maria)) == 1
