"""A reading says when it was taken: with its offset, and on the day of its log or the day before or after."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from backend.diary.models import BloodPressureReading, DailyLog
from tests.conftest import client_of

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase for tests"


@pytest.fixture
def today():
    return timezone.now().date()


@pytest.fixture
def app(maria):
    """Another app, with a token."""
    return client_of(maria.person)


@pytest.fixture
def page(maria):
    """Our own page, signed in with a password."""
    client = Client()
    client.force_login(maria.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def body(day, taken_at):
    return {"day": str(day), "facts": {"blood_pressure": [{"systolic": 128, "diastolic": 79, "taken_at": taken_at}]}}


def put(client, day, taken_at, log_id=None):
    address = f"/api/v1/logs/{log_id or uuid.uuid4()}"
    return client.put(address, body(day, taken_at), content_type="application/json")


@pytest.fixture
def by_app(app):
    return lambda day, taken_at: app.put(f"/api/v1/logs/{uuid.uuid4()}", body(day, taken_at), format="json")


@pytest.mark.parametrize("taken_at", ["2026-11-20T01:06:00", "2026-11-20T01:06", "2026-11-20T01:06:00+15:00"])
def test_a_reading_without_a_zone_is_refused_as_any_other_time_is(by_app, page, today, taken_at):
    for answer in (by_app(today, taken_at), put(page, today, taken_at)):
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (422, "invalid_facts")
        assert problem["fields"][0]["field"] == "blood_pressure"
    assert not DailyLog.objects.exists()


@pytest.mark.parametrize(("days", "offset"), [(0, "Z"), (-1, "-04:00"), (1, "+13:00"), (1, "Z")])
def test_a_reading_of_the_evening_before_or_of_after_midnight_is_kept(by_app, today, days, offset):
    taken_at = f"{today + timedelta(days=days)}T00:40:00{offset}"
    assert by_app(today, taken_at).status_code == 200
    assert DailyLog.objects.get().facts["blood_pressure"][0]["taken_at"] == taken_at


@pytest.mark.parametrize("days", [-2, 2, -365, 365])
def test_a_reading_of_another_day_is_asked_about(by_app, today, days):
    answer = by_app(today, f"{today + timedelta(days=days)}T08:00:00Z")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "reading_of_another_day")
    assert problem["fields"] == [
        {
            "field": "blood_pressure",
            "reason": "A reading was taken on another day than the day of this log.",
            "mend": "Send it with the log of its own day, or without its time.",
        }
    ]
    assert not DailyLog.objects.exists()


def test_a_phone_whose_clock_was_wrong_never_loses_the_reading_only_its_time(page, today):
    log_id, taken_at = uuid.uuid4(), "1970-01-01T00:05:00-05:00"
    answers = [put(page, today, taken_at, log_id) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200], "sent again, it is the same log"
    reading = BloodPressureReading.objects.get()
    assert (reading.systolic, reading.taken_at) == (128, None)
    assert answers[0].json()["facts"]["blood_pressure"] == [{"systolic": 128, "diastolic": 79}]
