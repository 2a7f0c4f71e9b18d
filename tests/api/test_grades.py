"""POST patients/{id}/grades: a clinician's grade, who was first, and what the page reads of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backend.audit.models import AuditEvent
from tests.conftest import client_of, stools

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(maria, log):
    now = timezone.now()
    return log(maria, stools(8), day=now.date() - timedelta(days=1), now=now - timedelta(hours=2))


def grade(person, patient, number, **more):
    body = {"symptom": "diarrhea", "day": str(timezone.now().date() - timedelta(days=1)), "grade": number, **more}
    return client_of(person).post(f"/api/v1/patients/{patient.pk}/grades", body, format="json")


def test_the_patient_page_reads_the_grade_with_its_estimate_and_who_confirmed_it(maria, joan, kept):
    assert grade(joan, maria, 2, note="Seen at the visit.").status_code == 200
    (row,) = client_of(joan).get(f"/api/v1/patients/{maria.pk}").json()["grades"]
    assert (row["grade"], row["estimate"], row["by"], row["note"]) == (2, 3, joan.name, "Seen at the visit.")


def test_the_alert_tells_of_it_among_what_happened(maria, joan, kept):
    grade(joan, maria, 2)
    (alert,) = client_of(joan).get("/api/v1/alerts").json()["results"]
    events = client_of(joan).get(f"/api/v1/alerts/{alert['id']}").json()["events"]
    assert [event["kind"] for event in events] == ["raised", "grade_confirmed"]


def test_priya_is_told_of_joans_grade_in_words(maria, joan, priya, kept):
    grade(joan, maria, 2)
    refused = grade(priya, maria, 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "graded_meanwhile")
    assert refused.json()["detail"].startswith("Joan confirmed grade 2 at ")


def test_having_seen_it_she_may_correct_it(maria, joan, priya, kept):
    first = grade(joan, maria, 2).json()
    assert grade(priya, maria, 1, supersedes=first["id"]).status_code == 200
    rows = client_of(joan).get(f"/api/v1/patients/{maria.pk}").json()["grades"]
    assert [(row["grade"], row["superseded_at"] is None) for row in rows] == [(1, True), (2, False)]


@pytest.mark.parametrize("change", [{"grade": 5}, {"grade": "2"}, {"symptom": "adherence"}, {"day": "2199-01-01"}])
def test_what_cannot_be_graded_is_refused_with_what_to_do(maria, joan, kept, change):
    refused = grade(joan, maria, **{"number": 2, **change} if "grade" not in change else {"number": change["grade"]})
    assert refused.status_code == 422
    assert refused.json()["fields"][0]["field"] == next(iter(change))


def test_it_is_audited(maria, joan, kept):
    grade(joan, maria, 2)
    event = AuditEvent.objects.get(verb="changed", what="grade")
    assert (event.person_id, event.patient_id) == (joan.pk, maria.pk)


def test_the_reason_for_reopening_stands_on_the_row(maria, joan, kept):
    (alert,) = client_of(joan).get("/api/v1/alerts").json()["results"]
    act = f"/api/v1/alerts/{alert['id']}"
    client_of(joan).post(f"{act}/resolve", {"outcome": "spoke_with_patient"}, format="json")
    client_of(joan).post(f"{act}/reopen", {"note": "She called again."}, format="json")
    (row,) = client_of(joan).get("/api/v1/alerts").json()["results"]
    assert (row["reopened"]["by"], row["reopened"]["note"]) == (joan.name, "She called again.")
