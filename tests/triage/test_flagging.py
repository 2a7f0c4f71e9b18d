"""Logs that cross a threshold raise alerts; repeats feed them; worsening always speaks."""

from datetime import timedelta

import pytest

from backend.diary.models import DailyLog
from backend.triage import flagging, recording, services
from backend.triage.models import Alert, AlertEvent, Assessment, Flag
from tests.conftest import NOON, TODAY, hands, make_patient, pressure, stools

DAY = timedelta(days=1)
SPOKE = recording.Outcome(code="spoke_with_patient")


def kinds(alert):
    return list(alert.events.order_by("pk").values_list("kind", flat=True))


def test_eight_stools_over_a_usual_of_one_raise_an_alert_due_in_four_hours(maria, log):
    log(maria, stools(8))
    alert = Alert.objects.get(patient=maria)
    assert (alert.symptom, alert.urgency, alert.grade) == ("diarrhea", "contact_today", 3)
    assert alert.due_at == NOON + timedelta(hours=4)
    assert alert.reason == "Diarrhea, estimated grade 3: 8 stools, usual 1."
    assert alert.flags.get(rule="diarrhea_3").facts["diarrhea.stools"] == 8


def test_a_calm_day_is_assessed_and_raises_nothing(maria, log):
    kept = log(maria, stools(1, loose=False))
    assert kept.flagged_at == NOON
    assert Assessment.objects.get(log=kept).urgency == "self_care"
    assert not Alert.objects.exists()


def test_an_unchanged_symptom_feeds_its_open_alert_and_raises_no_second_one(maria, log):
    log(maria, stools(8), day=TODAY - DAY, now=NOON - DAY)
    log(maria, stools(8))
    alert = Alert.objects.get(patient=maria)
    assert kinds(alert) == ["raised", "fed"]
    assert alert.due_at == NOON - DAY + timedelta(hours=4), "a repeat does not move the clock"


def test_worsening_opens_an_acknowledged_alert_again_with_a_new_clock(maria, joan, log):
    log(maria, stools(5), day=TODAY - DAY, now=NOON - DAY)
    alert = Alert.objects.get(patient=maria)
    services.acknowledge(alert=alert, nurse=joan, now=NOON - DAY)
    log(maria, stools(9))
    alert.refresh_from_db()
    assert (alert.state, alert.urgency, alert.change) == ("open", "contact_today", "worse")
    assert alert.due_at == NOON + timedelta(hours=4)


def test_a_repeat_within_the_review_is_held_back_and_still_kept(maria, joan, log):
    log(maria, hands("moderate", "mild"), day=TODAY - DAY, now=NOON - DAY)
    alert = Alert.objects.get(patient=maria)
    recording.resolve(alert=alert, outcome=SPOKE, nurse=joan, now=NOON - DAY)
    kept = log(maria, hands("moderate", "mild"))
    assert Alert.objects.get(patient=maria).state == "resolved"
    assert Flag.objects.filter(log=kept, alert=alert).exists()
    assert kinds(alert)[-1] == "held_back"


def test_worsening_within_the_review_raises_a_new_alert(maria, joan, log):
    log(maria, hands("moderate", "mild"), day=TODAY - DAY, now=NOON - DAY)
    recording.resolve(alert=Alert.objects.get(), outcome=SPOKE, nurse=joan, now=NOON - DAY)
    log(maria, hands("severe", "severe"))
    assert Alert.objects.filter(patient=maria, state="open").count() == 1


def test_a_symptom_no_better_three_days_after_the_nurse_closed_it_opens_again(maria, joan, log):
    log(maria, hands("moderate", "mild"), day=TODAY - 3 * DAY, now=NOON - 3 * DAY)
    recording.resolve(alert=Alert.objects.get(), outcome=SPOKE, nurse=joan, now=NOON - 3 * DAY)
    log(maria, hands("moderate", "mild"))
    alert = Alert.objects.get(patient=maria)
    assert (alert.state, kinds(alert)[-1]) == ("open", "reopened")


def test_an_emergency_is_never_held_back(maria, joan, log):
    log(maria, {"warning_signs": ["chest_pain"]}, day=TODAY - DAY, now=NOON - DAY)
    recording.resolve(alert=Alert.objects.get(), outcome=SPOKE, nurse=joan, now=NOON - DAY)
    log(maria, {"warning_signs": ["chest_pain"]})
    assert Alert.objects.filter(state="open", urgency="emergency").count() == 1


def test_two_symptoms_at_24_hours_are_both_due_today(maria, log):
    log(maria, {**hands("moderate", "mild"), **stools(5)})
    assert set(Alert.objects.values_list("symptom", "urgency")) == {
        ("hand_foot", "contact_today"),
        ("diarrhea", "contact_today"),
    }
    assert Flag.objects.filter(rule="two_symptoms").count() == 2


def test_a_log_for_monday_that_arrives_after_tuesdays_changes_tuesdays_judgment(maria, log):
    tuesday = log(maria, stools(5))
    assert Alert.objects.get().urgency == "contact_24h"
    log(maria, stools(5), day=TODAY - DAY)
    assert Assessment.objects.get(log=tuesday, superseded_at=None).urgency == "contact_today"
    assert Assessment.objects.filter(log=tuesday).count() == 2, "the first judgment is kept"
    assert Alert.objects.get().urgency == "contact_today"


def test_a_corrected_day_is_judged_by_its_newest_revision(maria, log):
    first = log(maria, stools(5), day=TODAY - DAY)
    log(maria, stools(1), day=TODAY - DAY, corrects=first.pk)
    today = log(maria, stools(5))
    assert Assessment.objects.get(log=today, superseded_at=None).urgency == "contact_24h"


def test_flagging_twice_changes_nothing(maria, log):
    kept = log(maria, stools(8))
    before = list(AlertEvent.objects.values_list("pk"))
    DailyLog.objects.filter(pk=kept.pk).update(flagged_at=None)
    flagging.flag_waiting_logs(now=NOON + DAY, batch=100)
    assert list(AlertEvent.objects.values_list("pk")) == before
    assert Assessment.objects.filter(log=kept).count() == 1


def test_a_hundred_logs_are_flagged_in_few_queries(team, log, django_assert_max_num_queries):
    for number in range(30):
        log(make_patient(f"p{number}@example.org", team), stools(8), flag=False)
    with django_assert_max_num_queries(40):
        flagging.flag_waiting_logs(now=NOON, batch=100)
    assert Alert.objects.count() == 30


def test_one_log_that_cannot_be_judged_does_not_keep_the_others_waiting(maria, walter, log):
    broken = log(maria, stools(8), flag=False)
    DailyLog.objects.filter(pk=broken.pk).update(facts={"diarrhea": "not a group"})
    log(walter, stools(8))
    assert Alert.objects.filter(patient=walter).count() == 1
    broken.refresh_from_db()
    assert (broken.flagged_at, broken.flag_attempts) == (None, 1), "it still waits, and the health page says so"


@pytest.mark.parametrize("drug", ["regorafenib", "cabozantinib"])
def test_hand_foot_2_on_this_drug_asks_the_prescriber_for_a_dose_decision(team, log, drug):
    patient = make_patient("rosa@example.org", team, drug=drug)
    log(patient, hands("moderate", "mild"))
    assert "dose_decision" in Alert.objects.get().tags


def test_a_high_pressure_names_both_numbers_and_the_day_before(maria, log):
    log(maria, pressure((146, 92), (144, 88)), day=TODAY - DAY, now=NOON - DAY)
    log(maria, pressure((174, 105), (172, 104)))
    alert = Alert.objects.get(symptom="blood_pressure")
    assert alert.reason == "Blood pressure 172/104, confirmed."
    assert "144/88" in alert.detail
