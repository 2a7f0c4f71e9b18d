"""PUT logs/{id}/can_wait: the last word counts, the nurse reads it, and only of the patient's own logs."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from backend.audit.models import AuditEvent
from backend.triage.models import CanWait
from tests.conftest import client_of, stools

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(maria, log):
    now = timezone.now()
    return log(maria, stools(8), day=now.date() - timedelta(days=1), now=now - timedelta(hours=2))


def say(person, log_id, can_wait=False, said_at=None):
    body = {"can_wait": can_wait, "said_at": said_at or (timezone.now() - timedelta(hours=1)).isoformat()}
    return client_of(person).put(f"/api/v1/logs/{log_id}/can_wait", body, format="json")


def test_oscar_and_walter_can_say_nothing_about_marias_log(oscar, walter, kept):
    assert (say(oscar, kept.pk).status_code, say(walter.person, kept.pk).status_code) == (403, 404)
    assert not CanWait.objects.exists()


def test_the_patient_finds_it_on_the_log_and_the_nurse_on_the_alert(maria, joan, kept):
    assert say(maria.person, kept.pk, False).json()["can_wait"] is False
    assert client_of(maria.person).get(f"/api/v1/logs/{kept.pk}").json()["team"]["can_wait"] is False
    (row,) = client_of(joan).get("/api/v1/alerts").json()["results"]
    assert row["can_wait"] is False


def test_a_log_that_asks_nobody_to_call_does_not_ask_this_either(maria, log):
    now = timezone.now()
    well = log(maria, stools(1), day=now.date() - timedelta(days=1), now=now - timedelta(hours=2))
    assert say(maria.person, well.pk).json()["code"] == "not_asked"


def test_a_log_the_server_does_not_have_yet_is_not_found_and_the_phone_tries_later(maria):
    assert say(maria.person, uuid.uuid4()).status_code == 404


@pytest.mark.parametrize("word", ["no", 0, None])
def test_a_word_that_is_neither_true_nor_false_is_refused(maria, kept, word):
    assert say(maria.person, kept.pk, word).status_code == 422


def test_it_is_audited(maria, kept):
    say(maria.person, kept.pk)
    event = AuditEvent.objects.get(verb="changed", what="can_wait")
    assert (event.person_id, event.patient_id, event.subject_id) == (maria.person_id, maria.pk, kept.pk)
