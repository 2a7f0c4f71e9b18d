"""Treatments over the API: what Oscar cannot see, what is refused in words at its field, and what is on the record."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from backend.audit.models import AuditEvent
from backend.care.models import DoseDecision, Treatment
from tests.conftest import client_of, make_patient

DAY = timedelta(days=1)


def today():
    return timezone.now().date() - DAY  # a day that has come everywhere


@pytest.fixture
def maria(team):
    """On sorafenib for 30 days, started before starts were recorded with their reason."""
    return make_patient("maria@example.org", team, started_on=today() - 30 * DAY)


@pytest.fixture
def ask(joan):
    """Ask as Joan, or as somebody else."""

    def ask(method, address, body=None, by=None):
        client = client_of(by or joan)
        return getattr(client, method)(f"/api/v1/{address}", body, format="json" if body is not None else None)

    return ask


@pytest.fixture
def decided(dr_okafor):
    def body(**changes):
        right = {
            "kind": "hold", "reason": "Hand-foot grade 3", "decided_by": str(dr_okafor.pk),
            "effective_on": str(today()),
        }  # fmt: skip
        return {**right, **changes}

    return body


def decisions_of(patient):
    return f"treatments/{patient.treatments.get(ended_on=None).pk}/decisions"


def test_oscar_sees_and_changes_nothing_of_marias_treatment(maria, oscar, ask, decided):
    hold = ask("post", decisions_of(maria), decided()).json()["treatments"][0]["decisions"][0]["id"]
    consent = ask("post", f"patients/{maria.pk}/consents", {"text_version": "1", "given_on": str(today())})
    consent_id = consent.json()["consents"][0]["id"]
    for method, address, body in [
        ("get", f"patients/{maria.pk}/treatments", None),
        ("post", f"patients/{maria.pk}/treatments", {}),
        ("post", decisions_of(maria), decided(kind="stop")),
        ("post", f"dose-decisions/{hold}/withdraw", {"why": "x"}),
        ("post", f"patients/{maria.pk}/consents", {"text_version": "1", "given_on": str(today())}),
        ("post", f"consents/{consent_id}/withdraw", {"withdrawn_on": str(today())}),
    ]:
        assert ask(method, address, body, by=oscar).status_code == 404
    assert Treatment.objects.get().ended_on is None


def test_a_hold_answers_with_the_course_as_it_is_now(maria, ask, decided, joan, dr_okafor):
    course = ask("post", decisions_of(maria), decided()).json()["treatments"][0]
    [decision] = course["decisions"]
    assert (decision["kind"], decision["decided_by"], decision["recorded_by"]) == ("hold", dr_okafor.name, joan.name)
    assert [span["held"] for span in course["spans"]] == [False, True]
    assert course["seen"] == decision["id"]


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"effective_on": str(timezone.now().date() - 90 * DAY)}, "effective_on", "The treatment began on"),
        ({"effective_on": str(timezone.now().date() + 60 * DAY)}, "effective_on", "more than 28 days ahead"),
        ({"effective_on": "2026-02-30"}, "effective_on", ""),
        ({"kind": "resumption", "dose": "400 mg"}, "kind", "not on hold"),
        ({"kind": "reduction"}, "level", "The dose from then on is missing"),
        ({"kind": "reduction", "level": -1}, "level", "no such level"),
        ({"kind": "start"}, "kind", ""),
        ({"kind": "switch", "drug": "aspirin", "dose": "100 mg"}, "drug", "not known here"),
        ({"kind": "switch"}, "drug", "not known here"),
        ({"kind": "reduction", "dose": "some", "mg_a_day": -5}, "mg_a_day", ""),
        ({"kind": "reduction", "dose": "some", "mg_a_day": "400"}, "mg_a_day", ""),
        ({"reason": "   "}, "reason", ""),
        ({"decided_by": "somebody"}, "decided_by", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(maria, ask, decided, changes, field, says):
    answer = ask("post", decisions_of(maria), decided(**changes))
    assert answer.status_code == 422
    [wrong] = answer.json()["fields"]
    assert wrong["field"] == field
    assert says in wrong["reason"]
    assert wrong["mend"]
    assert not DoseDecision.objects.exists()


def test_a_nurse_does_not_decide(maria, ask, decided, joan):
    answer = ask("post", decisions_of(maria), decided(decided_by=str(joan.pk)))
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "decided_by")


def test_a_decision_dated_after_the_end_of_the_treatment_is_refused_in_words(maria, ask, decided):
    address = decisions_of(maria)
    ask("post", address, decided(kind="stop", effective_on=str(today() - 3 * DAY)))
    answer = ask("post", address, decided())
    [wrong] = answer.json()["fields"]
    assert (wrong["field"], wrong["mend"]) == ("effective_on", "Choose that day or an earlier one.")
    assert wrong["reason"].startswith("The treatment ended on")


def test_the_second_of_two_nurses_is_told_what_the_first_recorded(maria, ask, decided, priya):
    ask("post", decisions_of(maria), decided(seen=None), by=priya)
    answer = ask("post", decisions_of(maria), decided(kind="reduction", dose="400 mg a day", seen=None))
    assert (answer.status_code, answer.json()["code"], answer.json()["by"]) == (409, "recorded_meanwhile", "Priya")
    assert "Priya at" in answer.json()["detail"]
    assert "recorded a hold" in answer.json()["detail"]
    assert DoseDecision.objects.count() == 1


def test_a_wrong_decision_is_taken_back_and_stays_on_the_record(maria, ask, decided, joan, priya):
    hold = ask("post", decisions_of(maria), decided()).json()["treatments"][0]["decisions"][0]["id"]
    course = ask("post", f"dose-decisions/{hold}/withdraw", {"why": "Another patient"}).json()["treatments"][0]
    assert (course["decisions"][0]["withdrawn"]["why"], course["spans"][-1]["held"]) == ("Another patient", False)
    again = ask("post", f"dose-decisions/{hold}/withdraw", {"why": "Another patient"}, by=priya)
    assert (again.status_code, again.json()["by"]) == (409, joan.name)
    assert ask("get", f"patients/{maria.pk}").json()["dose_decisions"] == []


def test_a_switch_leaves_two_courses_newest_first(maria, ask, decided):
    switch = decided(kind="switch", drug="regorafenib", use="usual", level=0)
    new, old = ask("post", decisions_of(maria), switch).json()["treatments"]
    assert (new["drug"], new["started_on"], old["ended_on"]) == ("regorafenib", str(today()), str(today() - DAY))
    assert old["decisions"][0]["drug"] == "regorafenib"
    assert ask("get", f"patients/{maria.pk}").json()["protocol"]["id"] == "regorafenib"


def test_a_treatment_is_started_where_none_runs(maria, ask, decided, dr_okafor):
    ask("post", decisions_of(maria), decided(kind="stop", effective_on=str(today() - 3 * DAY)))
    start = {
        "drug": "regorafenib", "use": "usual", "level": -2, "started_on": str(today()), "reason": "Second line",
        "decided_by": str(dr_okafor.pk),
    }  # fmt: skip
    new = ask("post", f"patients/{maria.pk}/treatments", start).json()["treatments"][0]
    assert (new["drug"], new["spans"][0]["dose"], new["decisions"][0]["kind"]) == (
        "regorafenib", "80 mg once a day", "start",
    )  # fmt: skip
    assert new["figures"]["prescribed"]["share"] == 0.5
    second = ask("post", f"patients/{maria.pk}/treatments", start)
    assert (second.status_code, second.json()["code"]) == (409, "already_runs")


def test_what_the_phone_shows_of_the_treatment_follows_the_decision(maria, ask, decided):
    ask("post", decisions_of(maria), decided(kind="reduction", dose="400 mg once a day"))
    mine = client_of(maria.person).get("/api/v1/me").json()["patient"]["treatment"]
    assert (mine["dose"], mine["held_since"]) == ("400 mg once a day", None)
    ask("post", decisions_of(maria), decided())
    mine = client_of(maria.person).get("/api/v1/me").json()["patient"]["treatment"]
    assert mine["held_since"] == str(today())


def test_a_dose_planned_for_later_is_not_shown_as_todays(maria, ask, decided):
    planned = decided(kind="reduction", dose="400 mg once a day", effective_on=str(today() + 5 * DAY))
    ask("post", decisions_of(maria), planned)
    assert ask("get", f"patients/{maria.pk}").json()["treatment"]["dose"] == "400 mg twice a day"


def test_every_ladder_says_whether_it_was_verified(maria, ask):
    drugs = {one["drug"]: one["uses"] for one in ask("get", f"patients/{maria.pk}/treatments").json()["drugs"]}
    assert drugs["immunotherapy"] == []
    kidney = next(use for use in drugs["lenvatinib"] if use["id"] == "kidney_everolimus")
    assert (kidney["verified"], kidney["levels"][0]["words"]) == (False, "18 mg once a day")


def test_consent_stands_in_the_patients_answer_until_it_is_withdrawn(maria, ask):
    assert ask("get", f"patients/{maria.pk}").json()["consent"] is None
    given = ask("post", f"patients/{maria.pk}/consents", {"text_version": "2026-03", "given_on": str(today())})
    consent = given.json()["consents"][0]
    assert ask("get", f"patients/{maria.pk}").json()["consent"] == consent
    ask("post", f"consents/{consent['id']}/withdraw", {"withdrawn_on": str(today())})
    after = ask("get", f"patients/{maria.pk}").json()
    assert (after["consent"]["withdrawn_on"], after["status"]) == (str(today()), "withdrawn")


def test_a_log_is_not_taken_without_consent_and_the_words_say_whom_to_call(maria, ask):
    given = ask("post", f"patients/{maria.pk}/consents", {"text_version": "1", "given_on": str(today())})
    ask("post", f"consents/{given.json()['consents'][0]['id']}/withdraw", {"withdrawn_on": str(today())})
    log = {"day": str(today()), "facts": {"adherence": "as_prescribed"}}
    refused = client_of(maria.person).put(f"/api/v1/logs/{uuid.uuid4()}", log, format="json")
    assert refused.status_code == 403
    assert "Call them if you are unwell" in refused.json()["detail"]


def test_reading_and_changing_a_treatment_is_on_the_record(maria, ask, decided, joan):
    ask("get", f"patients/{maria.pk}/treatments")
    ask("post", decisions_of(maria), decided())
    rows = AuditEvent.objects.filter(person_id=joan.pk, patient_id=maria.pk, what="treatment")
    assert sorted(rows.values_list("verb", flat=True)) == ["changed", "viewed"]


def test_a_decision_recorded_with_a_contact_takes_the_level_and_the_same_rules(maria, ask, decided, joan, log):
    Treatment.objects.update(use="us_liver_kidney", level=0)
    facts = {"diarrhea": {"stools": 9, "loose": True, "limits_daily_activities": False, "limits_self_care": False}}
    log(maria, facts, day=today(), now=timezone.now())
    address = f"alerts/{maria.alerts.get().pk}/resolve"
    early = decided(kind="reduction", level=-1, effective_on=str(today() - 90 * DAY))
    refused = ask("post", address, {"outcome": "prescriber_informed", "dose_decision": early})
    assert refused.json()["fields"][0]["field"] == "dose_decision.effective_on"
    right = decided(kind="reduction", level=-1)
    assert ask("post", address, {"outcome": "prescriber_informed", "dose_decision": right}).status_code == 200
    assert DoseDecision.objects.get().dose == "400 mg once a day"
