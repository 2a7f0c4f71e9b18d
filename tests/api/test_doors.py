"""Sign-in, cookies, headers, health: what keeps the house shut and says when something does not run."""

import gzip
from datetime import timedelta

import brotli
import pytest
from django.test import Client
from django.utils import timezone

from backend.ticks import services as ticks
from backend.ticks.selectors import PERIODS
from tests.conftest import NOON, client_of, stools

LOGIN = "/_allauth/browser/v1/auth/login"
PASSWORD = "a long pass phrase for tests"


@pytest.fixture
def browser(joan, maria):
    for person in (joan, maria.person):
        person.set_password(PASSWORD)
        person.save()
    return Client(enforce_csrf_checks=True)


def sign_in(browser, email, password=PASSWORD):
    browser.get("/_allauth/browser/v1/auth/session")
    token = browser.cookies["csrftoken"].value
    return browser.post(
        LOGIN, {"email": email, "password": password}, "application/json", headers={"X-CSRFToken": token}
    )


def test_a_nurse_signs_in_and_is_known(browser):
    assert sign_in(browser, "Joan@Example.org").status_code == 200
    assert browser.get("/api/v1/me").json()["person"]["name"] == "Joan"


def test_a_staff_session_ends_after_hours_and_a_phone_stays_signed_in_for_weeks(browser):
    sign_in(browser, "joan@example.org")
    assert int(browser.cookies["sessionid"]["max-age"]) <= timedelta(hours=12).total_seconds()
    other = Client(enforce_csrf_checks=True)
    sign_in(other, "maria@example.org")
    assert int(other.cookies["sessionid"]["max-age"]) > timedelta(days=28).total_seconds()


def test_a_wrong_password_says_no_more_than_that(browser):
    wrong = sign_in(browser, "joan@example.org", "wrong")
    nobody = sign_in(Client(enforce_csrf_checks=True), "nobody@example.org", "wrong")
    assert wrong.status_code == nobody.status_code == 400
    assert wrong.json()["errors"] == nobody.json()["errors"]


def test_a_browser_cannot_act_without_the_csrf_token(browser, alert_of_maria):
    sign_in(browser, "joan@example.org")
    answer = browser.post(f"/api/v1/alerts/{alert_of_maria.pk}/acknowledge", "{}", "application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


def test_lesson_23_no_get_changes_anything(alert_of_maria, joan):
    for act in ("acknowledge", "assign", "contacts", "resolve", "reopen"):
        assert client_of(joan).get(f"/api/v1/alerts/{alert_of_maria.pk}/{act}").status_code == 405
    assert client_of(joan).get(f"/api/v1/snoozes/{alert_of_maria.pk}/end").status_code == 405
    alert_of_maria.refresh_from_db()
    assert alert_of_maria.state == "open"


def test_passwords_are_kept_with_argon2(browser, joan):
    joan.refresh_from_db()
    assert joan.password.startswith("argon2")


def test_pages_and_answers_carry_a_strict_content_security_policy(db):
    for address in ("/healthz", "/api/v1/me", "/"):
        policy = Client().get(address).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_over_https_cookies_are_secure_and_the_browser_is_told_to_stay(settings):
    from importlib import reload

    from backend.config import settings as module

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", "https://handhold.example")
        fresh = reload(module)
        assert (fresh.SESSION_COOKIE_SECURE, fresh.CSRF_COOKIE_SECURE) == (True, True)
        assert fresh.SECURE_HSTS_SECONDS >= 31_536_000
    reload(module)


def test_what_is_not_there_is_a_problem_document(db):
    answer = Client().get("/api/v1/nothing")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_healthz_answers_without_a_database():
    assert Client().get("/healthz").status_code == 200


def beat_all(now):
    for name in PERIODS:
        ticks.beat(name=name, now=now)


def test_lesson_13_readyz_goes_red_when_a_tick_is_two_periods_late(db):
    now = timezone.now()
    beat_all(now)
    assert Client().get("/readyz").status_code == 200
    beat_all(now - timedelta(hours=3))
    ticks.beat(name="find_missed_logs", now=now)
    assert Client().get("/readyz").status_code == 200, "an older time never replaces a newer one"


def test_lesson_13_a_late_tick_is_named_to_staff_and_not_to_patients(joan, maria):
    beat_all(timezone.now() - timedelta(minutes=3))
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert any("escalate_overdue_alerts" in problem for problem in answer.json()["problems"])
    assert {"flag_waiting_logs", "escalate_overdue_alerts"} <= {
        t["name"] for t in client_of(joan).get("/api/v1/me").json()["late_ticks"]
    }
    assert client_of(maria.person).get("/api/v1/me").json()["late_ticks"] == []


def test_readyz_goes_red_when_a_log_waits_too_long(maria, log):
    beat_all(timezone.now())
    log(maria, stools(8), now=NOON, flag=False)
    assert Client().get("/readyz").status_code == 503


def test_the_phone_asks_for_the_protocol_and_keeps_it(maria):
    phone = client_of(maria.person)
    first = phone.get("/api/v1/protocol")
    assert first.json()["protocol"]["drug"] == "sorafenib"
    again = phone.get("/api/v1/protocol", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("accepted", "packing", "unpack"),
    [("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)],
)
def test_a_slow_line_carries_the_protocol_packed(maria, accepted, packing, unpack):
    phone = client_of(maria.person)
    plain = phone.get("/api/v1/protocol")
    packed = phone.get("/api/v1/protocol", HTTP_ACCEPT_ENCODING=accepted)
    assert packed.headers["Content-Encoding"] == packing
    assert unpack(packed.content) == plain.content
    assert len(packed.content) * 3 < len(plain.content)
    again = phone.get("/api/v1/protocol", HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=packed.headers["ETag"])
    assert again.status_code == 304


def test_me_tells_the_phone_what_it_needs_offline(maria):
    me = client_of(maria.person).get("/api/v1/me").json()
    assert me["clinic"]["emergency_number"] == "911"
    assert me["patient"]["baseline"] == {
        "stools_per_day": 1,
        "systolic": 126,
        "diastolic": 78,
        "weight": 70.0,
    }
    assert me["team"]["nurse"] == "Joan"
