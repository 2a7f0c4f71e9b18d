"""One call is often about several alerts: it is recorded once, and all it was about end, or stay open, with it."""

from datetime import timedelta

import pytest

from backend.messaging.models import Delivery
from backend.triage import recording, services
from backend.triage.models import Alert, Contact, WorkItem
from tests.conftest import NOON, TODAY, client_of, hands, stools

LATER = NOON + timedelta(minutes=20)
FRIDAY = TODAY + timedelta(days=3)


@pytest.fixture
def skin(alert_of_maria, maria, log):
    """Her hands of the day before come late: a second alert beside her diarrhea."""
    log(maria, hands("moderate", "moderate"), day=TODAY - timedelta(days=1), now=NOON + timedelta(minutes=5))
    return Alert.objects.get(patient=maria, symptom="hand_foot")


def spoke(*also, **more):
    """Joan spoke with her, about these other alerts too."""
    words = {"code": "spoke_with_patient", "note": "Drinks enough.", **more}
    return recording.Outcome(also=frozenset(one.pk for one in also), **words)


def test_both_are_resolved_by_one_act_and_each_shows_the_contact(alert_of_maria, skin, joan):
    contact = recording.resolve(alert=alert_of_maria, outcome=spoke(skin, grade=2), nurse=joan, now=LATER)
    assert set(Alert.objects.values_list("state", "resolved_by", "resolved_at")) == {("resolved", joan.pk, LATER)}
    part = Contact.objects.get(alert=skin)
    assert (part.part_of, part.note, part.grade) == (contact, "Drinks enough.", None)
    assert list(skin.events.values_list("kind", flat=True)) == ["raised", "resolved"]


def test_the_grade_is_of_the_first_alert_alone(alert_of_maria, skin, joan):
    estimate = skin.grade
    recording.resolve(alert=alert_of_maria, outcome=spoke(skin, grade=1), nurse=joan, now=LATER)
    assert Alert.objects.get(pk=skin.pk).grade == estimate
    assert Alert.objects.get(pk=alert_of_maria.pk).grade == 1


def test_the_patient_is_told_once(alert_of_maria, skin, joan):
    recording.resolve(alert=alert_of_maria, outcome=spoke(skin), nurse=joan, now=LATER)
    assert Delivery.objects.filter(template="team_answered").count() == 1


def test_nobody_reached_keeps_both_open_and_taken_and_tells_the_patient_once(alert_of_maria, skin, joan):
    outcome = spoke(skin, code="message_left")
    recording.record_contact(alert=alert_of_maria, outcome=outcome, nurse=joan, now=LATER)
    assert set(Alert.objects.values_list("state", "assigned_to")) == {("acknowledged", joan.pk)}
    assert Delivery.objects.filter(template="team_answered").count() == 1


def test_a_next_step_is_promised_once(alert_of_maria, skin, joan):
    outcome = spoke(skin, next_step="We call you.", next_on=FRIDAY)
    recording.resolve(alert=alert_of_maria, outcome=outcome, nurse=joan, now=LATER)
    [promise] = WorkItem.objects.filter(kind="follow_up").values_list("due_on", "promised_in__alert")
    assert promise == (FRIDAY, alert_of_maria.pk)
    assert set(Contact.objects.values_list("next_on", flat=True)) == {FRIDAY}, "each alert tells the patient when"


def test_one_that_a_colleague_resolved_meanwhile_stops_the_whole_act(alert_of_maria, skin, joan, priya):
    recording.resolve(alert=skin, outcome=spoke(), nurse=priya, now=NOON)
    with pytest.raises(recording.AlsoNotOpen):
        recording.resolve(alert=alert_of_maria, outcome=spoke(skin), nurse=joan, now=LATER)
    assert Alert.objects.get(pk=alert_of_maria.pk).state == "open"
    assert Contact.objects.filter(by=joan).count() == 0


def test_an_emergency_has_a_record_of_its_own(alert_of_maria, maria, joan, log):
    day, now = TODAY - timedelta(days=1), NOON + timedelta(minutes=5)
    log(maria, {"warning_signs": ["chest_pain"]}, day=day, now=now)
    emergency = Alert.objects.get(urgency="emergency")
    with pytest.raises(recording.AlsoNotOpen):
        recording.resolve(alert=alert_of_maria, outcome=spoke(emergency), nurse=joan, now=LATER)
    recording.resolve(alert=emergency, outcome=spoke(alert_of_maria), nurse=joan, now=LATER)
    assert set(Alert.objects.values_list("state", flat=True)) == {"resolved"}


def test_another_patients_alert_is_none_of_this_call(alert_of_maria, walter, joan, log):
    log(walter, stools(8))
    of_walter = Alert.objects.get(patient=walter)
    with pytest.raises(recording.AlsoNotOpen):
        recording.resolve(alert=alert_of_maria, outcome=spoke(of_walter), nurse=joan, now=LATER)
    assert Alert.objects.get(pk=of_walter.pk).state == "open"


def test_each_can_be_opened_again_by_itself(alert_of_maria, skin, joan):
    recording.resolve(alert=alert_of_maria, outcome=spoke(skin), nurse=joan, now=LATER)
    services.reopen(alert=Alert.objects.get(pk=skin.pk), note="It blisters again.", nurse=joan, now=LATER)
    assert dict(Alert.objects.values_list("symptom", "state")) == {"diarrhea": "resolved", "hand_foot": "open"}


def test_over_the_api_the_parts_name_the_contact_they_belong_to(alert_of_maria, skin, joan, maria):
    body = {"outcome": "spoke_with_patient", "also": [str(skin.pk)]}
    answer = client_of(joan).post(f"/api/v1/alerts/{alert_of_maria.pk}/resolve", body, format="json")
    assert answer.status_code == 200, answer.content
    shown = client_of(joan).get(f"/api/v1/patients/{maria.pk}").json()["contacts"]
    by_symptom = {one["symptom"]: one for one in shown}
    assert by_symptom["diarrhea"]["part_of"] is None
    assert by_symptom["hand_foot"]["part_of"] == by_symptom["diarrhea"]["id"]


def test_over_the_api_what_is_not_open_any_more_is_named_by_its_field(alert_of_maria, skin, joan, priya):
    recording.resolve(alert=skin, outcome=spoke(), nurse=priya, now=LATER)
    body = {"outcome": "spoke_with_patient", "also": [str(skin.pk)]}
    answer = client_of(joan).post(f"/api/v1/alerts/{alert_of_maria.pk}/resolve", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "also_not_open")
    assert [field["field"] for field in answer.json()["fields"]] == ["also"]
