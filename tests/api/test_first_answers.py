"""The patient's page brings what it would ask for first: who to call, the way to the log, and the API's own answers."""

import base64
import hashlib
import re
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import orjson
import pytest
from django.test import Client

from backend.api import first_screen
from backend.audit.models import AuditEvent
from backend.protocol import load
from backend.triage import recording
from backend.triage.models import Alert
from tests.conftest import NOON, TODAY, client_of, stools

pytestmark = pytest.mark.django_db
NEWEST = load.newest("sorafenib")


class Answers(HTMLParser):
    """Reads the script elements with a path as a browser does."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.path = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.path = dict(attrs).get("data-path") or "" if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        self.path = ""

    def handle_data(self, data: str) -> None:
        if self.path:
            self.found[self.path] = self.found.get(self.path, "") + data


def page_of(person=None):
    browser = Client()
    if person:
        browser.force_login(person)
    return browser.get("/")


def answers_in(page) -> dict[str, Any]:
    return {path: orjson.loads(text) for path, text in Answers(page.content.decode()).found.items()}


def test_the_page_holds_what_the_api_answers_to_the_same_patient(maria, log):
    log(maria, stools(8))
    found = answers_in(page_of(maria.person))
    api = client_of(maria.person)
    assert found["/api/v1/logs?limit=28"] == api.get("/api/v1/logs?limit=28").json()
    here, there = found["/api/v1/me"], api.get("/api/v1/me").json()
    assert here.keys() == there.keys()
    for part in ("person", "patient", "team", "unread_messages"):
        assert here[part] == there[part]


def test_a_patient_finds_nothing_of_another_one(maria, walter, log):
    log(walter, stools(8))
    page = page_of(maria.person)
    assert answers_in(page)["/api/v1/logs?limit=28"]["results"] == []
    assert str(walter.pk) not in page.content.decode()


def test_without_a_session_the_page_is_the_same_for_everybody_and_may_be_kept(maria):
    page = page_of()
    assert answers_in(page) == {}
    assert "tel:" not in page.content.decode()
    assert page["Cache-Control"] == "no-cache"


def test_nobody_may_keep_a_page_with_answers_about_a_patient(maria):
    assert page_of(maria.person)["Cache-Control"] == "private, no-store"


def test_a_nurse_finds_no_logs_in_the_patients_page(joan, alert_of_maria):
    page = page_of(joan)
    assert list(answers_in(page)) == ["/api/v1/me"]
    assert "/api/v1/protocol" not in page.content.decode()
    assert str(alert_of_maria.patient_id) not in page.content.decode()


def test_words_of_a_patient_never_end_the_element_that_holds_them(maria, log):
    note = "</script><script>alert(1)</script><!-- & \u2028"
    log(maria, {**stools(1), "note": note})
    page = page_of(maria.person)
    assert "<script>alert" not in page.content.decode()
    assert answers_in(page)["/api/v1/logs?limit=28"]["results"][0]["facts"]["note"] == note


def test_reading_the_page_is_audited_as_reading_the_api_is(maria):
    page_of(maria.person)
    seen = AuditEvent.objects.filter(patient_id=maria.pk, verb="viewed").values_list("what", flat=True)
    assert sorted(seen) == ["log", "patient"]


def test_the_numbers_and_the_way_to_the_log_need_no_script(maria):
    page = page_of(maria.person).content.decode()
    assert re.search(r'href="tel:5550142".*555.0142', page, re.DOTALL)
    assert 'href="tel:911"' in page
    assert 'data-rel="preload" as="fetch" crossorigin="anonymous" href="/api/v1/protocol?for=phone"' in page
    assert 'href="#/log"' in page
    assert "Maria." in page


def test_the_log_is_asked_for_after_today(maria):
    page = page_of(maria.person).content.decode()
    assert re.search(r'<link data-rel="modulepreload" crossorigin href="/assets/today-', page)
    assert re.search(r'<link data-then="modulepreload" crossorigin href="/assets/log-', page)


def test_the_first_screen_speaks_the_patients_language_and_sends_for_its_words(maria):
    type(maria).objects.filter(pk=maria.pk).update(language="es")
    page = page_of(maria.person).content.decode()
    assert "Registrar hoy" in page
    assert '<html lang="es"' in page
    assert re.search(r'<link data-rel="modulepreload" crossorigin href="/assets/es-\w+', page)


def test_a_day_that_is_logged_offers_no_second_log(maria, log):
    now = datetime.fromisoformat("2026-05-14T16:00:00+00:00")
    api = client_of(maria.person)
    me = api.get("/api/v1/me").json()
    day = {"day": "2026-05-14", "revision": 1, "advice": None}
    assert "#/log" in first_screen.first_screen(me=me, logs=[], protocol=NEWEST, now=now)
    assert "#/log" not in first_screen.first_screen(me=me, logs=[day], protocol=NEWEST, now=now)


def test_only_the_line_that_is_answered_at_all_hours_is_called_the_24_hour_line(maria):
    now = datetime.fromisoformat("2026-05-14T16:00:00+00:00")
    me = client_of(maria.person).get("/api/v1/me").json()
    assert "24 h: 555\u00a00142" in first_screen.first_screen(me=me, logs=[], protocol=NEWEST, now=now)
    me["clinic"]["hours"]["line"] = "555 0143"
    at_night = first_screen.first_screen(me=me, logs=[], protocol=NEWEST, now=now)
    assert "Now: 555\u00a00143" in at_night
    assert "24 h" not in at_night


@pytest.mark.parametrize(("time", "greeting"), [("11:59", "morning"), ("12:00", "afternoon"), ("18:00", "evening")])
def test_the_greeting_follows_the_patients_own_clock(maria, time, greeting):
    me = client_of(maria.person).get("/api/v1/me").json()
    now = datetime.fromisoformat(f"2026-05-14T{time}:00-04:00")
    assert f"Good {greeting}, Maria." in first_screen.first_screen(me=me, logs=[], protocol=NEWEST, now=now)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Thursday, May 14. Day 14 on sorafenib."),
        ("es", "Hoy es jueves, 14 de mayo. Día 14 con sorafenib."),
        ("zh-Hans", "5月14日星期四。索拉非尼 (sorafenib)第 14 天。"),
    ],
)
def test_the_first_screen_names_the_day_as_the_phone_does(maria, language, line):
    me = client_of(maria.person).get("/api/v1/me").json()
    me["patient"] |= {"language": language, "treatment": {**me["patient"]["treatment"], "started_on": "2026-05-01"}}
    assert line in first_screen.first_screen(me=me, logs=[], protocol=NEWEST, now=NOON)


def asked_on(maria, now) -> list[str]:
    """The follow-up question on the first screen, if there is one."""
    api = client_of(maria.person)
    me, logs = api.get("/api/v1/me").json(), api.get("/api/v1/logs?limit=28").json()["results"]
    return re.findall(r"<h2>(Did you.*?)</h2>", first_screen.first_screen(me=me, logs=logs, protocol=NEWEST, now=now))


def test_the_day_after_an_advice_to_call_the_first_screen_asks_what_came_of_it(maria, log):
    log(maria, stools(8))
    assert asked_on(maria, NOON) == []
    assert asked_on(maria, NOON + timedelta(days=1)) == ["Did you reach your team about diarrhea?"]


def test_a_log_written_today_about_yesterday_is_asked_about_tomorrow(maria, log):
    log(maria, stools(8), day=TODAY - timedelta(days=1))
    assert asked_on(maria, NOON) == []
    assert len(asked_on(maria, NOON + timedelta(days=1))) == 1


def test_nothing_is_asked_about_a_log_that_the_team_has_answered(maria, joan, log):
    log(maria, stools(8))
    outcome = recording.Outcome(code="spoke_with_patient")
    recording.record_contact(alert=Alert.objects.get(patient=maria), outcome=outcome, nurse=joan, now=NOON)
    assert asked_on(maria, NOON + timedelta(days=1)) == []


@pytest.mark.parametrize(("element", "directive"), [("style", "style-src"), ("script", "script-src")])
def test_the_policy_lets_in_the_pages_own_styles_and_script_and_no_other(maria, element, directive):
    page = page_of(maria.person)
    [own] = re.findall(f"<{element}>(.*?)</{element}>", page.content.decode(), re.DOTALL)
    hashed = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    policy = [part.split() for part in page["Content-Security-Policy"].split("; ")]
    assert [directive, "'self'", f"'sha256-{hashed}'"] in policy
    assert ["default-src", "'self'"] in policy
