"""Bad input is refused in one form that names field, reason and what to do; nothing is stored in part."""

import base64
import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from backend.diary.models import DailyLog
from tests.conftest import client_of, pressure, stools

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(maria):
    return client_of(maria.person)


def send(phone, body, log_id=None):
    return phone.put(f"/api/v1/logs/{log_id or uuid.uuid4()}", body, format="json")


def refused_for(answer, field):
    problem = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert 400 <= answer.status_code < 500
    assert DailyLog.objects.count() == 0
    assert problem["detail"]
    found = next((item for item in problem["fields"] if item["field"] == field), None)
    assert found, problem
    assert found["reason"]
    assert found["mend"]
    return problem


def today(**more):
    return {"day": str(timezone.now().date()), **more}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (pressure((80, 120)), "blood_pressure"),
        (pressure((120, 120)), "blood_pressure"),
        (pressure((261, 100)), "blood_pressure"),
        (pressure((59, 40)), "blood_pressure"),
        (pressure((120, 29)), "blood_pressure"),
        (pressure((200, 161)), "blood_pressure"),
        ({"blood_pressure": [{"systolic": 120}]}, "blood_pressure"),
        (stools(51), "diarrhea"),
        (stools(-1), "diarrhea"),
        (stools("8"), "diarrhea"),
        (stools(True), "diarrhea"),
        (stools(2.5), "diarrhea"),
        ({"diarrhea": {"stools": 2, "limits_self_care": "no"}}, "diarrhea"),
        ({"diarrhea": {"stools": 2, "colour": "green"}}, "diarrhea"),
        ({"warning_signs": ["feeling_odd"]}, "warning_signs"),
        ({"warning_signs": "chest_pain"}, "warning_signs"),
        ({"adherence": "forgot"}, "adherence"),
        ({"fatigue": []}, "fatigue"),
        ({"mood": "good"}, "mood"),
        ({"note": "x" * 2001}, "note"),
        ({"note": 5}, "note"),
        ({"weight": "70"}, "weight"),
    ],
)
def test_facts_that_cannot_be_true_name_their_group(phone, facts, field):
    problem = refused_for(send(phone, today(facts=facts)), field)
    assert problem["code"] == "invalid_facts"


def test_facts_must_be_an_object(phone):
    wrong: list[object] = [[], "none", 3, None]
    for facts in wrong:
        assert send(phone, today(facts=facts)).status_code == 422
    assert DailyLog.objects.count() == 0


@pytest.mark.parametrize("facts", [{}, {"diarrhea": None}, {"fatigue": {"present": None}}])
def test_a_log_in_which_nothing_is_answered_is_refused(phone, facts):
    refused_for(send(phone, today(facts=facts)), "facts")


@pytest.mark.parametrize("days", [1, 2, 400])
def test_a_day_in_the_future_is_refused(phone, days):
    latest = timezone.now().date() + timedelta(days=days)
    refused_for(send(phone, {"day": str(latest), "facts": stools(1)}), "day")


def test_a_day_more_than_14_days_back_is_refused_and_14_days_back_is_not(phone):
    now = timezone.now().date()
    refused_for(send(phone, {"day": str(now - timedelta(days=16)), "facts": stools(1)}), "day")
    assert send(phone, {"day": str(now - timedelta(days=14)), "facts": stools(1)}).status_code == 200


@pytest.mark.parametrize("day", ["14 May", "2026-13-01", "", None, 20260514])
def test_a_day_that_is_no_date_is_refused(phone, day):
    refused_for(send(phone, {"day": day, "facts": stools(1)}), "day")


def test_a_field_nobody_knows_is_refused(phone):
    refused_for(send(phone, today(facts=stools(1), patient="walter")), "patient")


def test_what_is_missing_is_named(phone):
    refused_for(send(phone, {"facts": stools(1)}), "day")
    refused_for(send(phone, today()), "facts")


@pytest.mark.parametrize("log_id", ["17", "not-an-id", "{00000000-0000-0000-0000-000000000000}", "0" * 32])
def test_a_malformed_id_is_named(phone, log_id):
    assert refused_for(send(phone, today(facts=stools(1)), log_id), "id")["code"] == "invalid_id"


@pytest.mark.parametrize("address", ["/api/v1/logs/", "/api/v1/logs"])
def test_a_log_without_an_id_is_told_to_bring_one(phone, address):
    answer = phone.put(address, today(facts=stools(1)), format="json")
    assert refused_for(answer, "id")["code"] == "missing_id"


@pytest.mark.parametrize("body", ["{", '{"day": NaN}', '{"day": 1} x', "", "\x00"])
def test_a_body_that_is_not_json_says_so(phone, body):
    answer = phone.put(f"/api/v1/logs/{uuid.uuid4()}", body, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", ["[]", "3", '"text"', "null"])
def test_a_body_that_is_no_object_is_refused(phone, body):
    answer = phone.put(f"/api/v1/logs/{uuid.uuid4()}", body, content_type="application/json")
    assert answer.status_code == 422


def test_a_body_over_one_mebibyte_is_refused(phone):
    answer = send(phone, today(facts={"note": "x" * (1024 * 1024)}))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_another_content_type_is_refused(phone):
    answer = phone.put(f"/api/v1/logs/{uuid.uuid4()}", "day=1", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 415
    assert "Content-Type: application/json" in answer.json()["detail"]


def test_what_the_framework_refuses_says_what_to_do_next(phone):
    assert "Send Accept: application/json" in phone.get("/api/v1/logs", HTTP_ACCEPT="text/html").json()["detail"]
    assert "The header Allow lists" in phone.delete("/api/v1/logs").json()["detail"]
    assert "Sign in, or send a token" in APIClient().get("/api/v1/logs").json()["detail"]


def test_text_that_postgresql_cannot_keep_is_refused_not_broken(phone):
    assert send(phone, today(facts={"note": "a\u0000b"})).status_code == 422


def test_deeply_nested_json_is_refused(phone):
    answer = phone.put(f"/api/v1/logs/{uuid.uuid4()}", "[" * 5000 + "]" * 5000, content_type="application/json")
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-01-01"])
def test_a_day_nobody_lives_in_is_refused(phone, day):
    refused_for(send(phone, {"day": day, "facts": stools(1)}), "day")


WRONG_PLACES = [["x", "y"], [1, None], ["abc", 1, 2], {"a": 1, "b": 2}, "ab", [[], []], [1, "2026-05-14", "no"], 7]


@pytest.mark.parametrize("place", WRONG_PLACES)
@pytest.mark.parametrize("address", ["/api/v1/alerts", "/api/v1/patients"])
def test_a_cursor_nobody_issued_is_refused(joan, address, place):
    cursor = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
    assert client_of(joan).get(f"{address}?cursor={cursor}").status_code == 422


WRONG_QUESTIONS = ["urgency=nonsense", "symptom=nonsense", "owner=nonsense", "stat=resolved", "state=", "patient=x"]


@pytest.mark.parametrize("question", [*WRONG_QUESTIONS, "urgency=a%00b", "symptom=a%00b"])
def test_a_question_to_the_worklist_that_means_nothing_is_refused_not_answered_with_everything(joan, question):
    answer = client_of(joan).get(f"/api/v1/alerts?{question}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")


def test_a_name_with_a_nul_is_refused(joan):
    assert client_of(joan).get("/api/v1/patients?q=%00").status_code == 422


@pytest.mark.parametrize("address", ["me", "docs", "schema", "alerts", "logs"])
def test_a_method_that_means_nothing_here_is_no_defect(joan, address):
    for method in ("options", "delete", "patch", "trace"):
        assert 400 <= getattr(client_of(joan), method)(f"/api/v1/{address}").status_code < 500


def test_a_foreign_host_name_gets_a_problem_document():
    answer = Client().get("/api/v1/me", headers={"host": "elsewhere.example"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_written_at_without_an_offset_is_refused(phone):
    refused_for(send(phone, today(facts=stools(1), written_at="2026-05-14T08:00:00")), "written_at")


def test_a_grade_as_text_is_refused(alert_of_maria, joan):
    body = {"outcome": "spoke_with_patient", "grade": "3"}
    answer = client_of(joan).post(f"/api/v1/alerts/{alert_of_maria.pk}/resolve", body, format="json")
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "grade"


def test_an_outcome_that_answers_nothing_says_what_to_do(alert_of_maria, joan):
    answer = client_of(joan).post(
        f"/api/v1/alerts/{alert_of_maria.pk}/resolve", {"outcome": "message_left"}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "outcome_keeps_open")


def test_the_second_nurse_reads_who_has_it(alert_of_maria, joan, priya):
    address = f"/api/v1/alerts/{alert_of_maria.pk}/acknowledge"
    assert client_of(priya).post(address, {}, format="json").status_code == 200
    answer = client_of(joan).post(address, {}, format="json")
    assert answer.status_code == 409
    assert answer.json()["by"] == "Priya"
    assert answer.json()["detail"].startswith("Priya took this alert at ")


@pytest.mark.parametrize(
    "day", ["20261129", "2026-W48-7", "2026-11-29T00:00:00", "２０２６-11-29", "2026-11-29 ", 20261129]
)
def test_a_day_has_one_form(phone, day):
    refused_for(send(phone, {"day": day, "facts": stools(1)}), "day")


def test_a_number_without_a_fraction_is_whole(alert_of_maria, joan):
    body = {"outcome": "message_left", "grade": 3.0}
    answer = client_of(joan).post(f"/api/v1/alerts/{alert_of_maria.pk}/contacts", body, format="json")
    assert answer.status_code == 200
    wrong = client_of(joan).post(f"/api/v1/alerts/{alert_of_maria.pk}/contacts", {**body, "grade": 2.5}, format="json")
    assert wrong.json()["fields"][0]["reason"] == "Send a whole number, such as 3, without quotes or fractions."


def test_thirty_five_point_zero_tablets_are_thirty_five(phone):
    answer = send(phone, today(facts={"tablets_left": 35.0}))
    assert answer.json()["facts"] == {"tablets_left": 35}


@pytest.mark.parametrize("limit", ["２８", "1e1", "+5", "", "0", "101", "5&limit=6"])
def test_a_limit_is_a_number_in_the_digits_0_to_9_sent_once(phone, limit):
    assert phone.get(f"/api/v1/logs?limit={limit}").status_code == 422


@pytest.mark.parametrize("identity", [True, 12345, "{%s}", "urn:uuid:%s", "bare"])
def test_an_id_has_one_form(alert_of_maria, joan, identity):
    right = str(joan.pk)
    sent = (
        identity
        if not isinstance(identity, str)
        else right.replace("-", "")
        if identity == "bare"
        else identity % right
    )
    answer = client_of(joan).post(f"/api/v1/alerts/{alert_of_maria.pk}/assign", {"to": sent}, format="json")
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "to"


def test_a_question_about_my_logs_that_means_nothing_is_refused(phone, maria, joan):
    for address in ("logs?befor=2026-05-14", "protocol?language=es", "messages?limit=5"):
        assert phone.get(f"/api/v1/{address}").status_code == 422
    for address in (f"patients/{maria.pk}/logs?day=3", "roster?month=5", "patients?name=Maria"):
        assert client_of(joan).get(f"/api/v1/{address}").status_code == 422
