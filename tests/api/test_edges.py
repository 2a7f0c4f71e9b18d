"""What the API does with any request: conditional GET, caches, HEAD, limits, JSON that breaks readers, health."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from backend.diary.models import DailyLog
from backend.ticks import services as ticks
from backend.ticks.selectors import PERIODS
from backend.triage.models import Contact
from tests.conftest import client_of, stools

pytestmark = pytest.mark.django_db
LOGIN = "/_allauth/browser/v1/auth/login"
TAGGED = ["alerts", "work-items", "threads", "guides/sorafenib"]


@pytest.fixture
def phone(maria):
    return client_of(maria.person)


def put(phone, facts, **more):
    body = {"day": str(timezone.now().date()), "facts": facts}
    return phone.put(f"/api/v1/logs/{uuid.uuid4()}", body, format="json", **more)


@pytest.mark.parametrize("address", TAGGED)
def test_a_list_is_known_by_its_tag_however_a_proxy_has_written_it(joan, alert_of_maria, address):
    desk = client_of(joan)
    tag = desk.get(f"/api/v1/{address}").headers["ETag"]
    assert tag.startswith('"')
    for known in (tag, f"W/{tag}", f'"other", W/{tag}', "*"):
        again = desk.get(f"/api/v1/{address}", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    assert desk.get(f"/api/v1/{address}", headers={"If-None-Match": 'W/"other"'}).status_code == 200


@pytest.mark.parametrize("address", ["messages", "protocol"])
def test_a_phone_behind_a_proxy_that_compresses_hears_that_nothing_is_new(phone, address):
    tag = phone.get(f"/api/v1/{address}").headers["ETag"]
    again = phone.get(f"/api/v1/{address}", headers={"If-None-Match": f"W/{tag}"})
    assert again.status_code == 304


ABOUT_A_PERSON = {
    "nurse": ["me", "alerts", "alerts/{alert}", "work-items", "patients", "patients/{maria}", "patients/{maria}/logs",
              "patients/{maria}/messages", "patients/{maria}/treatments", "threads", "handovers", "staff", "roster"],
    "patient": ["me", "logs", "messages"],
}  # fmt: skip


def test_what_is_about_a_person_is_kept_by_no_cache(phone, joan, alert_of_maria, maria):
    for who, addresses in ABOUT_A_PERSON.items():
        for address in addresses:
            path = f"/api/v1/{address.format(alert=alert_of_maria.pk, maria=maria.pk)}"
            answer = (client_of(joan) if who == "nurse" else phone).get(path)
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == "private, no-store", address
    assert put(phone, stools(1)).headers["Cache-Control"] == "private, no-store"
    assert phone.get("/api/v1/nothing").headers["Cache-Control"] == "private, no-store"
    assert "no-store" in Client().get("/_allauth/browser/v1/auth/session").headers["Cache-Control"]


def test_an_unchanged_list_is_kept_by_no_cache_either(joan, alert_of_maria):
    desk = client_of(joan)
    known = {"If-None-Match": desk.get("/api/v1/alerts").headers["ETag"]}
    assert desk.get("/api/v1/alerts", headers=known).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["me", "alerts", "patients", "schema", "work-items"])
def test_head_is_answered_as_get_is_without_a_body(joan, alert_of_maria, address):
    desk = client_of(joan)
    got, head = desk.get(f"/api/v1/{address}"), desk.head(f"/api/v1/{address}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


@pytest.mark.parametrize("body", ["[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 900 + "1" + "}" * 900])
def test_json_nested_without_end_is_refused_at_sign_in_and_everywhere(phone, joan, alert_of_maria, body):
    client = Client()
    answers = [
        client.post(LOGIN, body, "application/json"),
        client.post("/_allauth/browser/v1/auth/password/request", body, "application/json"),
        phone.put(f"/api/v1/logs/{uuid.uuid4()}", body, content_type="application/json"),
        client_of(joan).post(f"/api/v1/alerts/{alert_of_maria.pk}/assign", body, content_type="application/json"),
    ]
    for answer in answers:
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["detail"]


def test_facts_nested_in_facts_are_refused_not_broken(phone):
    facts: object = 1
    for _ in range(31):
        facts = [facts]
    assert put(phone, {"diarrhea": facts}).status_code in (400, 422)


@pytest.mark.parametrize(
    "body",
    ['{"day": "2026-05-14", "facts": {"diarrhea": {"stools": 8, "stools": 0}}}',
     '{"day": "2026-05-14", "facts": {"note": "a"}, "f\\u0061cts": {"note": "b"}}'],
)  # fmt: skip
def test_of_a_key_that_comes_twice_none_is_taken(phone, body):
    answer = phone.put(f"/api/v1/logs/{uuid.uuid4()}", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")
    assert answer.json()["detail"] == "A key comes twice in one object of the body. Send each key once."


@pytest.mark.parametrize("note", ["", "  \n"])
def test_an_empty_note_alone_is_no_log(phone, note):
    answer = put(phone, {"note": note})
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "facts")
    assert not DailyLog.objects.exists()
    assert put(phone, {**stools(1), "note": note}).status_code == 200, "beside an answer it says nothing, and is kept"


@pytest.mark.parametrize("days", [-30, -2, 367, 40_000])
def test_a_next_step_is_promised_for_a_day_to_come_within_a_year(joan, alert_of_maria, maria, days):
    day = timezone.now().date() + timedelta(days=days)
    body = {"outcome": "spoke_with_patient", "next_step": "Cream.", "next_on": str(day)}
    for address in (f"alerts/{alert_of_maria.pk}/contacts", f"patients/{maria.pk}/contacts"):
        answer = client_of(joan).post(f"/api/v1/{address}", body, format="json")
        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "next_on")
    assert not Contact.objects.exists()


@pytest.fixture
def two_a_minute(settings):
    settings.API_REQUESTS_A_MINUTE = 2
    caches["requests"].clear()
    yield
    caches["requests"].clear()


def test_a_runaway_app_is_told_how_long_to_wait_and_others_go_on(phone, joan, maria, two_a_minute):
    answers = [phone.get("/api/v1/me") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    problem = answers[-1].json()
    assert (problem["code"], answers[-1].headers["Content-Type"]) == ("too_many", "application/problem+json")
    assert int(answers[-1].headers["Retry-After"]) == problem["retry_after"]
    assert 1 <= problem["retry_after"] <= 60
    assert client_of(joan).get("/api/v1/me").status_code == 200
    assert client_of(maria.person).get("/api/v1/me").status_code == 200, "her phone has a token of its own"


def test_logs_have_room_of_their_own_whatever_else_an_app_asks(phone, two_a_minute):
    for _ in range(3):
        phone.get("/api/v1/me")
    assert put(phone, {"warning_signs": ["chest_pain"]}).status_code == 200


def test_outside_readyz_says_the_state_alone_and_inside_why(joan, maria):
    for name in PERIODS:
        ticks.beat(name=name, now=timezone.now() - timedelta(hours=3))
    outside: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.9"}
    through_a_proxy: dict[str, Any] = {"headers": {"X-Forwarded-For": "203.0.113.9"}}
    for asked in (outside, through_a_proxy):
        answer = Client().get("/readyz", **asked)
        assert (answer.status_code, answer.json()) == (503, {"status": "not ready"})
    assert Client().get("/readyz").json()["problems"]
    nurse, patient = Client(), Client()
    nurse.force_login(joan, backend="allauth.account.auth_backends.AuthenticationBackend")
    patient.force_login(maria.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert nurse.get("/readyz", **outside).json()["problems"]
    assert "problems" not in patient.get("/readyz", **outside).json()
