"""Setting a new password by a mailed link: it tells nobody who has an account, and ends what the old one opened."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.accounts.models import PasswordRequest
from backend.audit.models import AuditEvent
from backend.messaging import passwords, tasks
from backend.messaging.models import Delivery
from backend.ticks import nudge
from tests.conftest import client_of, make_person

REQUEST = "/_allauth/browser/v1/auth/password/request"
RESET = "/_allauth/browser/v1/auth/password/reset"
CHANGE = "/_allauth/browser/v1/account/password/change"
LOGIN = "/_allauth/browser/v1/auth/login"
OLD, NEW = "an old pass phrase", "three words remembered"


@pytest.fixture(autouse=True)
def cheap_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def ask(email, network="192.0.2.1"):
    return Client().post(REQUEST, {"email": email}, "application/json", REMOTE_ADDR=network)


def send(now=None):
    """What the worker does."""
    passwords.send_links(now=now or timezone.now())


def key_for(email):
    """Ask, let the worker send, and take the key out of the mailed link."""
    mail.outbox.clear()
    cache.clear()
    assert ask(email).status_code == 200
    send()
    [sent] = mail.outbox
    found = re.search(r"#/password/(\S+)", str(sent.body))
    assert found, sent.body
    return found[1]


def set_new(key, browser=None, password=NEW):
    return (browser or Client()).post(RESET, {"key": key, "password": password}, "application/json")


def with_password(person):
    person.set_password(OLD)
    person.save()
    return person


def test_asking_for_an_address_that_nobody_has_is_answered_as_for_one_that_somebody_has(maria):
    known, unknown = ask("maria@example.org"), ask("nobody@example.org")
    assert known.status_code == unknown.status_code == 200
    assert known.content == unknown.content
    same = {*known.headers} - {"Expires"}  # the moment of the answer
    assert {*known.headers} == {*unknown.headers}
    assert [known.headers[name] for name in same] == [unknown.headers[name] for name in same]


def test_the_web_process_does_the_same_work_for_both(maria):
    """No difference in time can tell them apart: nothing is looked up and nothing sent before the answer."""
    ask("somebody@example.org")
    done = []
    for email in ("maria@example.org", "nobody@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(email)
        done.append([re.sub(r"'[^']*'|[0-9a-f]{64}|\d+", "?", one["sql"]) for one in queries])
    assert done[0] == done[1]
    assert not any("accounts_person" in statement for statement in done[0])


def test_only_an_address_that_somebody_has_is_written_to(maria):
    ask("nobody@example.org")
    ask("MARIA@example.org")
    send()
    assert [message.to for message in mail.outbox] == [["maria@example.org"]]
    assert not PasswordRequest.objects.exists(), "no typed address is kept"


def test_without_a_mail_server_asking_is_answered_all_the_same(maria, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert ask("maria@example.org").status_code == 200
    send()
    assert PasswordRequest.objects.get().next_attempt_at > timezone.now(), "it is tried again"


@pytest.fixture
def redis_is_away(settings):
    """Nobody listens at the address of Redis. The tests after this one find the right one again."""
    address, settings.REDIS_URL = settings.REDIS_URL, "redis://127.0.0.1:9/0"
    nudge._redis.cache_clear()
    yield
    settings.REDIS_URL = address
    nudge._redis.cache_clear()


def test_while_redis_is_away_asking_is_answered_all_the_same(maria, redis_is_away):
    assert ask("maria@example.org").status_code == ask("nobody@example.org").status_code == 200
    tasks.send_waiting_deliveries()
    assert len(mail.outbox) == 1, "the minute's tick sends it"


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Handhold: set a new password"),
        ("es", "Handhold: elija una contraseña nueva"),
        ("zh-Hans", "Handhold：设置新密码"),
    ],
)
def test_the_mail_is_in_her_language_names_handhold_and_the_site_and_nothing_about_health(maria, language, subject):
    maria.language = language
    maria.save()
    ask("maria@example.org")
    send()
    [sent] = mail.outbox
    assert sent.subject == subject
    assert "http://testserver/#/password/" in sent.body
    assert "testserver" in sent.body.split("http://")[0], "the site, in words"
    assert "Maria" not in sent.body
    assert "Hello from" not in sent.body


def test_a_nurses_link_opens_the_clinics_page(joan):
    ask("joan@example.org")
    send()
    assert "http://testserver/clinic#/password/" in mail.outbox[0].body


def test_a_caregiver_has_a_way_back_too(db):
    make_person("ana@example.org", "caregiver")
    assert key_for("ana@example.org")


def test_asked_twice_within_ten_minutes_it_is_one_mail(maria):
    ask("maria@example.org")
    ask("maria@example.org", network="192.0.2.2")
    send()
    ask("maria@example.org")
    send()
    assert len(mail.outbox) == 1
    cache.clear()
    ask("maria@example.org")
    send()
    assert len(mail.outbox) == 2


def test_the_link_sets_a_new_password_and_signs_in(maria):
    with_password(maria.person)
    browser = Client()
    assert set_new(key_for("maria@example.org"), browser).status_code == 200
    assert browser.get("/api/v1/me").json()["person"]["name"] == "Maria"
    maria.person.refresh_from_db()
    assert maria.person.check_password(NEW)
    assert AuditEvent.objects.filter(patient_id=maria.pk, verb="changed", what="password").exists()


def test_the_link_works_once(maria):
    key = key_for("maria@example.org")
    set_new(key)
    again = set_new(key, password="another pass phrase")
    assert again.status_code == 400
    assert again.json()["errors"][0]["code"] == "invalid_password_reset"


def test_the_link_is_too_old_after_four_hours(maria, settings):
    assert timedelta(hours=4).total_seconds() == settings.PASSWORD_RESET_TIMEOUT
    key = key_for("maria@example.org")
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert set_new(key).status_code == 400


def test_a_password_that_is_easy_to_guess_is_refused_with_what_is_wrong(maria):
    key = key_for("maria@example.org")
    codes = [set_new(key, password=word).json()["errors"][0]["code"] for word in ("short", "password1234")]
    assert codes == ["password_too_short", "password_too_common"]
    assert set_new(key).status_code == 200, "the link still works"


@pytest.mark.parametrize("key", ["", "nonsense", "a-b", "0" * 32 + "-xyz-" + "0" * 64, "\x00-a"])
def test_a_link_that_nobody_was_sent_is_refused(db, key):
    assert set_new(key).status_code == 400
    looked = Client().get(RESET, headers={"X-Password-Reset-Key": key.replace("\x00", "")})
    assert looked.status_code == 400


def test_the_page_can_ask_whether_a_link_still_works(maria):
    key = key_for("maria@example.org")
    assert Client().get(RESET, headers={"X-Password-Reset-Key": key}).status_code == 200


@pytest.fixture
def left_open(joan):
    """Joan's page on another computer, and a token of hers."""
    with_password(joan)
    page = Client()
    page.force_login(joan)
    app = client_of(joan)
    assert page.get("/api/v1/me").status_code == app.get("/api/v1/me").status_code == 200
    return page, app


def test_a_new_password_ends_the_other_sessions_and_the_tokens(left_open):
    page, app = left_open
    set_new(key_for("joan@example.org"))
    assert page.get("/api/v1/me").status_code in (401, 403)
    assert app.get("/api/v1/me").status_code == 401


def test_a_change_of_password_ends_the_other_sessions_and_the_tokens(left_open, joan):
    page, app = left_open
    here = Client()
    here.force_login(joan)
    body = {"current_password": OLD, "new_password": NEW}
    assert here.post(CHANGE, body, "application/json").status_code == 200
    assert here.get("/api/v1/me").status_code == 200, "where it was changed"
    assert page.get("/api/v1/me").status_code in (401, 403)
    assert app.get("/api/v1/me").status_code == 401


def test_a_change_of_password_asks_for_the_old_one(left_open, joan):
    page, _ = left_open
    for body in ({"new_password": NEW}, {"current_password": "wrong", "new_password": NEW}):
        assert page.post(CHANGE, body, "application/json").status_code == 400
    joan.refresh_from_db()
    assert joan.check_password(OLD)


def test_the_link_is_a_way_in_while_somebody_guesses(maria, settings):
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "account": "2/h/key"}
    with_password(maria.person)
    for _ in range(3):
        Client().post(LOGIN, {"email": "maria@example.org", "password": "wrong"}, "application/json")
    phone = Client()
    set_new(key_for("maria@example.org"), phone)
    phone.delete("/_allauth/browser/v1/auth/session")
    answer = phone.post(LOGIN, {"email": "maria@example.org", "password": NEW}, "application/json")
    assert answer.status_code == 200


@pytest.mark.parametrize("status", ["withdrawn", "died", "transferred"])
def test_lesson_3_after_a_patient_has_left_no_link_is_sent(maria, status):
    ask("maria@example.org")
    maria.status = status
    maria.save()
    send()
    assert mail.outbox == []


def test_somebody_whose_work_has_ended_gets_no_link(joan):
    ask("joan@example.org")
    joan.is_active = False
    joan.save()
    send()
    assert mail.outbox == []


def test_a_link_that_cannot_be_sent_is_given_up_and_alarms_no_clinic(maria, ada, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    ask("maria@example.org")
    send(timezone.now() + timedelta(hours=5))
    assert not PasswordRequest.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("email", ["", "maria", "a" * 300 + "@example.org", "m@x.org\ud800", ["m@x.org"], None, 5])
def test_what_is_no_address_is_refused(email, db):
    assert ask(email).status_code == 400


@pytest.mark.parametrize("password", ["\ud800" * 12, "a\x00" * 12, "x" * 100_000, ["a"], None, True])
def test_a_strange_password_is_answered_and_never_breaks_the_site(maria, password):
    with_password(maria.person)
    body = {"email": "maria@example.org", "password": password}
    assert Client().post(LOGIN, body, "application/json").status_code == 400
    assert set_new(key_for("maria@example.org"), password=password).status_code in (200, 400)


@pytest.mark.parametrize("body", ["[" * 100_000, "{", '{"email": "\\ud800"}', "[]", "5", '"text"', "\xff"])
@pytest.mark.parametrize("address", [LOGIN, REQUEST, RESET])
def test_a_body_that_cannot_be_read_is_refused_and_never_breaks_the_site(address, body, db):
    assert Client().post(address, body.encode("latin-1"), "application/json").status_code == 400


def test_asking_is_limited_by_network(db):
    answers = [ask("nobody@example.org") for _ in range(21)]
    assert (answers[19].status_code, answers[20].status_code) == (200, 429)
    assert answers[20].headers["Retry-After"]
