"""Lesson 1: an alert that nobody acknowledges is passed on though nothing else happens."""

from tests.conftest import stools
from tests.faults.process import wait_until


def test_lesson_1_the_only_overdue_alert_goes_to_the_second_nurse_and_the_patient_is_told_to_call(site, maria):
    site.valkey.kill()
    site.accept(maria, stools(8))
    site.database.rows("UPDATE triage_alert SET due_at = now(), escalate_at = now()")
    site.database.rows("UPDATE messaging_delivery SET state = 'cancelled'")
    site.valkey.start()
    site.start("worker")
    site.start("beat")
    wait_until(lambda: site.mail("priya@example.org"), "the second nurse's e-mail")
    wait_until(lambda: site.mail("maria@example.org"), "the patient's e-mail")
    (alert,) = site.database.alerts(maria)
    assert (alert["state"], alert["escalation_level"]) == ("open", 1)
    assert alert["escalate_at"] > alert["escalated_at"], "the clock runs for the next one"
    assert len(site.mail()) == 2
