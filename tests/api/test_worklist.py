"""The worklist: most urgent first, why in one line, fresh by conditional GET, flat in its queries."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backend.audit.models import AuditEvent
from backend.protocol import load
from backend.triage import recording, services
from backend.triage.escalation import escalate_overdue_alerts
from backend.triage.models import Alert
from tests.conftest import NOON, TODAY, client_of, hands, make_patient, stools

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(joan):
    return client_of(joan)


def test_lesson_21_it_is_ordered_by_urgency_then_due_time_not_by_arrival(desk, team, log):
    people = [make_patient(f"{name}@example.org", team) for name in ("first", "second", "third", "fourth")]
    days = [stools(5), stools(8), {"warning_signs": ["chest_pain"]}, stools(8)]
    for minutes, (patient, facts) in enumerate(zip(people, days, strict=True)):
        log(patient, facts, now=NOON - timedelta(minutes=minutes))
    names = [row["patient"]["name"] for row in desk.get("/api/v1/alerts").json()["results"]]
    assert names == ["Third", "Fourth", "Second", "First"]


def test_what_was_resolved_is_listed_newest_first_whatever_its_urgency(desk, maria, walter, joan, log):
    log(maria, {"warning_signs": ["chest_pain"]})
    log(walter, stools(5))
    for patient, hours in ((maria, 2), (walter, 1)):
        alert = Alert.objects.get(patient=patient)
        spoke = recording.Outcome(code="spoke_with_patient")
        recording.resolve(alert=alert, outcome=spoke, nurse=joan, now=NOON - timedelta(hours=hours))
    rows = desk.get("/api/v1/alerts?state=resolved").json()["results"]
    assert [row["patient"]["name"] for row in rows] == ["Walter", "Maria"]


def test_a_patients_page_lists_open_alerts_in_the_worklists_order_then_the_resolved(desk, maria, joan, log):
    log(maria, stools(8), day=TODAY - timedelta(days=2), now=NOON - timedelta(hours=2))
    diarrhea = Alert.objects.get()
    recording.resolve(alert=diarrhea, outcome=recording.Outcome(code="spoke_with_patient"), nurse=joan, now=NOON)
    log(maria, {"warning_signs": ["chest_pain"]}, day=TODAY - timedelta(days=1), now=NOON)
    log(maria, {"adherence": "wants_to_stop", "stopping_reason": "side_effects"}, now=NOON + timedelta(hours=1))
    symptoms = [row["symptom"] for row in desk.get(f"/api/v1/patients/{maria.pk}").json()["alerts"]]
    assert symptoms[0] == "chest_pain"
    assert symptoms[-1] == "diarrhea"
    assert len(symptoms) == 3


def rows_by_patient(desk, query=""):
    answer = desk.get(f"/api/v1/alerts?group=patient{query}").json()
    return [(row["patient"]["name"], row["symptom"]) for row in answer["results"]], answer


def test_a_patients_alerts_stand_together_in_the_place_of_the_most_urgent_one(desk, maria, walter, team, log):
    grace = make_patient("grace@example.org", team)
    log(maria, {**stools(8), "warning_signs": ["chest_pain"]}, now=NOON)
    log(walter, stools(8), now=NOON - timedelta(hours=1))
    log(grace, {**stools(8), **hands("moderate", "mild")}, now=NOON)
    rows, _ = rows_by_patient(desk)
    assert [name for name, _ in rows] == ["Maria", "Maria", "Walter", "Grace", "Grace"]
    assert (rows[0], rows[3]) == (("Maria", "chest_pain"), ("Grace", "diarrhea"))


def test_a_page_of_patients_splits_nobody_and_leaves_nothing_out(desk, team, log, monkeypatch):
    monkeypatch.setattr("backend.api.alerts.PAGE", 2)
    for minutes in range(5):
        patient = make_patient(f"p{minutes}@example.org", team)
        log(patient, {**stools(8), **hands("moderate", "mild")}, now=NOON + timedelta(minutes=minutes))
    pages, address = [], "/api/v1/alerts?group=patient"
    while address:
        page = desk.get(address).json()
        pages.append([row["patient"]["name"] for row in page["results"]])
        address = page["next"]
    assert pages == [["P0", "P0", "P1", "P1"], ["P2", "P2", "P3", "P3"], ["P4", "P4"]]


def test_a_filter_chooses_patients_and_hides_none_of_their_alerts(desk, maria, walter, joan, log):
    log(maria, {**stools(8), "warning_signs": ["chest_pain"]})
    log(walter, {"warning_signs": ["chest_pain"]})
    rows, _ = rows_by_patient(desk, "&symptom=diarrhea")
    assert rows == [("Maria", "chest_pain"), ("Maria", "diarrhea")]
    services.acknowledge(alert=Alert.objects.get(symptom="diarrhea"), nurse=joan, now=NOON)
    assert rows_by_patient(desk, "&owner=me")[0] == rows


def test_patients_are_counted_once_whatever_they_have(desk, maria, walter, joan, log):
    log(maria, {**stools(8), "warning_signs": ["chest_pain"]})
    log(walter, stools(8))
    services.acknowledge(alert=Alert.objects.get(patient=walter), nurse=joan, now=NOON)
    counts = rows_by_patient(desk)[1]["counts"]
    assert counts["patients"] == {"all": 2, "mine": 1, "unassigned": 1, "passed_on": 0}
    assert (counts["all"], counts["emergencies"]) == (3, 1)


def test_what_was_passed_on_is_counted_and_listed_by_itself(desk, maria, walter, log):
    log(maria, stools(8))
    log(walter, stools(8), now=NOON + timedelta(hours=3))
    escalate_overdue_alerts(now=NOON + timedelta(hours=4))
    assert rows_by_patient(desk, "&owner=passed_on")[0] == [("Maria", "diarrhea")]
    rows, answer = rows_by_patient(desk, "&owner=nobody")
    assert rows == [("Walter", "diarrhea")]
    assert answer["counts"]["patients"] == {"all": 2, "mine": 0, "unassigned": 1, "passed_on": 1}


def test_a_row_says_what_changed_since_the_day_before(desk, maria, log):
    log(maria, {**stools(5), "warning_signs": ["fever"]}, day=TODAY - timedelta(days=1))
    log(maria, {**stools(8), "warning_signs": ["dizzy_on_standing"]})
    (row,) = [row for row in rows_by_patient(desk)[1]["results"] if row["symptom"] == "diarrhea"]
    assert row["changed"] == "Day before: 5 stools. New: dizzy on standing. No longer reported: fever."
    assert (row["grade_before"], row["grade"]) == (2, 3)


def test_a_row_says_that_there_was_no_log_the_day_before(desk, alert_of_maria):
    (row,) = rows_by_patient(desk)[1]["results"]
    assert (row["changed"], row["grade_before"]) == ("No log the day before.", None)


def test_what_was_not_asked_the_day_before_is_not_called_new(desk, maria, log):
    log(maria, stools(5), day=TODAY - timedelta(days=1))
    log(maria, {**stools(8), "warning_signs": ["dizzy_on_standing"]})
    assert rows_by_patient(desk)[1]["results"][0]["changed"] == "Day before: 5 stools."


def test_the_worklist_of_patients_takes_six_queries_however_many_wait(desk, team, log, django_assert_max_num_queries):
    for number in range(12):
        patient = make_patient(f"p{number}@example.org", team)
        log(patient, {**stools(8), **hands("moderate", "mild")}, now=NOON + timedelta(minutes=number))
    first = desk.get("/api/v1/alerts?group=patient")
    with django_assert_max_num_queries(6):
        again = desk.get("/api/v1/alerts?group=patient", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304


def test_oscar_sees_none_of_the_patients(oscar, alert_of_maria):
    assert rows_by_patient(client_of(oscar))[0] == []


def test_a_row_shows_rule_facts_and_source(desk, alert_of_maria):
    row = desk.get("/api/v1/alerts").json()["results"][0]
    assert row["reason"] == "Diarrhea, estimated grade 3: 8 stools, usual 1."
    assert row["rule"]["id"] == "diarrhea_3"
    assert "diarrhea grade is 3" in row["rule"]["explained"]
    assert row["rule"]["source"]
    assert row["rule"]["protocol"] == f"sorafenib {load.newest('sorafenib').version}"
    assert row["patient"] | {"id": 0} == {
        "id": 0, "name": "Maria", "age": row["patient"]["age"], "drug": "sorafenib",
        "treatment_day": row["patient"]["treatment_day"], "phone": "555 0163",
        "time_zone": "America/New_York",
    }  # fmt: skip


def test_nothing_new_is_answered_with_304_and_leaves_no_trace_in_the_audit(desk, alert_of_maria):
    first = desk.get("/api/v1/alerts")
    assert AuditEvent.objects.filter(what="worklist").count() == 1
    again = desk.get("/api/v1/alerts", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert AuditEvent.objects.filter(what="worklist").count() == 1


def test_an_acknowledgment_is_seen_by_the_other_nurse_at_the_next_look(desk, priya, alert_of_maria):
    tag = desk.get("/api/v1/alerts").headers["ETag"]
    client_of(priya).post(f"/api/v1/alerts/{alert_of_maria.pk}/acknowledge", {}, format="json")
    again = desk.get("/api/v1/alerts", HTTP_IF_NONE_MATCH=tag)
    assert again.json()["results"][0]["acknowledged_by"]["name"] == "Priya"


def test_filters_by_state_urgency_symptom_patient_and_owner(desk, maria, walter, joan, log):
    log(maria, stools(8))
    log(walter, {"warning_signs": ["chest_pain"]})
    count = lambda query: len(desk.get(f"/api/v1/alerts?{query}").json()["results"])  # noqa: E731
    assert count("urgency=emergency") == count("symptom=diarrhea") == count(f"patient={maria.pk}") == 1
    assert (count("owner=nobody"), count("owner=me"), count("state=resolved")) == (2, 0, 0)
    mine = Alert.objects.get(patient=maria)
    desk.post(f"/api/v1/alerts/{mine.pk}/acknowledge", {}, format="json")
    assert (count("owner=me"), count("state=acknowledged"), count("state=open")) == (1, 1, 1)
    counts = desk.get("/api/v1/alerts").json()["counts"]
    assert [counts[name] for name in ("all", "mine", "unassigned", "passed_on")] == [2, 1, 1, 0]


def assigns(person, alert, **seen):
    body = {"to": str(person.pk), **seen}
    return client_of(person).post(f"/api/v1/alerts/{alert.pk}/assign", body, format="json")


def test_the_second_one_who_takes_an_alert_over_is_told_who_has_it(alert_of_maria, joan, priya, dr_okafor):
    services.acknowledge(alert=alert_of_maria, nurse=priya, now=NOON)
    first, second = (assigns(person, alert_of_maria, seen=str(priya.pk)) for person in (joan, dr_okafor))
    assert (first.status_code, second.status_code) == (200, 409)
    problem = second.json()
    assert (problem["code"], problem["detail"], problem["by"]) == ("already_assigned", "Joan has this alert.", "Joan")


def test_who_takes_over_what_became_nobodys_is_told_so(alert_of_maria, joan, priya):
    answer = assigns(joan, alert_of_maria, seen=str(priya.pk))
    assert answer.status_code == 409
    assert (answer.json()["detail"], answer.json()["by"]) == (
        "Nobody has this alert any more. Look at it again.", None,
    )  # fmt: skip


def test_without_seen_an_alert_is_assigned_whoever_has_it(alert_of_maria, joan, priya):
    assert assigns(priya, alert_of_maria, seen=None).status_code == 200
    assert assigns(joan, alert_of_maria).json()["assigned_to"]["name"] == "Joan"


def test_pages_hold_still_and_leave_nothing_out(desk, team, log):
    for number in range(60):
        log(make_patient(f"p{number}@example.org", team), stools(8), flag=number == 59)
    first = desk.get("/api/v1/alerts").json()
    second = desk.get(first["next"]).json()
    ids = [row["id"] for page in (first, second) for row in page["results"]]
    assert (len(ids), len(set(ids)), second["next"]) == (60, 60, None)
    assert desk.get("/api/v1/alerts?cursor=nonsense").status_code == 422


def test_lesson_18_it_takes_at_most_ten_queries_however_many_wait(desk, team, log, django_assert_max_num_queries):
    for number in range(50):
        log(make_patient(f"p{number}@example.org", team), stools(8), flag=number == 49)
    for address in ("/api/v1/alerts", "/api/v1/patients"):
        with django_assert_max_num_queries(10):
            assert len(desk.get(address).json()["results"]) == 50


def test_a_patient_is_shown_in_at_most_ten_queries(desk, maria, alert_of_maria, django_assert_max_num_queries):
    for number in range(3):
        contact = {"outcome": "message_left", "note": f"Try {number}."}
        desk.post(f"/api/v1/alerts/{alert_of_maria.pk}/contacts", contact, format="json")
    patient = f"/api/v1/patients/{maria.pk}"
    for address in (patient, f"{patient}/logs", f"/api/v1/alerts/{alert_of_maria.pk}"):
        with django_assert_max_num_queries(10):
            assert desk.get(address).status_code == 200


def test_one_alert_shows_flags_events_and_contacts(desk, alert_of_maria):
    address = f"/api/v1/alerts/{alert_of_maria.pk}"
    desk.post(f"{address}/contacts", {"outcome": "message_left", "note": "On the machine."}, format="json")
    desk.post(f"{address}/resolve", {"outcome": "spoke_with_patient", "grade": 2}, format="json")
    whole = desk.get(address).json()
    assert {flag["rule"] for flag in whole["flags"]} == {"diarrhea_3"}
    assert [event["kind"] for event in whole["events"]] == [
        "raised",
        "acknowledged",
        "contact_recorded",
        "resolved",
    ]
    assert [contact["outcome"] for contact in whole["contacts"]] == ["message_left", "spoke_with_patient"]
    assert whole["grade"] == 2, "the clinician's grade replaces the estimate"


def test_a_patients_last_28_days_show_only_days_with_a_log(desk, maria, log):
    today = timezone.now().date()
    for ago in (0, 2):
        log(maria, stools(ago + 1), day=today - timedelta(days=ago), now=timezone.now())
    shown = desk.get(f"/api/v1/patients/{maria.pk}/logs").json()
    assert [day["day"] for day in shown["results"]] == [str(today), str(today - timedelta(days=2))]
    assert shown["results"][1]["grades_ctcae5"]["diarrhea"] == 1


def test_a_day_that_waits_to_be_flagged_is_shown_too(desk, maria, log):
    log(maria, stools(8), day=timezone.now().date(), now=timezone.now(), flag=False)
    assert desk.get(f"/api/v1/patients/{maria.pk}/logs").json()["results"][0]["urgency"] == "contact_today"


def test_every_look_at_a_patient_is_in_the_audit(desk, maria, joan):
    desk.get(f"/api/v1/patients/{maria.pk}")
    desk.get(f"/api/v1/patients/{maria.pk}/logs")
    seen = AuditEvent.objects.filter(person_id=joan.pk, patient_id=maria.pk, verb="viewed")
    assert set(seen.values_list("what", flat=True)) == {"patient", "logs"}


def test_patients_are_found_by_name(desk, maria, walter):
    assert [row["name"] for row in desk.get("/api/v1/patients?q=mar").json()["results"]] == ["Maria"]
