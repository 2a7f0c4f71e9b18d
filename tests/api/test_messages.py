"""Messages over the API: both sides of one thread, refused in words, cheap to ask for again."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from backend.audit.models import AuditEvent
from backend.messaging.models import LONGEST_MESSAGE, Message
from backend.triage import services
from tests.conftest import client_of, make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(maria):
    return client_of(maria.person)


@pytest.fixture
def desk(joan):
    return client_of(joan)


def say(phone, text="May I take a bath?", message_id=None, **more):
    address = f"/api/v1/messages/{message_id or uuid.uuid4()}"
    return phone.put(address, {"text": text, **more}, format="json")


def answer(desk, patient, text="Yes, not too hot.", message_id=None):
    address = f"/api/v1/patients/{patient.pk}/messages/{message_id or uuid.uuid4()}"
    return desk.put(address, {"text": text}, format="json")


def test_oscar_cannot_tell_whether_maria_has_a_thread(oscar, maria, phone):
    mine = say(phone).json()
    client = client_of(oscar)
    hers, nobodys = f"/api/v1/patients/{maria.pk}/messages", f"/api/v1/patients/{uuid.uuid4()}/messages"
    assert client.get(hers).content == client.get(nobodys).content
    assert client.post(f"{hers}/read", {"up_to": mine["id"]}, format="json").status_code == 404
    assert answer(client, maria).status_code == 404
    assert client.get("/api/v1/threads").json()["results"] == []
    assert client.get("/api/v1/me").json()["unread_messages"] == 0


def test_walter_sees_nothing_of_marias_thread(walter, phone):
    message = say(phone).json()
    assert client_of(walter.person).get("/api/v1/messages").json()["results"] == []
    read = client_of(walter.person).post("/api/v1/messages/read", {"up_to": message["id"]}, format="json")
    assert read.status_code == 404


def test_maria_writes_joan_reads_and_answers_and_maria_sees_both(phone, desk, maria):
    asked = say(phone).json()
    thread = desk.get(f"/api/v1/patients/{maria.pk}/messages").json()
    assert (thread["patient"]["name"], thread["in_care"], thread["results"][0]["text"]) == (
        "Maria", True, "May I take a bath?",
    )  # fmt: skip
    desk.post(f"/api/v1/patients/{maria.pk}/messages/read", {"up_to": asked["id"]}, format="json")
    answer(desk, maria)
    newest, first = phone.get("/api/v1/messages").json()["results"]
    assert (newest["by"], newest["origin"], newest["read_at"]) == ("Joan", "team", None)
    assert (first["by"], first["origin"], first["read_by"]) == ("Maria", "patient", "Joan")


def test_sent_again_it_gets_the_same_answer(phone):
    message_id = uuid.uuid4()
    assert say(phone, message_id=message_id).json() == say(phone, message_id=message_id).json()
    assert Message.objects.count() == 1


def test_other_words_under_the_same_id_are_a_conflict(phone):
    message_id = uuid.uuid4()
    say(phone, message_id=message_id)
    refused = say(phone, "May I swim?", message_id=message_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "other_content")


def test_spaces_around_a_message_are_left_out(phone):
    assert say(phone, "  Thank you \n").json()["text"] == "Thank you"


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST_MESSAGE + 1), "x" * 10_000, 5, None, "a\x00b"])
def test_a_text_that_cannot_be_kept_names_the_field_and_nothing_is_kept(phone, text):
    refused = say(phone, text)
    assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, "text")
    assert refused.json()["fields"][0]["reason"]
    assert not Message.objects.exists()


def test_the_longest_message_is_kept_whole_spaces_around_it_not_counted(phone):
    assert len(say(phone, f" {'é' * LONGEST_MESSAGE} ").json()["text"]) == LONGEST_MESSAGE


def test_a_field_nobody_knows_is_refused(phone):
    assert say(phone, patient="walter").json()["fields"][0]["field"] == "patient"


def test_an_id_that_is_none_is_refused(phone):
    assert say(phone, message_id="17").json()["code"] == "invalid_id"


def test_reading_up_to_nothing_is_not_found(phone):
    assert phone.post("/api/v1/messages/read", {"up_to": str(uuid.uuid4())}, format="json").status_code == 404


def test_after_care_has_ended_the_patient_is_told_and_staff_can_still_read(phone, desk, maria):
    say(phone)
    services.end_care(patient=maria, status="withdrawn", now=timezone.now())
    for refused in (say(phone, "Hello?"), answer(desk, maria)):
        assert (refused.status_code, refused.json()["code"]) == (403, "care_ended")
    thread = desk.get(f"/api/v1/patients/{maria.pk}/messages").json()
    assert (thread["in_care"], len(thread["results"])) == (False, 1)


def test_nothing_new_is_answered_with_304_and_leaves_no_trace_in_the_audit(phone, desk, maria):
    say(phone)
    for client, address, what in (
        (phone, "/api/v1/messages", "messages"),
        (desk, f"/api/v1/patients/{maria.pk}/messages", "messages"),
        (desk, "/api/v1/threads", "message_list"),
    ):
        before = AuditEvent.objects.filter(what=what).count()
        first = client.get(address)
        again = client.get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert AuditEvent.objects.filter(what=what).count() == before + 1


def test_what_is_new_is_seen_at_the_next_look(phone, desk, maria):
    tag = phone.get("/api/v1/messages").headers["ETag"]
    answer(desk, maria)
    assert phone.get("/api/v1/messages", HTTP_IF_NONE_MATCH=tag).json()["results"][0]["by"] == "Joan"


def test_unread_messages_are_counted_for_the_patient_and_unread_threads_for_the_team(phone, desk, ada, maria):
    say(phone)
    say(phone, "And swim?")
    answer(desk, maria)
    answer(desk, maria, "Not yet.")
    unread = [client.get("/api/v1/me").json()["unread_messages"] for client in (phone, desk, client_of(ada))]
    assert unread == [2, 1, 0]


def test_the_list_of_threads_says_what_waits_who_wrote_last_and_who_read_it(phone, desk, maria, walter, joan):
    asked = say(phone).json()
    desk.post(f"/api/v1/patients/{maria.pk}/messages/read", {"up_to": asked["id"]}, format="json")
    say(client_of(walter.person), "Hello")
    waiting, read = desk.get("/api/v1/threads").json()["results"]
    assert (waiting["patient"]["name"], waiting["unread"], waiting["newest"]["text"]) == ("Walter", 1, "Hello")
    assert waiting["waiting_since"] == waiting["newest"]["received_at"]
    assert (read["patient"]["name"], read["unread"], read["waiting_since"]) == ("Maria", 0, None)
    assert read["newest"]["read_by"] == "Joan"


def test_pages_of_a_thread_hold_still_while_it_grows(phone):
    for number in range(60):
        say(phone, f"Message {number}")
    first = phone.get("/api/v1/messages").json()
    say(phone, "Something new")
    second = phone.get(first["next"]).json()
    texts = [row["text"] for page in (first, second) for row in page["results"]]
    assert texts == [f"Message {number}" for number in range(59, -1, -1)]
    assert second["next"] is None


def test_pages_of_the_list_leave_nothing_out(desk, team):
    for number in range(60):
        say(client_of(make_patient(f"p{number}@example.org", team).person))
    first = desk.get("/api/v1/threads").json()
    second = desk.get(first["next"]).json()
    names = {row["patient"]["name"] for page in (first, second) for row in page["results"]}
    assert (len(names), second["next"]) == (60, None)


@pytest.mark.parametrize("address", ["threads", "messages"])
def test_a_question_that_means_nothing_is_refused(joan, maria, address):
    person = joan if address == "threads" else maria.person
    for question in ("cursor=nonsense", "unread=1"):
        assert client_of(person).get(f"/api/v1/{address}?{question}").status_code == 422


def test_lesson_18_lists_take_at_most_ten_queries_however_many_there_are(desk, team, django_assert_max_num_queries):
    people = [make_patient(f"p{number}@example.org", team) for number in range(50)]
    for person in people:
        say(client_of(person.person))
    for address in ("/api/v1/threads", f"/api/v1/patients/{people[0].pk}/messages"):
        with django_assert_max_num_queries(10):
            assert desk.get(address).json()["results"]


def test_when_it_was_written_is_kept_with_its_offset_read(phone):
    written = timezone.now() - timedelta(hours=2)
    assert say(phone, written_at=written.isoformat()).json()["written_at"].startswith(written.isoformat()[:19])


def test_whoever_writes_to_a_patient_is_told_the_language_and_the_clock_they_read_by(joan, maria):
    maria.language, maria.time_zone = "es", "America/Los_Angeles"
    maria.save()
    thread = client_of(joan).get(f"/api/v1/patients/{maria.pk}/messages").json()
    assert (thread["patient"]["language"], thread["patient"]["time_zone"]) == ("es", "America/Los_Angeles")
