"""POST logs/{id}/called: told once, seen by the nurse, and only the patient's own logs."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from backend.audit.models import AuditEvent
from tests.conftest import client_of, stools

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(maria, log):
    now = timezone.now()
    return log(maria, stools(8), day=now.date() - timedelta(days=1), now=now - timedelta(hours=2))


def said(person, log_id, **body):
    return client_of(person).post(f"/api/v1/logs/{log_id}/called", body, format="json")


AN_HOUR_AGO = (timezone.now() - timedelta(hours=1)).isoformat()


def test_the_first_time_is_answered_however_often_it_is_sent(maria, kept):
    first = said(maria.person, kept.pk, at=AN_HOUR_AGO)
    again = said(maria.person, kept.pk, at=timezone.now().isoformat())
    assert (first.status_code, again.json()["at"]) == (200, first.json()["at"])


def test_the_patient_sees_it_on_the_log_and_the_nurse_on_the_alert(maria, joan, kept):
    at = said(maria.person, kept.pk, at=AN_HOUR_AGO).json()["at"]
    assert client_of(maria.person).get(f"/api/v1/logs/{kept.pk}").json()["team"]["called_at"] == at
    (row,) = client_of(joan).get("/api/v1/alerts").json()["results"]
    assert row["called_at"] == at
    events = client_of(joan).get(f"/api/v1/alerts/{row['id']}").json()["events"]
    assert [event["kind"] for event in events] == ["raised", "patient_called"]


def test_a_log_the_server_does_not_have_yet_is_not_found_and_the_phone_tries_later(maria):
    assert said(maria.person, uuid.uuid4(), at=AN_HOUR_AGO).status_code == 404


def test_walter_cannot_say_that_maria_has_called(walter, kept):
    assert said(walter.person, kept.pk, at=AN_HOUR_AGO).status_code == 404
    assert not hasattr(kept, "call")


def test_a_time_without_its_offset_is_refused(maria, kept):
    assert said(maria.person, kept.pk, at="2026-05-14T08:12:00").status_code == 422


def test_it_is_audited(maria, kept):
    said(maria.person, kept.pk, at=AN_HOUR_AGO)
    event = AuditEvent.objects.get(verb="changed", what="call")
    assert (event.person_id, event.patient_id, event.subject_id) == (maria.person_id, maria.pk, kept.pk)


def undone(person, log_id, at):
    return client_of(person).post(f"/api/v1/logs/{log_id}/called/undo", {"undone_at": at.isoformat()}, format="json")


def test_within_a_minute_i_have_called_is_taken_back_and_the_nurse_no_longer_sees_it(maria, joan, kept):
    now = timezone.now()
    said(maria.person, kept.pk, at=now.isoformat())
    for _ in range(2):  # sent again when the answer was lost
        assert undone(maria.person, kept.pk, now + timedelta(seconds=40)).status_code == 204
    (row,) = client_of(joan).get("/api/v1/alerts").json()["results"]
    assert row["called_at"] is None


def test_after_a_minute_the_team_keeps_that_the_patient_called(maria, kept):
    said(maria.person, kept.pk, at=AN_HOUR_AGO)
    late = undone(maria.person, kept.pk, timezone.now())
    assert (late.status_code, late.json()["code"]) == (409, "too_late")
    assert client_of(maria.person).get(f"/api/v1/logs/{kept.pk}").json()["team"]["called_at"] is not None


def test_walter_cannot_undo_that_maria_has_called(maria, walter, kept):
    said(maria.person, kept.pk, at=timezone.now().isoformat())
    assert undone(walter.person, kept.pk, timezone.now()).status_code == 404
