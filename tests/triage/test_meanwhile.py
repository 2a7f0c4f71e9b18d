"""An alert becomes worse while a nurse records about it: nothing is ended that she has not seen."""

from datetime import timedelta

import pytest

from backend.diary.models import DailyLog
from backend.messaging.models import Delivery
from backend.triage import flagging, grades, recording, services
from backend.triage.models import Alert, ConfirmedGrade, Contact
from backend.triage.recording import ChangedMeanwhile, Outcome, SeenAlert
from tests.at_once import first_and_second
from tests.conftest import NOON, TODAY, client_of, pressure, stools

NEXT_DAY = NOON + timedelta(days=1)
ACTS = {"resolve": recording.resolve, "contacts": recording.record_contact}


@pytest.fixture
def mild(maria, joan, log):
    """Diarrhea of grade 2, contact within 24 hours, which Joan has acknowledged and opened."""
    log(maria, stools(5))
    alert = Alert.objects.get()
    services.acknowledge(alert=alert, nurse=joan, now=NOON)
    return alert


def spoke(*alerts, **more):
    """She spoke with the patient, about these alerts as she saw them."""
    seen = {alert.pk: SeenAlert(alert.urgency, alert.grade) for alert in alerts}
    return Outcome(code="spoke_with_patient", seen=seen, **more)


def gets_worse(log, maria, **more):
    """On the next day she has 12 stools and is confused: an emergency."""
    return log(maria, {**stools(12), "warning_signs": ["confusion"]}, day=NEXT_DAY.date(), now=NEXT_DAY, **more)


@pytest.mark.parametrize("act", ACTS)
def test_an_alert_that_became_an_emergency_meanwhile_stays_open_with_its_clock_and_its_messages(
    act, mild, maria, joan, log
):
    outcome = spoke(mild, grade=1)
    gets_worse(log, maria)
    with pytest.raises(ChangedMeanwhile):
        ACTS[act](alert=mild, outcome=outcome, nurse=joan, now=NEXT_DAY)
    mild.refresh_from_db()
    assert (mild.urgency, mild.state, mild.grade) == ("emergency", "open", 3)
    assert mild.escalate_at is not None
    assert not Delivery.objects.filter(state="cancelled", template="alert_emergency").exists()
    assert not Contact.objects.exists()


def test_what_is_flagged_at_the_very_moment_she_resolves_is_not_closed_unseen(transactional_db, mild, maria, joan, log):
    outcome = spoke(mild)
    worse = gets_worse(log, maria, flag=False)
    refused = first_and_second(
        lambda: flagging.flag_logs(ids=[worse.pk], now=NEXT_DAY),
        lambda: recording.resolve(alert=mild, outcome=outcome, nurse=joan, now=NEXT_DAY),
        (ChangedMeanwhile,),
    )
    assert isinstance(refused, ChangedMeanwhile)
    assert Alert.objects.get(symptom="diarrhea").state == "open"


def test_when_she_has_seen_it_she_may_record(mild, maria, joan, log):
    gets_worse(log, maria)
    mild.refresh_from_db()
    recording.resolve(alert=mild, outcome=spoke(mild, note="At the emergency room."), nurse=joan, now=NEXT_DAY)
    assert Alert.objects.get(symptom="diarrhea").state == "resolved"


def test_another_log_that_is_no_worse_hinders_nobody(mild, maria, joan, log):
    outcome = spoke(mild)
    log(maria, stools(2), day=NEXT_DAY.date(), now=NEXT_DAY)
    recording.resolve(alert=mild, outcome=outcome, nurse=joan, now=NEXT_DAY)
    assert Alert.objects.get().state == "resolved"


def test_another_alert_the_contact_is_also_about_is_looked_at_in_the_same_way(maria, joan, log):
    log(maria, {**stools(5), **pressure((165, 95))})
    high_pressure, diarrhea = (Alert.objects.get(symptom=name) for name in ("blood_pressure", "diarrhea"))
    outcome = spoke(high_pressure, diarrhea, also=frozenset({diarrhea.pk}))
    log(maria, stools(8), day=NEXT_DAY.date(), now=NEXT_DAY)
    with pytest.raises(ChangedMeanwhile) as refused:
        recording.resolve(alert=high_pressure, outcome=outcome, nurse=joan, now=NEXT_DAY)
    assert refused.value.alert == diarrhea
    assert Alert.objects.live().count() == 2


def test_a_grade_that_a_colleague_confirmed_meanwhile_is_not_replaced_unseen(alert_of_maria, maria, joan, priya):
    outcome = spoke(alert_of_maria, grade=1)
    grades.confirm(patient=maria, found=grades.Found("diarrhea", TODAY, 2), by=priya, now=NOON)
    with pytest.raises(ChangedMeanwhile):
        recording.resolve(alert=alert_of_maria, outcome=outcome, nurse=joan, now=NOON)
    assert (ConfirmedGrade.objects.get().by, ConfirmedGrade.objects.get().superseded_at) == (priya, None)


def test_a_contact_sent_again_is_answered_though_the_alert_became_worse_since(mild, maria, joan, log):
    body = {
        "id": "0190a0a0-0000-7000-8000-000000000001",
        "outcome": "could_not_reach",
        "seen": [{"alert": str(mild.pk), "urgency": mild.urgency, "grade": mild.grade}],
    }
    first = client_of(joan).post(f"/api/v1/alerts/{mild.pk}/contacts", body, format="json")
    gets_worse(log, maria)
    again = client_of(joan).post(f"/api/v1/alerts/{mild.pk}/contacts", body, format="json")
    assert (first.status_code, again.status_code, Contact.objects.count()) == (200, 200, 1)


def test_the_api_says_what_is_new_and_that_nothing_is_lost(mild, maria, joan, log):
    body = {
        "outcome": "spoke_with_patient",
        "seen": [{"alert": str(mild.pk), "urgency": mild.urgency, "grade": mild.grade}],
    }
    gets_worse(log, maria)
    refused = client_of(joan).post(f"/api/v1/alerts/{mild.pk}/resolve", body, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "changed_meanwhile")
    assert refused.json()["detail"].startswith("Diarrhea, estimated grade 3, with confusion: 12")
    assert "what you typed is kept" in refused.json()["detail"]


def test_an_app_that_does_not_say_what_it_saw_records_as_before(mild, maria, joan, log):
    gets_worse(log, maria)
    answer = client_of(joan).post(f"/api/v1/alerts/{mild.pk}/contacts", {"outcome": "message_left"}, format="json")
    assert answer.status_code == 200
    assert DailyLog.objects.count() == 2
