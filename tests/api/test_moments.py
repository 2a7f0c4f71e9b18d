"""Every moment a client sends is one people live in, and a row that cannot be read takes no list down."""

import uuid
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations import RunSQL
from django.utils import timezone

from backend.diary.models import BloodPressureReading, DailyLog
from backend.messaging.models import Message
from backend.triage.models import CanWait, PatientCall
from tests.conftest import client_of, pressure, stools

pytestmark = pytest.mark.django_db

POISON = [
    "0001-01-01T00:00:00+01:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-01:00",
    "1900-01-01T00:00:00+00:01",
    "2199-12-31T23:59:59-00:01",
    "2026-05-14T08:00:00+16:00",
    "2026-05-14T08:00:00-14:01",
    "2026-05-14T08:00:00",
    "2026-W20-4T08:00:00Z",
    "20260514T080000Z",
    "２０２６-05-14T08:00:00Z",
    "2026-02-30T08:00:00Z",
]
EDGES = ["1900-01-01T00:00:00Z", "2026-05-14T08:00:00+14:00", "2026-05-14T08:00:00.123-14:00", "2026-05-14T08:00Z"]


@pytest.fixture
def phone(maria):
    return client_of(maria.person)


@pytest.fixture
def kept(phone):
    """A log that asks Maria to call, flagged, with its alert on the worklist."""
    from backend.triage import flagging

    body = {"day": str(timezone.now().date()), "facts": stools(8)}
    answer = phone.put(f"/api/v1/logs/{uuid.uuid4()}", body, format="json").json()
    flagging.flag_waiting_logs(now=timezone.now(), batch=10)
    return answer


def sendings(phone, kept, moment):
    """Every place where a patient's app may send a moment, by the field that names it."""
    log = {"day": str(timezone.now().date()), "facts": stools(1)}
    at_log = f"/api/v1/logs/{kept['id']}"
    reading = {"systolic": 128, "diastolic": 79, "taken_at": moment}
    readings = {**log, "facts": {"blood_pressure": [reading]}}
    return {
        "written_at of a log": phone.put(f"/api/v1/logs/{uuid.uuid4()}", {**log, "written_at": moment}, format="json"),
        "blood_pressure": phone.put(f"/api/v1/logs/{uuid.uuid4()}", readings, format="json"),
        "at": phone.post(f"{at_log}/called", {"at": moment}, format="json"),
        "reached_at": phone.post(
            f"{at_log}/called", {"at": timezone.now().isoformat(), "reached_at": moment}, format="json"
        ),
        "said_at": phone.put(f"{at_log}/can_wait", {"can_wait": True, "said_at": moment}, format="json"),
        "written_at of a message": phone.put(
            f"/api/v1/messages/{uuid.uuid4()}", {"text": "Hello", "written_at": moment}, format="json"
        ),
    }


@pytest.mark.parametrize("moment", POISON)
def test_a_moment_nobody_lives_in_is_refused_wherever_it_is_sent_and_every_list_still_answers(
    phone, kept, joan, moment
):
    for place, answer in sendings(phone, kept, moment).items():
        assert answer.status_code == 422, (place, answer.content)
        field = answer.json()["fields"][0]
        assert (field["field"], bool(field["mend"])) == (place.split(" ")[0], True)
    for address in ("alerts", "work-items", "patients", "threads"):
        assert client_of(joan).get(f"/api/v1/{address}").status_code == 200


@pytest.mark.parametrize("moment", EDGES)
def test_a_moment_at_the_edge_of_what_people_live_in_is_taken(phone, kept, moment):
    assert phone.post(f"/api/v1/logs/{kept['id']}/called", {"at": moment}, format="json").status_code == 200


@pytest.mark.parametrize("moment", ["0044-03-15 12:00+00 BC", "2200-01-01 00:00+00", "1899-12-31 23:59:59+00"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("diary_dailylog", "written_at"), ("diary_bloodpressurereading", "taken_at"),
        ("triage_patientcall", "called_at"), ("triage_patientcall", "reached_at"), ("triage_canwait", "said_at"),
        ("messaging_message", "written_at"),
    ],
)  # fmt: skip
def test_the_database_refuses_such_a_moment_too(phone, kept, joan, table, column, moment):
    everything_said(phone, kept, joan)
    with pytest.raises(IntegrityError, match="moment"), transaction.atomic():
        force(table, column, moment, drop=False)


@pytest.mark.parametrize("moment", ["2200-01-01 00:00+00", "1899-12-31 23:59:59+00"])
def test_the_database_refuses_a_shift_in_such_a_year(joan, moment):
    with pytest.raises(IntegrityError, match="shifts_run_at_moments"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO care_shift (id, clinic_id, place, person_id, starts_at, ends_at) "
            "VALUES (%s, %s, 'nurse', %s, %s::timestamptz, %s::timestamptz + interval '8 hours')",
            [uuid.uuid4(), joan.clinic_id, joan.pk, moment, moment],
        )


def everything_said(phone, kept, joan):
    """A call, a word about waiting, a reading, a message, a work item and a shift: one row in every table."""
    from backend.care.models import Shift

    now = timezone.now()
    at = f"/api/v1/logs/{kept['id']}"
    phone.post(f"{at}/called", {"at": now.isoformat(), "reached_at": now.isoformat()}, format="json")
    phone.put(f"{at}/can_wait", {"can_wait": False, "said_at": now.isoformat()}, format="json")
    phone.put(f"/api/v1/messages/{uuid.uuid4()}", {"text": "Hello", "written_at": now.isoformat()}, format="json")
    before = str(now.date() - timedelta(days=1))
    body = {"day": before, "facts": pressure((150, 95)), "written_at": now.isoformat()}
    phone.put(f"/api/v1/logs/{uuid.uuid4()}", body, format="json")
    Shift.objects.create(
        clinic=joan.clinic, place="nurse", person=joan, starts_at=now, ends_at=now + timedelta(hours=8)
    )
    assert PatientCall.objects.exists()
    assert CanWait.objects.exists()
    assert Message.objects.exists()
    assert BloodPressureReading.objects.exists()


def force(table, column, moment, *, drop=True):
    """Write a moment into every row, with the constraints that would refuse it dropped for this test."""
    with connection.cursor() as cursor:
        if drop:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x')", [table]
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(f"UPDATE {table} SET {column} = %s::timestamptz", [moment])


POISONED = [
    ("diary_dailylog", "written_at"), ("diary_dailylog", "received_at"), ("diary_bloodpressurereading", "taken_at"),
    ("triage_patientcall", "called_at"), ("triage_patientcall", "reached_at"), ("triage_canwait", "said_at"),
    ("messaging_message", "written_at"), ("messaging_message", "received_at"), ("care_shift", "starts_at"),
    ("triage_alert", "raised_at"), ("triage_alert", "due_at"), ("triage_flag", "flagged_at"),
    ("triage_workitem", "created_at"),
]  # fmt: skip
LISTS = {
    "nurse": ["alerts", "work-items", "patients", "threads", "roster", "me", "handovers", "staff"],
    "patient": ["logs", "messages", "me"],
}


@pytest.mark.parametrize(("table", "column"), POISONED)
def test_a_row_that_cannot_be_read_takes_no_list_down(phone, kept, joan, maria, table, column):
    everything_said(phone, kept, joan)
    force(table, column, "infinity" if column == "due_at" else "0001-12-31 23:00+00 BC")
    nurse = client_of(joan)
    alert = nurse.get("/api/v1/alerts").json()["results"][0]
    for address in [*LISTS["nurse"], f"alerts/{alert['id']}", *(f"patients/{maria.pk}{more}" for more in HISTORY)]:
        assert nurse.get(f"/api/v1/{address}").status_code == 200, address
    for address in [*LISTS["patient"], f"logs/{kept['id']}"]:
        assert phone.get(f"/api/v1/{address}").status_code == 200, address


HISTORY = ["", "/logs", "/messages", "/treatments"]


def test_the_row_says_that_it_cannot_be_shown_and_still_says_who_and_how_urgent(phone, kept, joan):
    everything_said(phone, kept, joan)
    assert "unreadable" not in client_of(joan).get("/api/v1/alerts").json()["results"][0]
    force("triage_patientcall", "called_at", "0001-12-31 23:00+00 BC")
    row = client_of(joan).get("/api/v1/alerts").json()["results"][0]
    assert (row["unreadable"], row["called_at"]) == (["called_at"], None)
    assert (row["patient"]["name"], row["urgency"]) == ("Maria", "contact_today")
    mine = next(log for log in phone.get("/api/v1/logs").json()["results"] if log["id"] == kept["id"])
    assert mine["unreadable"] == ["called_at"]
    assert mine["facts"] == stools(8)


def test_a_row_whose_words_cannot_be_made_stays_in_its_list_and_the_others_are_whole(phone, kept, joan, walter, log):
    """A time zone or a protocol that is gone: whatever makes one row fail, the row says so."""
    log(walter, stools(9))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE triage_alert SET version = 999 WHERE patient_id = %s", [walter.pk])
        cursor.execute("UPDATE care_patient SET time_zone = 'Nowhere/Land' WHERE id = %s", [walter.pk])
    rows = {row["patient"]["name"]: row for row in client_of(joan).get("/api/v1/alerts").json()["results"]}
    assert "unreadable" not in rows["Maria"]
    assert rows["Walter"]["unreadable"] == ["all"]
    assert rows["Walter"]["urgency"] in ("contact_today", "emergency")
    everybody = client_of(joan).get("/api/v1/patients").json()["results"]
    assert {row["name"]: row.get("unreadable") for row in everybody} == {"Maria": None, "Walter": ["all"]}


def test_what_is_handed_over_and_a_shift_say_that_they_cannot_be_shown(phone, kept, joan):
    everything_said(phone, kept, joan)
    nurse = client_of(joan)
    alert = nurse.get("/api/v1/alerts").json()["results"][0]["id"]
    nurse.post(f"/api/v1/alerts/{alert}/acknowledge", {}, format="json")
    force("triage_alert", "due_at", "infinity")
    force("care_shift", "starts_at", "0001-12-31 23:00+00 BC")
    [held] = [row for row in nurse.get("/api/v1/handovers").json()["held"] if row["id"] == alert]
    assert held["unreadable"] == ["due_at"]
    [shift] = nurse.get("/api/v1/roster").json()["shifts"]
    assert shift["unreadable"] == ["starts_at"]
    assert shift["person"]["name"] == "Joan"


def test_a_log_whose_answer_cannot_be_read_stays_in_the_patients_history(phone, kept, joan, maria):
    DailyLog.objects.update(answer={})
    assert phone.get("/api/v1/logs").json()["results"][0]["unreadable"] == ["all"]
    maria.language = "es"
    maria.save()
    [title] = [log["advice"]["title"] for log in phone.get("/api/v1/logs").json()["results"]]
    assert title == "Este día no se puede mostrar aquí. Su equipo lo tiene. Si se siente mal, llámelos."
    days = client_of(joan).get(f"/api/v1/patients/{maria.pk}/logs").json()["results"]
    assert days[0]["day"] == kept["day"]


def test_rows_from_before_the_bounds_are_mended_so_that_the_migration_can_add_them(phone, kept, joan):
    everything_said(phone, kept, joan)
    before = "0001-12-31 23:00+00 BC"
    for table, column in POISONED[:1] + POISONED[2:6] + [("messaging_message", "written_at")]:
        force(table, column, before)
    with connection.cursor() as cursor:
        for name in ("diary.migrations.0003", "triage.migrations.0011", "messaging.migrations.0006"):
            for operation in import_module(f"backend.{name}_moments").Migration.operations:
                if isinstance(operation, RunSQL):
                    cursor.execute(str(operation.sql))
    assert set(DailyLog.objects.values_list("written_at", flat=True)) == {None}
    assert set(BloodPressureReading.objects.values_list("taken_at", flat=True)) == {None}
    call, word, message = PatientCall.objects.get(), CanWait.objects.get(), Message.objects.get()
    assert call.called_at == call.reached_at == call.heard_at
    assert word.said_at == word.heard_at
    assert message.written_at == message.received_at
