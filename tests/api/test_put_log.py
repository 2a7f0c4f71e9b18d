"""PUT of a daily log: the same id is the same log, a correction names what it corrects, nothing is kept in part."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from backend.audit.models import AuditEvent
from backend.diary.models import BloodPressureReading, DailyLog
from backend.triage import flagging
from tests.conftest import client_of, pressure, stools

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(maria):
    return client_of(maria.person)


@pytest.fixture
def today():
    return timezone.now().date()


def put(phone, today, facts, log_id=None, **more):
    body = {"day": str(today), "facts": facts, **more}
    return phone.put(f"/api/v1/logs/{log_id or uuid.uuid4()}", body, format="json")


def test_the_patient_is_told_at_once_to_call_and_why(phone, today):
    answer = put(phone, today, stools(8)).json()
    assert answer["assessment"]["urgency"] == "contact_today"
    assert answer["assessment"]["grades_ctcae5"]["diarrhea"] == 3
    assert answer["advice"]["title"] == "Call your team now."
    assert answer["advice"]["because"] == ["You had 8 stools today, 7 more than your usual."]
    assert answer["team"]["state"] == "waiting"
    assert answer["nurse_due_at"] is not None


def test_an_emergency_names_the_clinics_own_number(phone, today):
    answer = put(phone, today, {"warning_signs": ["chest_pain"]}).json()
    assert answer["advice"]["title"] == "Call 911 now."


def test_lesson_4_the_same_log_sent_again_gets_the_same_answer(phone, today):
    log_id = uuid.uuid4()
    answers = [put(phone, today, stools(8), log_id) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert DailyLog.objects.count() == 1


def test_the_same_log_after_other_days_came_in_still_gets_its_first_answer(phone, today):
    log_id = uuid.uuid4()
    first = put(phone, today, stools(5), log_id)
    put(phone, today - timedelta(days=1), stools(5))
    assert put(phone, today, stools(5), log_id).json()["assessment"] == first.json()["assessment"]


def test_lesson_5_the_same_id_with_other_content_is_a_conflict(phone, today):
    log_id = uuid.uuid4()
    put(phone, today, stools(8), log_id)
    refused = put(phone, today, stools(2), log_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "other_content")
    assert DailyLog.objects.get().facts["diarrhea"]["stools"] == 8


def test_the_id_of_somebody_elses_log_is_a_conflict_that_tells_nothing(phone, today, walter):
    log_id = uuid.uuid4()
    put(client_of(walter.person), today, stools(8), log_id)
    refused = put(phone, today, stools(8), log_id)
    assert refused.status_code == 409
    assert "diarrhea" not in refused.content.decode()


def test_a_second_log_for_the_day_has_to_name_the_one_it_corrects(phone, today):
    first = put(phone, today, stools(2)).json()
    refused = put(phone, today, stools(8))
    assert (refused.status_code, refused.json()["code"]) == (409, "day_already_logged")
    assert refused.json()["existing"] == first["id"]
    correction = put(phone, today, stools(8), corrects=first["id"]).json()
    assert (correction["revision"], correction["corrects"]) == (2, first["id"])


def test_a_conflict_is_no_error_of_the_database_whose_log_would_hold_the_answers(phone, today):
    """PostgreSQL writes failed statements into its log: none may fail."""
    failed = []

    def watch(execute, sql, params, many, context):
        try:
            return execute(sql, params, many, context)
        except Exception:
            failed.append(sql)
            raise

    log_id, first = uuid.uuid4(), put(phone, today, stools(2)).json()["id"]
    with connection.execute_wrapper(watch):
        assert put(phone, today, stools(8)).status_code == 409
        assert put(phone, today, stools(8), log_id, corrects=first).status_code == 200
        assert put(phone, today, stools(3), corrects=first).status_code == 409
        assert put(phone, today, stools(3), log_id).status_code == 409
    assert failed == []


def test_of_two_corrections_of_one_log_the_later_is_refused(phone, today):
    first = put(phone, today, stools(2)).json()["id"]
    newest = put(phone, today, stools(8), corrects=first).json()["id"]
    refused = put(phone, today, stools(3), corrects=first)
    assert (refused.status_code, refused.json()["code"]) == (409, "corrected_meanwhile")
    assert refused.json()["existing"] == newest


def test_a_correction_cannot_move_a_log_to_another_day(phone, today):
    first = put(phone, today, stools(2)).json()["id"]
    refused = put(phone, today - timedelta(days=1), stools(2), corrects=first)
    assert refused.status_code == 409
    assert DailyLog.objects.get().superseded_at is None, "nothing is kept in part"


def test_readings_are_kept_in_the_order_taken(phone, today):
    put(phone, today, pressure((152, 96), (148, 92)))
    kept = BloodPressureReading.objects.order_by("position").values_list("systolic", "diastolic")
    assert list(kept) == [(152, 96), (148, 92)]


def test_what_the_phone_showed_is_compared_with_what_the_server_finds(phone, today):
    shown = {"protocol": "sorafenib", "version": 1, "urgency": "contact_today", "rules": ["diarrhea_3"]}
    put(phone, today, stools(8), shown=shown)
    assert DailyLog.objects.get().phone_agrees is True
    yesterday = today - timedelta(days=1)
    put(phone, yesterday, stools(8), shown={**shown, "urgency": "self_care", "rules": []})
    assert DailyLog.objects.get(day=yesterday).phone_agrees is False


def test_lesson_16_the_day_is_the_one_the_phone_showed_wherever_the_patient_is(phone):
    """In Tokyo it is tomorrow already, in Los Angeles still yesterday: no day is crossed twice, none is refused."""
    now = timezone.now()
    for offset in ("+09:00", "-08:00"):
        hours = int(offset[:3])
        day = (now + timedelta(hours=hours)).date()
        written_at = (now + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S") + offset
        answer = put(phone, day, stools(1), written_at=written_at)
        assert answer.status_code in (200, 409)
        assert DailyLog.objects.filter(day=day).count() == 1


def test_every_write_is_in_the_audit(phone, today, maria):
    put(phone, today, stools(8))
    written = AuditEvent.objects.get(verb="changed", what="log")
    assert (written.patient_id, written.person_id) == (maria.pk, maria.person_id)


def test_the_patient_sees_who_answered_and_what_comes_next(phone, today, maria, joan):
    put(phone, today, stools(8))
    flagging.flag_waiting_logs(now=timezone.now(), batch=10)
    alert = client_of(joan).get("/api/v1/alerts").json()["results"][0]["id"]
    spoke = {"outcome": "spoke_with_patient", "next_step": "Dr. Okafor calls you."}
    client_of(joan).post(f"/api/v1/alerts/{alert}/resolve", spoke, format="json")
    team = phone.get("/api/v1/logs").json()["results"][0]["team"]
    assert (team["state"], team["by"], team["next_step"]) == ("resolved", "Joan", "Dr. Okafor calls you.")


def test_a_patient_who_has_left_is_told_whom_to_call(phone, today, maria):
    maria.status = "withdrawn"
    maria.save()
    refused = put(phone, today, stools(8))
    assert (refused.status_code, refused.json()["code"]) == (403, "care_ended")


def test_logs_are_listed_newest_first_in_pages(phone, today):
    for ago in range(4):
        put(phone, today - timedelta(days=ago), stools(1))
    page = phone.get("/api/v1/logs?limit=3").json()
    assert [log["day"] for log in page["results"]] == [str(today - timedelta(days=ago)) for ago in range(3)]
    rest = phone.get(page["next"]).json()
    assert (len(rest["results"]), rest["next"]) == (1, None)
