"""What a log may say: what is read, how it is made canonical, and what is refused with which words."""

import pytest

from backend.protocol import facts, load, patient
from backend.protocol.model import FactError

SORAFENIB = load.newest("sorafenib")
WHOLE = {
    "hands": {
        "skin_change": "minimal",
        "pain": "none",
        "limits_daily_activities": False,
        "limits_self_care": False,
    },
    "feet": {"skin_change": "none", "pain": "mild"},
    "blood_pressure": [{"systolic": 128, "diastolic": 79, "taken_at": "2026-05-14T08:12:00Z", "source": "cuff"}],
    "diarrhea": {"stools": 2, "loose": True},
    "fatigue": {"present": False},
    "warning_signs": ["fever", "chest_pain"],
    "adherence": "wants_to_stop",
    "stopping_reason": "cost",
    "weight": 70.5,
    "temperature": 37,
    "missed_reason": "forgot",
    "tablets_left": 56,
    "mouth_sores": "sore",
    "nausea": "none",
    "appetite": "less",
    "rash": "under_10_percent",
    "headache": "mild",
    "note": "Sore after the walk. 😀",
}


def refused(raw):
    with pytest.raises(FactError) as caught:
        facts.read(SORAFENIB, raw)
    return caught.value


def test_a_whole_log_is_read():
    assert facts.read(SORAFENIB, WHOLE) == {**WHOLE, "warning_signs": ["chest_pain", "fever"]}


def test_reading_what_was_read_gives_the_same_again():
    once = facts.read(SORAFENIB, WHOLE)
    assert facts.read(SORAFENIB, once) == once


def test_unanswered_is_left_out_and_never_zero():
    raw = {"diarrhea": {"stools": None, "loose": None}, "fatigue": None, "weight": None, "hand_foot": {}}
    assert facts.read(SORAFENIB, raw) == {}


def test_no_warning_sign_is_an_answer():
    assert facts.read(SORAFENIB, {"warning_signs": []}) == {"warning_signs": []}


def test_a_warning_sign_told_twice_counts_once():
    assert facts.read(SORAFENIB, {"warning_signs": ["fever", "fever"]}) == {"warning_signs": ["fever"]}


def test_eight_and_eight_point_zero_are_the_same():
    read = facts.read(SORAFENIB, {"diarrhea": {"stools": 8.0}})
    assert type(read["diarrhea"]["stools"]) is int


@pytest.mark.parametrize(
    ("raw", "field", "words"),
    [
        (
            {"blood_pressure": [{"systolic": 80, "diastolic": 120}]},
            "blood_pressure",
            "Measure again and enter both.",
        ),
        ({"blood_pressure": [{"systolic": 261, "diastolic": 80}]}, "blood_pressure", "from 60 to 260"),
        ({"blood_pressure": [{"systolic": 120}]}, "blood_pressure", '"diastolic" is missing'),
        ({"blood_pressure": [{"systolic": 120, "diastolic": 80}] * 11}, "blood_pressure", "1 to 10"),
        ({"diarrhea": {"stools": "3"}}, "diarrhea", "must be a number"),
        ({"diarrhea": {"stools": True}}, "diarrhea", "must be a number"),
        ({"diarrhea": {"stools": 2.5}}, "diarrhea", "whole number"),
        ({"diarrhea": {"stools": float("nan")}}, "diarrhea", "must be a number"),
        ({"diarrhea": {"stools": float("inf")}}, "diarrhea", "must be a number"),
        ({"diarrhea": {"stools": 10**400}}, "diarrhea", "from 0 to 50"),
        ({"diarrhea": {"frequency": 3}}, "diarrhea", '"frequency"'),
        ({"hand_foot": {"limits_self_care": "yes"}}, "hand_foot", "true or false"),
        ({"hand_foot": ["none"]}, "hand_foot", "named fields"),
        ({"warning_signs": ["hiccups"]}, "warning_signs", "no warning sign"),
        ({"warning_signs": [{}]}, "warning_signs", "no warning sign"),
        ({"adherence": "sometimes"}, "adherence", "wants_to_stop"),
        ({"missed_reason": "tired"}, "missed_reason", "side_effects"),
        ({"tablets_left": 2001}, "tablets_left", "from 0 to 2000"),
        ({"tablets_left": 1.5}, "tablets_left", "whole number"),
        ({"nausea": 2}, "nausea", "eats_less"),
        ({"nausea": {"present": True}}, "nausea", "eats_less"),
        ({"rash": "everywhere"}, "rash", "over_30_percent"),
        ({"temperature": 100.4}, "temperature", "from 30 to 45"),
        ({"note": "x" * 2001}, "note", "longer than 2000"),
        ({"note": "a\x00b"}, "note", "plain text"),
        ({"note": "\ud800"}, "note", "plain text"),
        ({"mood": "fine"}, "mood", '"mood"'),
        ("fine", "facts", "named groups"),
    ],
)
def test_what_is_refused_names_the_field_and_what_to_do(raw, field, words):
    error = refused(raw)
    assert error.field == field
    assert words in error.detail
    assert error.detail.endswith(".")


def test_a_note_of_2000_characters_outside_the_basic_plane_fits():
    assert len(facts.read(SORAFENIB, {"note": "😀" * 2000})["note"]) == 2000


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("2026-05-14T08:12:00Z", True),
        ("2026-05-14T08:12", True),
        ("2026-05-14T08:12:00.123456+05:30", True),
        ("2028-02-29T00:00:00Z", True),
        ("2026-02-29T00:00:00Z", False),
        ("2026-13-01T00:00:00Z", False),
        ("2026-05-14T24:00:00Z", False),
        ("2026-05-14 08:12:00", False),
        ("2026-05-14T08:12:00Z\n", False),
        ("٢٠٢٦-05-14T08:12:00Z", False),
        ("08:12", False),
    ],
)
def test_a_time_is_an_iso_date_and_time(text, ok):
    raw = {"blood_pressure": [{"systolic": 120, "diastolic": 80, "taken_at": text}]}
    if ok:
        assert facts.read(SORAFENIB, raw) == raw
    else:
        assert refused(raw).field == "blood_pressure"


def test_a_baseline_may_be_known_in_part():
    raw = {"diastolic": 70, "systolic": None, "stools_per_day": 1.0}
    assert patient.read_baseline(SORAFENIB, raw) == {"stools_per_day": 1, "diastolic": 70}
    assert patient.read_baseline(SORAFENIB, None) == {}


@pytest.mark.parametrize(
    "raw", [[], {"pulse": 60}, {"weight": "80"}, {"stools_per_day": 21}, {"systolic": 70, "diastolic": 90}]
)
def test_a_baseline_out_of_any_sensible_range_is_refused(raw):
    with pytest.raises(FactError) as caught:
        patient.read_baseline(SORAFENIB, raw)
    assert caught.value.field == "baseline"


def test_a_review_of_hypertension_is_one_of_blood_pressure():
    raw = {"symptom": "hypertension", "days_ago": 3.0, "grade": None}
    assert patient.read_reviewed(SORAFENIB, raw) == [{"symptom": "blood_pressure", "days_ago": 3, "grade": None}]


@pytest.mark.parametrize(
    "raw",
    [
        7,
        [7],
        {"symptom": "mood", "days_ago": 1, "grade": 1},
        {"symptom": "fatigue", "days_ago": -1},
        {"symptom": "fatigue", "days_ago": 1, "grade": 5},
        {"symptom": "fatigue", "days_ago": 1, "by": "Joan"},
    ],
)
def test_a_review_that_says_too_little_is_refused(raw):
    with pytest.raises(FactError) as caught:
        patient.read_reviewed(SORAFENIB, raw)
    assert caught.value.field == "reviewed"


def test_a_personal_limit_stays_within_its_bounds():
    assert patient.read_parameters(SORAFENIB, {"systolic_contact": 130}) == {"systolic_contact": 130}
    with pytest.raises(FactError, match="from 130 to 150"):
        patient.read_parameters(SORAFENIB, {"systolic_contact": 129})
