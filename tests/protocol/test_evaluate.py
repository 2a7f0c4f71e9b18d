"""What an assessment tells beside the urgency: facts, due times, tags, order, second reading."""

import pytest

from backend.protocol import evaluate, facts, load
from backend.protocol.day import Case
from tests.protocol.diaries import diaries

SORAFENIB = load.newest("sorafenib")


def judged(*days, protocol=SORAFENIB, **known):
    read = [None if day is None else facts.read(protocol, day) for day in days]
    return evaluate.evaluate(protocol, days=read, **known)


def ids(assessment):
    return [fired.id for fired in assessment.fired]


def test_a_day_with_nothing_answered_is_self_care_and_ungraded():
    assessment = judged({})
    assert assessment.urgency == "self_care"
    assert assessment.grades_ctcae5 == dict.fromkeys(["hand_foot", "hypertension", "diarrhea", "fatigue"])
    assert assessment.fired == ()


def test_the_grade_of_an_optional_question_is_there_only_when_it_was_answered():
    main = dict.fromkeys(["hand_foot", "hypertension", "diarrhea", "fatigue"])
    assert judged({"nausea": "none"}).grades_ctcae5 == {**main, "nausea": 0}
    assert judged({"weight": 70}).grades_ctcae6 == {**main, "weight_loss": "unknown"}
    assert judged({"temperature": 38.5, "rash": "none"}).grades_ctcae5 == {**main, "rash_maculopapular": 0, "fever": 1}


def test_a_measured_fever_and_a_reported_one_are_one_symptom():
    assessment = judged({"temperature": 38.2, "warning_signs": ["fever"]})
    assert ids(assessment) == ["sign_fever"]
    assert assessment.urgency == "contact_24h"
    assert assessment.fired[0].facts == {"sign.fever": True, "temperature": 38.2}


def test_a_fired_rule_carries_the_facts_that_made_it():
    fired = judged({"diarrhea": {"stools": 8, "loose": True}}, baseline={"stools_per_day": 1}).fired[0]
    assert fired.id == "diarrhea_3"
    assert fired.facts == {
        "grade.diarrhea": 3,
        "diarrhea.stools": 8,
        "diarrhea.loose": True,
        "baseline.stools_per_day": 1,
    }
    assert fired.source.startswith("ESMO")


def test_a_rash_fires_by_what_is_asked_further_and_carries_it():
    assessment = judged({"rash_symptoms": "severe", "rash_limits_self_care": True})
    assert ids(assessment) == ["rash_3"]
    assert assessment.fired[0].facts == {
        "grade.rash_maculopapular": 3,
        "rash_symptoms": "severe",
        "rash_limits_self_care": True,
    }


@pytest.mark.parametrize(
    ("day", "rule", "minutes"),
    [
        ({"adherence": "stopped"}, "stopped", 240),
        ({"adherence": "took_too_much"}, "took_too_much", 60),
        ({"warning_signs": ["blood_in_stool"]}, "sign_blood_in_stool", 60),
        ({"warning_signs": ["chest_pain"]}, "sign_chest_pain", 60),
        ({"warning_signs": ["fever"]}, "sign_fever", 1440),
        ({"temperature": 39.5}, "fever_high", 240),
        ({"headache": "severe"}, "headache_3", 60),
        ({"nausea": "hardly_eats"}, "nausea_3", 1440),
        ({"nausea": "eats_less"}, "nausea_2", None),
        ({"fatigue": {"present": True, "relieved_by_rest": True}}, "fatigue_1", None),
        ({"blood_pressure": [{"systolic": 180, "diastolic": 90}]}, "bp_very_high", 60),
    ],
)
def test_the_nurse_is_due_in_the_time_of_the_rule_or_of_its_urgency(day, rule, minutes):
    fired = {fired.id: fired for fired in judged(day).fired}[rule]
    assert fired.nurse_due_minutes == minutes


def test_two_symptoms_within_24_hours_make_contact_today_and_say_why():
    assessment = judged({"warning_signs": ["fever", "nosebleed_stopped"]})
    assert assessment.urgency == "contact_today"
    assert assessment.fired[0].id == "two_symptoms"
    assert assessment.fired[0].facts == {"symptoms": ["fever", "nosebleed_stopped"]}
    assert assessment.fired[0].nurse_due_minutes == 240


def test_rules_come_most_urgent_first_then_as_in_the_file():
    order = [rule.id for rule in SORAFENIB.rules]
    assessment = judged({"warning_signs": ["fever", "chest_pain", "blood_in_stool"], "adherence": "missed_one_dose"})
    assert ids(assessment) == sorted(ids(assessment), key=order.index)
    ranks = [SORAFENIB.urgencies.index(fired.urgency) for fired in assessment.fired]
    assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize(
    ("drug", "tags"),
    [("sorafenib", ()), ("regorafenib", ("dose_decision",)), ("cabozantinib", ("dose_decision",))],
)
def test_grade_2_hands_ask_for_a_dose_decision_where_the_label_says_so(drug, tags):
    assessment = judged({"hand_foot": {"skin_change": "moderate"}}, protocol=load.newest(drug))
    assert [fired.tags for fired in assessment.fired if fired.id == "hand_foot_2"] == [tags]


@pytest.mark.parametrize(
    ("drug", "urgency", "minutes"), [("sorafenib", "contact_24h", 1440), ("immunotherapy", "contact_today", 60)]
)
def test_diarrhea_of_grade_2_during_immunotherapy_may_be_colitis(drug, urgency, minutes):
    assessment = judged({"diarrhea": {"stools": 5}}, protocol=load.newest(drug), baseline={"stools_per_day": 1})
    assert assessment.grades_ctcae5["diarrhea"] == 2
    assert (assessment.urgency, assessment.fired[0].nurse_due_minutes) == (urgency, minutes)


def test_a_symptom_not_better_after_review_asks_to_reopen():
    review = [{"symptom": "fatigue", "days_ago": 3, "grade": 1}]
    assessment = judged({"fatigue": {"present": True, "relieved_by_rest": True}}, reviewed=review)
    assert {fired.id: fired.tags for fired in assessment.fired}["not_better_after_review_fatigue"] == ("reopen",)


def test_no_rule_looks_back_further_than_the_window():
    for drug in load.drugs():
        assert load.newest(drug).window_days == evaluate.WINDOW_DAYS == 8


def test_older_days_change_nothing():
    bad = {"hand_foot": {"skin_change": "severe", "pain": "severe"}}
    quiet = {"hand_foot": {"skin_change": "minimal", "pain": "none"}}
    days = [quiet, *[None] * 7, *[bad] * 5]
    assert judged(*days) == judged(*days[: evaluate.WINDOW_DAYS])


@pytest.mark.parametrize(
    ("systolic", "diastolic", "minutes"),
    [(139, 89, None), (140, 89, 1), (139, 90, 1), (179, 109, 1), (180, 90, 5), (150, 110, 5)],
)
def test_a_second_reading_is_asked_for(systolic, diastolic, minutes):
    first = {"systolic": systolic, "diastolic": diastolic}
    assert evaluate.second_reading_minutes(SORAFENIB, first) == minutes


def test_the_confirmed_reading_is_the_lower_of_the_last_two():
    three = [(200, 120), (150, 95), (138, 88)]
    assessment = judged({"blood_pressure": [{"systolic": s, "diastolic": d} for s, d in three]})
    assert assessment.grades_ctcae5["hypertension"] == 1
    assert assessment.grades_ctcae6["hypertension"] == 0


def test_the_judged_day_must_be_a_log():
    with pytest.raises(ValueError, match="must be a log"):
        evaluate.evaluate(SORAFENIB, days=[None])


def test_a_rule_is_asked_whenever_it_could_fire():
    """Skipping rules by what was answered must never skip one that fires."""
    for case in diaries(seed=5, count=400, broken=False):
        protocol = load.newest(case["drug"])
        days = [None if day is None else facts.read(protocol, day) for day in case["days"]]
        known = {"days": days, "baseline": case["baseline"], "reviewed": case["reviewed"]}
        found = evaluate.evaluate(protocol, **known)
        whole = Case(protocol, days, case["baseline"], case["reviewed"], {})
        assert {fired.id for fired in found.fired} - {"two_symptoms"} == {
            rule.id for rule in protocol.rules if rule.test(whole, 0)
        }
