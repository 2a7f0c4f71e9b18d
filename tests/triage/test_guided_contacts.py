"""The call guide: what was heard is kept, makes an alert more urgent and never less, and closing needs an answer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.care.models import ProtocolAdoption
from backend.messaging.models import Delivery
from backend.protocol import load
from backend.triage import guided, recording
from backend.triage.models import Alert, Contact
from tests.conftest import NOON, TODAY, client_of, hands, pressure, stools

LATER = NOON + timedelta(minutes=20)
HOUR, DAY = timedelta(hours=1), timedelta(hours=24)


def told(note="Drinks about a liter.", **answers):
    return recording.Outcome(code="spoke_with_patient", note=note, guide=answers)


def heard(alert, nurse, *, now=LATER, **answers):
    """Record what was heard, keep the alert open, and return it as it is now."""
    recording.record_contact(alert=alert, outcome=told(**answers), nurse=nurse, now=now)
    return Alert.objects.get(pk=alert.pk)


@pytest.fixture
def diarrhea_2(maria, log):
    """Diarrhea, estimated grade 2, contact within 24 hours."""
    log(maria, stools(5))
    return Alert.objects.get()


def test_oscar_can_neither_read_nor_answer_what_maria_was_asked(diarrhea_2, joan, oscar):
    heard(diarrhea_2, joan, fever=False)
    address = f"/api/v1/alerts/{diarrhea_2.pk}"
    body = {"outcome": "spoke_with_patient", "guide": {"fever": True}}
    assert client_of(oscar).get(address).status_code == 404
    assert client_of(oscar).post(f"{address}/contacts", body, format="json").status_code == 404
    assert Contact.objects.count() == 1


def test_answers_are_kept_with_the_contact_and_unanswered_is_absent(diarrhea_2, joan):
    heard(diarrhea_2, joan, fever=False, cannot_drink=True)
    assert Contact.objects.get().guide == {"fever": False, "cannot_drink": True}


def test_the_api_says_what_was_asked_in_words(diarrhea_2, joan):
    body = {"outcome": "spoke_with_patient", "guide": {"dizzy_on_standing": True, "fever": False}}
    client_of(joan).post(f"/api/v1/alerts/{diarrhea_2.pk}/contacts", body, format="json")
    contact = client_of(joan).get(f"/api/v1/alerts/{diarrhea_2.pk}").json()["contacts"][0]
    assert contact["asked"] == [
        {"question": "fever", "answer": False, "words": "no fever"},
        {"question": "dizzy_on_standing", "answer": True, "words": "dizzy on standing"},
    ]


def test_dizzy_on_standing_with_diarrhea_is_contact_today_within_an_hour(diarrhea_2, joan):
    alert = heard(diarrhea_2, joan, dizzy_on_standing=True)
    assert (alert.urgency, alert.due_at, alert.due_minutes) == ("contact_today", LATER + HOUR, 60)
    assert (alert.rule, alert.change) == ("diarrhea_with_dizziness", "worse")
    assert alert.reason == "Diarrhea, estimated grade 2, with dizzy on standing: 5 stools, usual 1."
    assert alert.source.startswith("ESMO")


def test_the_alert_says_that_the_nurse_made_it_worse_and_stays_with_her(diarrhea_2, joan):
    alert = heard(diarrhea_2, joan, dizzy_on_standing=True)
    assert (alert.state, alert.acknowledged_by, alert.escalate_at) == ("acknowledged", joan, None)
    event = alert.events.get(kind="worsened")
    assert (event.by, event.at, event.detail) == (joan, LATER, alert.reason)


def test_nobody_else_is_woken_for_what_the_nurse_hears_herself(diarrhea_2, joan):
    before = set(Delivery.objects.exclude(recipient="patient").values_list("key", flat=True))
    heard(diarrhea_2, joan, fainting=True)
    assert set(Delivery.objects.exclude(recipient="patient").values_list("key", flat=True)) == before


def test_fainting_with_diarrhea_makes_the_alert_an_emergency(diarrhea_2, joan):
    alert = heard(diarrhea_2, joan, fainting=True)
    assert (alert.urgency, alert.due_at) == ("emergency", LATER + HOUR)


def test_chest_pain_heard_about_fatigue_makes_the_alert_an_emergency(maria, log, joan):
    log(maria, {"fatigue": {"present": True, "relieved_by_rest": False}})
    alert = heard(Alert.objects.get(), joan, chest_pain=True)
    assert (alert.rule, alert.urgency, alert.reason) == ("sign_chest_pain", "emergency", "Chest pain.")


def test_fever_with_hand_foot_grade_1_is_contact_today(maria, log, joan):
    log(maria, hands("none", "moderate"))  # grade 1 with pain: contact within 24 hours
    alert = heard(Alert.objects.get(), joan, fever=True)
    assert (alert.rule, alert.urgency) == ("hand_foot_with_fever", "contact_today")


def test_a_crisis_sign_with_a_very_high_pressure_is_an_emergency(maria, log, joan):
    log(maria, pressure((182, 96), (181, 95)))
    alert = heard(Alert.objects.get(), joan, vision_change=True)
    assert alert.urgency == "emergency"


def test_two_symptoms_at_24_hours_are_contact_today_also_when_one_was_heard(maria, log, joan):
    log(maria, {"fatigue": {"present": True, "relieved_by_rest": False}})
    alert = heard(Alert.objects.get(), joan, fever=True)
    assert (alert.rule, alert.urgency, alert.due_minutes) == ("two_symptoms", "contact_today", 240)


def test_a_sign_heard_about_a_patient_without_a_log_is_judged_alone(maria, riverside, joan):
    alert = Alert.objects.create(
        clinic=riverside, patient=maria, symptom="no_log", urgency="contact_24h", day=TODAY, rule="no_log",
        protocol="sorafenib", version=2, reason="No log for 3 days.", source="ours", raised_at=NOON,
        due_at=NOON + DAY, escalate_at=NOON + DAY, due_minutes=1440,
    )  # fmt: skip
    assert heard(alert, joan, chest_pain=True).rule == "sign_chest_pain"


@pytest.mark.parametrize("answers", [{"fever": False}, {"cannot_drink": True}, {}])
def test_a_no_and_what_no_rule_judges_leave_the_alert_as_it_is(diarrhea_2, joan, answers):
    alert = heard(diarrhea_2, joan, **answers)
    assert (alert.urgency, alert.due_at, alert.rule) == ("contact_24h", NOON + DAY, "diarrhea_2")
    assert not alert.events.filter(kind="worsened").exists()


def test_what_is_less_urgent_than_the_alert_never_lowers_it(maria, log, joan):
    log(maria, stools(9, limits_self_care=True) | {"warning_signs": ["fainting"]})
    emergency = Alert.objects.get(symptom="diarrhea")
    alert = heard(emergency, joan, vomiting=True)
    assert (alert.urgency, alert.due_at, alert.rule) == ("emergency", emergency.due_at, emergency.rule)


def test_the_same_urgency_due_sooner_only_shortens_the_clock(alert_of_maria, joan):
    alert = heard(alert_of_maria, joan, vomiting=True)
    assert (alert.urgency, alert.due_at) == ("contact_today", LATER + HOUR)


def test_a_clock_that_is_nearly_over_is_not_made_longer(alert_of_maria, joan):
    alert = heard(alert_of_maria, joan, now=NOON + timedelta(hours=3, minutes=50), vomiting=True)
    assert alert.due_at == NOON + timedelta(hours=4)


def test_a_more_urgent_finding_never_gives_more_time_than_there_was(diarrhea_2, joan):
    alert = heard(diarrhea_2, joan, now=NOON + DAY - timedelta(minutes=10), vomiting=True)
    assert (alert.urgency, alert.due_at) == ("contact_today", NOON + DAY)


def test_hearing_the_same_again_changes_nothing(diarrhea_2, joan):
    first = heard(diarrhea_2, joan, vomiting=True)
    again = heard(diarrhea_2, joan, now=LATER + timedelta(minutes=10), vomiting=True)
    assert again.due_at == first.due_at
    assert again.events.filter(kind="worsened").count() == 1


def test_a_resolved_alert_is_not_made_worse(diarrhea_2, joan):
    recording.resolve(alert=diarrhea_2, outcome=told(), nurse=joan, now=NOON)
    found = guided.heard(alert=diarrhea_2, answers={"vomiting": True}, now=LATER)
    assert found is not None
    assert not guided.worsen(alert=diarrhea_2, heard=found, nurse=joan, now=LATER)
    assert Alert.objects.get().urgency == "contact_24h"


@pytest.mark.parametrize("sign", ["vomiting", "fainting"])
def test_what_the_guide_found_needs_an_answer_before_the_alert_is_closed(diarrhea_2, joan, sign):
    with pytest.raises(guided.FindingNotAnswered):
        recording.resolve(
            alert=diarrhea_2, outcome=told(note="Spoke with Maria.", **{sign: True}), nurse=joan, now=LATER
        )
    assert not Contact.objects.exists(), "nothing is kept in part"
    reason = replace(told(**{sign: True}), set_aside="Only after getting up fast, for years.")
    contact = recording.resolve(alert=diarrhea_2, outcome=reason, nurse=joan, now=LATER)
    assert Alert.objects.get().state == "resolved"
    contact.refresh_from_db()
    assert contact.set_aside == "Only after getting up fast, for years."


def test_a_next_step_answers_what_the_guide_found(diarrhea_2, joan):
    outcome = replace(told(vomiting=True), next_step="Blood test", next_on=TODAY)
    recording.resolve(alert=diarrhea_2, outcome=outcome, nurse=joan, now=LATER)
    assert Alert.objects.get().state == "resolved"


def test_a_next_step_does_not_answer_an_emergency_but_emergency_care_does(diarrhea_2, joan):
    outcome = replace(told(fainting=True), next_step="Blood test", next_on=TODAY)
    with pytest.raises(guided.FindingNotAnswered):
        recording.resolve(alert=diarrhea_2, outcome=outcome, nurse=joan, now=LATER)
    care = replace(told(fainting=True), code="sent_to_emergency_care")
    recording.resolve(alert=diarrhea_2, outcome=care, nurse=joan, now=LATER)
    assert Alert.objects.get().state == "resolved"


def test_what_was_found_may_stay_unanswered_while_the_alert_is_kept_open(diarrhea_2, joan):
    assert heard(diarrhea_2, joan, vomiting=True).state == "acknowledged"


def test_closing_after_answers_that_ask_for_nobody_needs_no_reason(diarrhea_2, joan):
    recording.resolve(alert=diarrhea_2, outcome=told(note="", fever=False), nurse=joan, now=LATER)
    assert Alert.objects.get().state == "resolved"


def test_the_nurse_who_closes_too_soon_is_told_what_to_do(diarrhea_2, joan):
    body = {"outcome": "spoke_with_patient", "note": "Spoke with Maria.", "guide": {"dizzy_on_standing": True}}
    answer = client_of(joan).post(f"/api/v1/alerts/{diarrhea_2.pk}/resolve", body, format="json")
    (field,) = answer.json()["fields"]
    assert (answer.status_code, answer.json()["code"], field["field"]) == (422, "finding_not_answered", "set_aside")
    assert "with dizzy on standing" in field["reason"]
    assert field["mend"].startswith("Write a next step, keep the alert open, or say why it needs nothing more.")


def test_why_a_finding_was_put_aside_is_kept_with_the_contact(diarrhea_2, joan):
    body = {
        "outcome": "spoke_with_patient", "guide": {"dizzy_on_standing": True}, "set_aside": "Dizzy for years.",
    }  # fmt: skip
    answer = client_of(joan).post(f"/api/v1/alerts/{diarrhea_2.pk}/resolve", body, format="json")
    assert answer.status_code == 200
    (contact,) = client_of(joan).get(f"/api/v1/patients/{diarrhea_2.patient_id}").json()["contacts"]
    assert contact["set_aside"] == "Dizzy for years."


@pytest.mark.parametrize("answers", [{"hiccups": True}, {"chest_pain": False}])
def test_a_question_that_is_not_asked_about_the_symptom_is_refused(diarrhea_2, joan, answers):
    body = {"outcome": "spoke_with_patient", "guide": answers}
    answer = client_of(joan).post(f"/api/v1/alerts/{diarrhea_2.pk}/contacts", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "question_not_asked")
    assert not Contact.objects.exists()


@pytest.mark.parametrize("guide", [{"fever": "yes"}, {"fever": None}, {"fever": 1}, ["fever"], "fever", None])
def test_an_answer_is_yes_or_no_or_absent(diarrhea_2, joan, guide):
    body = {"outcome": "spoke_with_patient", "guide": guide}
    answer = client_of(joan).post(f"/api/v1/alerts/{diarrhea_2.pk}/contacts", body, format="json")
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"].startswith("guide")


def test_the_database_keeps_answers_only_with_an_alert(maria, joan):
    with pytest.raises(IntegrityError, match="guide_answers_belong_to_an_alert"), transaction.atomic():
        Contact.objects.create(
            patient=maria, at=NOON, by=joan, outcome="spoke_with_patient", resolves=True, guide={"fever": True}
        )


def test_a_clinician_reads_the_guide_and_is_not_sent_it_twice(joan):
    first = client_of(joan).get("/api/v1/guides/sorafenib")
    diarrhea = next(guide for guide in first.json()["guides"] if guide["id"] == "diarrhea")
    assert [one["ask"] for one in diarrhea["questions"]][:3] == ["Fever", "Blood in stool", "Dizzy on standing"]
    assert first.json()["signature"] is None
    again = client_of(joan).get("/api/v1/guides/sorafenib", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_there_is_no_guide_for_a_drug_we_have_no_protocol_for(joan):
    assert client_of(joan).get("/api/v1/guides/aspirin").status_code == 404


def test_the_page_judges_by_the_version_the_nurses_clinic_has_adopted(joan, oscar, riverside, ada):
    ProtocolAdoption.objects.create(clinic=riverside, drug="sorafenib", version=1, adopted_by=ada, adopted_at=NOON)
    versions = [client_of(nurse).get("/api/v1/protocol").json()["protocol"]["version"] for nurse in (joan, oscar)]
    assert versions == [1, load.newest("sorafenib").version]
