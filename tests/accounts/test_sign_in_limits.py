"""Passwords cannot be guessed, and nobody can lock a patient out, or a whole clinic, by trying."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from backend.accounts import known_devices
from backend.accounts.services import remove_what_is_over
from backend.config import settings as ours

SESSION = "/_allauth/browser/v1/auth/session"
LOGIN = "/_allauth/browser/v1/auth/login"
PASSWORD = "a long pass phrase for tests"
CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Many tries in a test: what is counted does not depend on how a password is kept."""


@pytest.fixture(autouse=True)
def cheap_passwords(settings):
    settings.PASSWORD_HASHERS = CHEAP


@pytest.fixture
def maria_with_password(maria):
    maria.person.set_password(PASSWORD)
    maria.person.save()
    return maria.person


def signed_in(email, password=PASSWORD, *, browser=None, network="192.0.2.1"):
    browser = browser or Client()
    body = {"email": email, "password": password}
    return browser.post(LOGIN, body, "application/json", REMOTE_ADDR=network)


def guess(email, times, network="192.0.2.1"):
    """Try wrong passwords on devices that nobody knows. Returns the last answer."""
    for _ in range(times):
        answer = signed_in(email, "wrong", network=network)
    return answer


def test_too_many_tries_are_said_as_such_with_the_time_to_wait(maria_with_password):
    assert guess("maria@example.org", 5).status_code == 400
    answer = guess("maria@example.org", 1)
    assert answer.status_code == 429
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "too_many"
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    assert answer.json()["retry_after"] == int(answer.headers["Retry-After"])
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_address_that_nobody_has_is_answered_the_same(maria_with_password):
    known = [signed_in("maria@example.org", "wrong").status_code for _ in range(7)]
    unknown = [signed_in("nobody@example.org", "wrong", network="192.0.2.2").status_code for _ in range(7)]
    assert known == unknown == [400] * 5 + [429] * 2


def test_capital_letters_and_spaces_make_no_other_account(maria_with_password):
    written = (
        "maria@example.org",
        "MARIA@example.org",
        " Maria@Example.org ",
        "maria@EXAMPLE.org",
        "mAria@example.org",
    )
    for email in written:
        assert signed_in(email, "wrong").status_code == 400
    assert signed_in("maria@example.org").status_code == 429


def test_guessing_from_another_network_does_not_lock_the_patient_out(maria_with_password):
    guess("maria@example.org", 8, network="198.51.100.7")
    assert signed_in("maria@example.org").status_code == 200


def test_guessing_in_the_patients_own_network_does_not_lock_her_phone_out(maria_with_password):
    phone = Client()
    assert signed_in("maria@example.org", browser=phone).status_code == 200
    phone.delete(SESSION)
    guess("maria@example.org", 8)
    assert signed_in("maria@example.org", browser=phone).status_code == 200
    assert signed_in("maria@example.org").status_code == 429, "a device nobody knows waits"


def test_guessing_from_many_networks_does_not_lock_her_phone_out(maria_with_password, settings):
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "account": "12/h/key"}
    phone = Client()
    signed_in("maria@example.org", browser=phone)
    phone.delete(SESSION)
    codes = {guess("maria@example.org", 5, network=f"198.51.100.{n}").status_code for n in range(1, 4)}
    assert codes == {400, 429}, "the account is closed to devices nobody knows"
    assert signed_in("maria@example.org", network="203.0.113.9").status_code == 429
    assert signed_in("maria@example.org", browser=phone, network="203.0.113.9").status_code == 200


def test_a_known_device_cannot_guess_without_end(maria_with_password):
    phone = Client()
    signed_in("maria@example.org", browser=phone)
    phone.delete(SESSION)
    codes = [signed_in("maria@example.org", "wrong", browser=phone).status_code for _ in range(12)]
    assert codes == [400] * 10 + [429] * 2


def test_a_device_is_known_for_the_account_that_signed_in_on_it_and_no_other(maria_with_password, joan):
    joan.set_password(PASSWORD)
    joan.save()
    thief = Client()
    signed_in("joan@example.org", browser=thief)
    thief.delete(SESSION)
    codes = [signed_in("maria@example.org", "wrong", browser=thief).status_code for _ in range(7)]
    assert codes == [400] * 5 + [429] * 2


def test_a_cookie_that_was_not_made_here_makes_no_device_known(maria_with_password):
    browser = Client()
    browser.cookies[known_devices.cookie_of("maria@example.org")] = "made:up:cookie"
    codes = [signed_in("maria@example.org", "wrong", browser=browser).status_code for _ in range(6)]
    assert codes[-1] == 429


def test_the_cookie_of_a_device_is_sent_at_sign_in_alone_and_names_nobody(maria_with_password):
    browser = Client()
    signed_in("maria@example.org", browser=browser)
    cookie = browser.cookies[known_devices.cookie_of("maria@example.org")]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (LOGIN, True, "Strict")
    assert "maria" not in cookie.output().lower()


def test_ten_typing_mistakes_do_not_lock_a_clinics_network(maria_with_password, joan, priya):
    for n in range(30):
        signed_in(f"colleague{n % 15}@example.org", "a typing mistake")
    assert signed_in("maria@example.org").status_code == 200


def test_one_network_cannot_try_one_password_on_every_account(db, settings):
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "network": "6/15m/key"}
    codes = [signed_in(f"person{n}@example.org", "Password1234").status_code for n in range(8)]
    assert codes == [400] * 6 + [429] * 2


def test_a_clinics_network_may_mistype_a_hundred_times_and_an_account_fifty(settings):
    assert settings.SIGN_IN_LIMITS["network"] == "100/15m/key"
    assert settings.SIGN_IN_LIMITS["account"] == "50/h/key"


def test_what_was_right_does_not_count(maria_with_password):
    codes = [signed_in("maria@example.org").status_code for _ in range(12)]
    assert set(codes) == {200}


def test_no_counter_is_thrown_away_while_it_counts(maria_with_password):
    guess("maria@example.org", 5)
    for n in range(400):
        cache.set(f"another-key-{n}", [1.0], 300)
    assert signed_in("maria@example.org").status_code == 429


def test_counters_and_sessions_are_removed_once_they_are_over(maria_with_password):
    phone = Client()
    signed_in("maria@example.org", browser=phone)
    guess("maria@example.org", 1)
    remove_what_is_over(now=timezone.now())
    assert cached() == 3, "account, network, and both together"
    assert Session.objects.count() == 1
    remove_what_is_over(now=timezone.now() + timedelta(hours=1, minutes=1))
    assert cached() == 0
    assert Session.objects.count() == 1, "her phone stays signed in for weeks"
    remove_what_is_over(now=timezone.now() + timedelta(days=61))
    assert Session.objects.count() == 0


def cached():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM rate_limits WHERE cache_key NOT LIKE '%:lock' AND cache_key LIKE '%:sign_in:%'"
        )
        return cursor.fetchone()[0]


def test_counters_need_no_redis():
    assert ours.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
