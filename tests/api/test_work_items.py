"""Work items over HTTP: listed by the day they are due, taken, recorded and finished in words a nurse understands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backend.audit.models import AuditEvent
from backend.triage.models import Contact, WorkItem
from tests.conftest import client_of
from tests.home import home_today

ADDRESS = "/api/v1/work-items"


@pytest.fixture
def item(maria):
    """Maria's call, due tomorrow."""
    today = home_today()
    return WorkItem.objects.create(
        clinic=maria.clinic, patient=maria, kind="proactive_call", week=4, occasion="proactive_call:4",
        begins_on=today - timedelta(days=5), due_on=today + timedelta(days=1), created_at=timezone.now(),
    )  # fmt: skip


def test_a_row_tells_who_it_is_about_what_for_and_until_when(item, joan, maria):
    answer = client_of(joan).get(ADDRESS).json()
    row = answer["results"][0]
    assert (row["patient"]["id"], row["patient"]["drug"], row["patient"]["phone"]) == (
        str(maria.pk), "sorafenib", "555 0163",
    )  # fmt: skip
    assert (row["kind"], row["week"], row["due_on"]) == ("proactive_call", 4, str(item.due_on))
    assert (row["assigned_to"], row["last_contact"], row["promise"]) == (None, None, None)
    assert answer["counts"] == {"all": 1, "mine": 0, "unassigned": 1}


def test_unchanged_it_is_not_sent_again_and_nobodys_reading_is_noted_twice(item, joan):
    client = client_of(joan)
    first = client.get(ADDRESS)
    seen = AuditEvent.objects.count()
    again = client.get(ADDRESS, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content, AuditEvent.objects.count()) == (304, b"", seen)


def test_mine_and_nobodys_are_asked_for_apart(item, joan, priya):
    client_of(joan).post(f"{ADDRESS}/{item.pk}/take", {}, format="json")
    assert len(client_of(joan).get(f"{ADDRESS}?owner=me").json()["results"]) == 1
    assert client_of(priya).get(f"{ADDRESS}?owner=me").json()["results"] == []
    assert client_of(priya).get(f"{ADDRESS}?owner=nobody").json()["results"] == []


def test_the_second_one_who_takes_it_is_told_who_has_it(item, joan, priya):
    client_of(joan).post(f"{ADDRESS}/{item.pk}/take", {}, format="json")
    answer = client_of(priya).post(f"{ADDRESS}/{item.pk}/take", {}, format="json")
    assert (answer.status_code, answer.json()["detail"]) == (409, "Joan has this work item.")


def test_what_a_colleague_has_is_hers_who_takes_it_over_and_she_can_finish_it(item, joan, priya):
    client_of(joan).post(f"{ADDRESS}/{item.pk}/take", {}, format="json")
    answer = client_of(priya).post(f"{ADDRESS}/{item.pk}/assign", {"to": str(priya.pk)}, format="json")
    assert (answer.status_code, answer.json()["assigned_to"]["name"]) == (200, "Priya")
    done = client_of(priya).post(f"{ADDRESS}/{item.pk}/finish", {"outcome": "spoke_with_patient"}, format="json")
    assert (done.status_code, done.json()["done_by"]["name"]) == (200, "Priya")


def test_the_second_one_who_takes_it_over_is_told_who_has_it(item, joan, priya, dr_okafor):
    client_of(joan).post(f"{ADDRESS}/{item.pk}/take", {}, format="json")
    first, second = (
        client_of(person).post(
            f"{ADDRESS}/{item.pk}/assign", {"to": str(person.pk), "seen": str(joan.pk)}, format="json"
        )
        for person in (priya, dr_okafor)
    )
    assert (first.status_code, second.status_code) == (200, 409)
    assert (second.json()["code"], second.json()["detail"]) == ("already_taken", "Priya has this work item.")


def test_a_work_item_goes_to_nobody_of_another_clinic(item, joan, oscar):
    answer = client_of(joan).post(f"{ADDRESS}/{item.pk}/assign", {"to": str(oscar.pk)}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_colleague")
    assert WorkItem.objects.get().assigned_to is None


def test_a_promise_is_listed_with_its_words_and_who_made_it(item, joan):
    today = home_today()
    body = {"outcome": "spoke_with_patient", "next_step": "Cream.", "next_on": str(today)}
    done = client_of(joan).post(f"{ADDRESS}/{item.pk}/finish", body, format="json").json()
    assert (done["done_by"]["name"], done["last_contact"]["outcome"]) == ("Joan", "spoke_with_patient")
    row = client_of(joan).get(ADDRESS).json()["results"][0]
    assert (row["kind"], row["promise"]["next_step"], row["promise"]["by"]) == ("follow_up", "Cream.", "Joan")


def test_a_grade_has_no_place_in_a_contact_without_an_alert(item, joan):
    body = {"outcome": "spoke_with_patient", "grade": 2}
    answer = client_of(joan).post(f"{ADDRESS}/{item.pk}/finish", body, format="json")
    assert (answer.status_code, Contact.objects.count()) == (422, 0)


def test_fifty_of_them_take_as_many_statements_as_one(item, joan, maria, django_assert_num_queries):
    client = client_of(joan)
    client.get(ADDRESS)
    with django_assert_num_queries(6):
        client.get(ADDRESS)
    day = item.due_on
    WorkItem.objects.bulk_create(
        WorkItem(
            clinic=maria.clinic, patient=maria, kind="proactive_call", week=n, occasion=f"proactive_call:x{n}",
            begins_on=item.begins_on, due_on=day, created_at=item.created_at, assigned_to=joan,
        )
        for n in range(50)
    )  # fmt: skip
    with django_assert_num_queries(6):
        answer = client.get(ADDRESS)
    assert (len(answer.json()["results"]), answer.json()["counts"]["all"]) == (50, 51)
    assert len(client.get(answer.json()["next"]).json()["results"]) == 1
