"""A clinician's grade: confirmed or corrected, beside the estimate it answers; nothing is written over."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.care.selectors import context_of
from backend.triage import grades, recording, services
from backend.triage.grades import Found, GradedMeanwhile, GradeRefused
from backend.triage.models import Alert, ConfirmedGrade
from backend.triage.selectors import reviews_of
from tests.conftest import NOON, TODAY, client_of, stools

SOON = NOON + timedelta(minutes=20)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def confirm(maria, joan):
    """Joan grades Maria's diarrhea of a day."""

    def act(grade, *, day=TODAY, by=None, now=SOON, symptom="diarrhea", **more):
        found = Found(symptom, day, grade, **more)
        return grades.confirm(patient=maria, found=found, by=by or joan, now=now)

    return act


def standing():
    return ConfirmedGrade.objects.get(superseded_at=None)


def test_oscar_cannot_grade_maria_and_cannot_tell_whether_she_exists(oscar, maria):
    body = {"symptom": "diarrhea", "day": str(TODAY), "grade": 1}
    refused = client_of(oscar).post(f"/api/v1/patients/{maria.pk}/grades", body, format="json")
    assert (refused.status_code, ConfirmedGrade.objects.count()) == (404, 0)


def test_a_confirmed_grade_keeps_the_estimate_it_answers(alert_of_maria, confirm, joan):
    kept = confirm(3)
    assert (kept.grade, kept.estimate, kept.by, kept.at) == (3, 3, joan, SOON)


def test_a_corrected_grade_is_the_grade_of_the_live_alert_of_that_day(alert_of_maria, confirm):
    confirm(2)
    alert_of_maria.refresh_from_db()
    assert (alert_of_maria.grade, alert_of_maria.state) == (2, "open")
    assert standing().alert == alert_of_maria


def test_the_grade_of_another_day_leaves_the_alert_as_it_is(alert_of_maria, confirm):
    kept = confirm(1, day=YESTERDAY)
    alert_of_maria.refresh_from_db()
    assert (alert_of_maria.grade, kept.alert, kept.estimate) == (3, None, None)


def test_a_resolved_alert_keeps_the_grade_it_was_resolved_at(alert_of_maria, joan, confirm):
    recording.resolve(alert=alert_of_maria, outcome=recording.Outcome(code="spoke_with_patient"), nurse=joan, now=SOON)
    confirm(1)
    alert_of_maria.refresh_from_db()
    assert alert_of_maria.grade == 3


def test_to_confirm_a_grade_is_no_review_only_a_resolved_alert_is(alert_of_maria, confirm, maria):
    confirm(2)
    assert reviews_of([context_of(maria.pk)], now=SOON) == {}


def test_a_later_grade_supersedes_and_the_earlier_one_stays(alert_of_maria, confirm, priya):
    first = confirm(2)
    second = confirm(3, by=priya, supersedes=first.pk, now=SOON + timedelta(minutes=5))
    first.refresh_from_db()
    assert (standing(), first.grade, first.superseded_at) == (second, 2, second.at)


def test_sent_again_it_is_kept_once(alert_of_maria, confirm):
    first = confirm(2)
    assert confirm(2, now=SOON + timedelta(minutes=1)) == first
    assert ConfirmedGrade.objects.count() == 1


def test_priya_is_told_what_joan_confirmed_meanwhile(alert_of_maria, confirm, priya):
    first = confirm(2)
    with pytest.raises(GradedMeanwhile) as refused:
        confirm(1, by=priya)
    assert refused.value.standing == first
    assert standing() == first


def test_the_grade_recorded_with_a_contact_is_the_same_grade(alert_of_maria, joan, confirm):
    earlier = confirm(2)
    outcome = recording.Outcome(code="message_left", grade=1, note="Two loose stools only.")
    contact = recording.record_contact(alert=alert_of_maria, outcome=outcome, nurse=joan, now=SOON)
    earlier.refresh_from_db()
    alert_of_maria.refresh_from_db()
    kept = standing()
    assert (kept.grade, kept.contact, kept.day, kept.note) == (1, contact, TODAY, "Two loose stools only.")
    assert (earlier.superseded_at, alert_of_maria.grade) == (SOON, 1)


def test_a_symptom_without_a_grade_is_refused_and_keeps_its_grade_on_the_contact(maria, log, joan, confirm):
    log(maria, {"warning_signs": ["chest_pain"]})
    with pytest.raises(GradeRefused):
        confirm(2, symptom="chest_pain")
    alert = Alert.objects.get(patient=maria)
    recording.record_contact(alert=alert, outcome=recording.Outcome(code="message_left", grade=2), nurse=joan, now=SOON)
    assert not ConfirmedGrade.objects.exists()


@pytest.mark.parametrize("days", [1, -367])
def test_a_day_to_come_or_long_past_is_refused(confirm, days):
    with pytest.raises(GradeRefused):
        confirm(1, day=TODAY + timedelta(days=days))


def test_the_database_keeps_one_standing_grade_per_symptom_and_day(confirm, maria, joan):
    confirm(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfirmedGrade.objects.create(patient=maria, symptom="diarrhea", day=TODAY, grade=2, by=joan, at=SOON)


def test_a_worse_log_than_the_corrected_grade_opens_the_alert_again(alert_of_maria, confirm, joan, maria, log):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=SOON)
    confirm(1)
    log(maria, stools(5), day=TODAY + timedelta(days=1), now=NOON + timedelta(days=1))
    alert_of_maria.refresh_from_db()
    assert (alert_of_maria.state, alert_of_maria.change) == ("open", "worse")
