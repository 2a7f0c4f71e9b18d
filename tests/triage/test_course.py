"""What became of a treatment: intentions to stop with what followed, and what a stop or switch does to the phone."""

from datetime import timedelta

import pytest

from backend.care import treatment as acts
from backend.care.consent import AlreadyGiven, AlreadyWithdrawn, ConsentRefused
from backend.care.deciding import Decision
from backend.care.models import Consent, Patient, Treatment
from backend.care.selectors import course_of, live_decisions, running_treatment
from backend.messaging.models import Delivery
from backend.triage import consents, recording, services
from backend.triage.course import answers_of, intentions
from backend.triage.missed_logs import find_missed_logs
from backend.triage.models import Alert
from tests.conftest import NOON, TODAY

DAY = timedelta(days=1)
WANTS = {"adherence": "wants_to_stop", "stopping_reason": "fear"}
TAKES = {"adherence": "as_prescribed"}


def latest(patient) -> Treatment:
    found = running_treatment(patient)
    assert found is not None
    return found


def decision_of(dr_okafor, kind="hold", *, ago=0, **more):
    return Decision(
        kind=kind, reason="Hand-foot grade 3", decided_by=dr_okafor.pk, effective_on=TODAY - ago * DAY, **more
    )


@pytest.fixture
def decide(dr_okafor, joan):
    def record(patient, kind, *, ago=0, **more):
        acts.decide(
            treatment=latest(patient), decision=decision_of(dr_okafor, kind, ago=ago, **more),
            recorded_by=joan, now=NOON,
        )  # fmt: skip

    return record


@pytest.fixture
def said(log):
    """Log what a patient says about doses, so many days before today."""

    def log_it(patient, ago, facts):
        return log(patient, facts, day=TODAY - ago * DAY, now=NOON - ago * DAY)

    return log_it


def intentions_of(patient, *, today=TODAY):
    treatment = latest(patient)
    answers = answers_of(patient_id=patient.pk, first=treatment.started_on, last=today)
    live = live_decisions(treatment)
    return intentions(patient=patient, spans=course_of(treatment, live), decisions=live, answers=answers, today=today)


def test_an_intention_says_the_day_and_the_patients_reason(maria, said):
    said(maria, 3, WANTS)
    [one] = intentions_of(maria)
    assert (one.day, one.rule, one.reason) == (TODAY - 3 * DAY, "wants_to_stop", "fear")
    assert (one.contact, one.decision) == (None, None)


def test_missed_doses_are_no_intention_to_stop(maria, said):
    said(maria, 3, {"adherence": "missed_two_or_more_in_7_days"})
    assert intentions_of(maria) == []


def test_what_the_nurse_found_and_what_was_decided_stand_beside_it(maria, said, joan, dr_okafor):
    said(maria, 3, WANTS)
    outcome = recording.Outcome(code="prescriber_informed", decision=decision_of(dr_okafor, ago=2))
    recording.resolve(alert=Alert.objects.get(), outcome=outcome, nurse=joan, now=NOON - 2 * DAY)
    [one] = intentions_of(maria)
    assert one.contact is not None
    assert one.decision is not None
    assert (one.contact.outcome, one.contact.by, one.decision.kind) == ("prescriber_informed", joan, "hold")


def test_a_decision_of_the_weeks_after_counts_as_what_followed(maria, said, decide):
    said(maria, 10, WANTS)
    decide(maria, "reduction", ago=4, dose="400 mg once a day")
    [one] = intentions_of(maria)
    assert one.decision is not None
    assert one.decision.kind == "reduction"


def test_a_decision_taken_back_is_not_what_followed(maria, said, joan, decide):
    said(maria, 10, WANTS)
    decide(maria, "hold", ago=4)
    acts.withdraw(decision=live_decisions(latest(maria))[0], why="Wrong patient", by=joan, now=NOON)
    assert intentions_of(maria)[0].decision is None


@pytest.mark.parametrize(
    ("logged", "decided", "after_seven"),
    [
        # ten days ago she thought of stopping; three days ago she still took it
        ({3: TAKES}, None, "yes"),
        # two days after the seventh is too late to speak for it
        ({1: TAKES}, None, "not_known"),
        ({}, None, "not_known"),
        ({4: {"adherence": "stopped"}}, None, "stopped_by_patient"),
        ({3: TAKES}, ("hold", 5), "on_hold"),
        ({3: TAKES}, ("stop", 5), "ended"),
        # the answer on the very day of the intention speaks for no later day
        ({10: WANTS}, None, "not_known"),
    ],
)
def test_seven_days_later_the_last_answer_or_the_decision_tells(maria, said, decide, logged, decided, after_seven):
    said(maria, 10, WANTS)
    for ago, facts in logged.items():
        if ago != 10:
            said(maria, ago, facts)
    if decided:
        decide(maria, decided[0], ago=decided[1])
    assert intentions_of(maria)[0].still == {7: after_seven, 28: "not_yet"}


def test_twenty_eight_days_later_it_is_looked_at_again(maria, said):
    said(maria, 10, WANTS)
    said(maria, 0, TAKES)
    assert intentions_of(maria, today=TODAY + 18 * DAY)[0].still[28] == "not_known"


def test_after_a_stop_no_log_is_missed_and_nobody_is_reminded(maria, said, decide):
    said(maria, 3, TAKES)
    decide(maria, "stop", ago=2)
    find_missed_logs(now=NOON)
    assert not Delivery.objects.filter(template__startswith="log_missing").exists()
    assert not Alert.objects.filter(symptom="no_log").exists()


def test_on_hold_a_missing_day_is_still_missed(maria, said, decide):
    said(maria, 2, TAKES)
    decide(maria, "hold", ago=1)
    find_missed_logs(now=NOON)
    assert Delivery.objects.filter(template="log_missing").count() == 1


def test_after_a_switch_a_log_is_judged_by_the_new_drugs_protocol(maria, log, decide):
    decide(maria, "switch", ago=1, drug="immunotherapy", dose="240 mg every 2 weeks")
    log(maria, {"diarrhea": {"stools": 5, "loose": True, "limits_daily_activities": False, "limits_self_care": False}})
    alert = Alert.objects.get()
    assert (alert.protocol, alert.rule, alert.urgency) == ("immunotherapy", "diarrhea_2", "contact_today")


@pytest.fixture
def consent(maria, joan):
    return consents.give(
        patient=maria, text_version="2026-03", given_on=TODAY - 20 * DAY, recorded_by=joan, now=NOON - 20 * DAY
    )


def test_who_withdraws_consent_is_sent_nothing_more_what_waits_included(maria, said, consent, joan):
    said(maria, 1, TAKES)
    find_missed_logs(now=NOON + DAY)
    assert Delivery.objects.filter(patient=maria, state="waiting").exists()
    consents.withdraw(consent=consent, withdrawn_on=TODAY, recorded_by=joan, now=NOON + DAY)
    find_missed_logs(now=NOON + 2 * DAY)
    assert not Delivery.objects.filter(patient=maria, state="waiting").exists()
    assert Patient.objects.get(pk=maria.pk).status == "withdrawn"


def test_an_open_alert_stays_with_the_nurse_when_consent_is_withdrawn(alert_of_maria, consent, joan):
    consents.withdraw(consent=consent, withdrawn_on=TODAY, recorded_by=joan, now=NOON)
    assert Alert.objects.get().state == "open"


def test_consent_is_withdrawn_once_and_not_before_it_was_given(consent, joan):
    with pytest.raises(ConsentRefused, match="given on Apr 24, 2026"):
        consents.withdraw(consent=consent, withdrawn_on=TODAY - 30 * DAY, recorded_by=joan, now=NOON)
    consents.withdraw(consent=consent, withdrawn_on=TODAY, recorded_by=joan, now=NOON)
    with pytest.raises(AlreadyWithdrawn):
        consents.withdraw(consent=consent, withdrawn_on=TODAY, recorded_by=joan, now=NOON)


def test_consent_given_again_brings_the_patient_back(maria, consent, joan):
    consents.withdraw(consent=consent, withdrawn_on=TODAY, recorded_by=joan, now=NOON)
    consents.give(patient=maria, text_version="2026-05", given_on=TODAY, recorded_by=joan, now=NOON)
    assert Patient.objects.get(pk=maria.pk).status == "active"
    assert Consent.objects.filter(withdrawn_on=None).get().text_version == "2026-05"


def test_consent_does_not_bring_back_who_has_died_or_moved(maria, joan):
    services.end_care(patient=maria, status="transferred", now=NOON)
    consents.give(patient=maria, text_version="1", given_on=TODAY, recorded_by=joan, now=NOON)
    assert Patient.objects.get(pk=maria.pk).status == "transferred"


def test_there_is_one_consent_at_a_time(maria, consent, joan):
    with pytest.raises(AlreadyGiven):
        consents.give(patient=maria, text_version="2", given_on=TODAY, recorded_by=joan, now=NOON)
