"""The part of the walk through the daily log: every question, unanswered and answered; and the days that are told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tests.accessibility.phone import Phone

NO_LIMITS = {"limits_daily_activities": False, "limits_self_care": False}
WELL: dict[str, Any] = {
    "hands": {"skin_change": "none"},
    "feet": {"skin_change": "none"},
    "diarrhea": {"stools": 1, "loose": False, **NO_LIMITS},
    "fatigue": {"present": False},
    "blood_pressure": [{"systolic": 124, "diastolic": 76, "source": "typed"}],
    "warning_signs": [],
    "adherence": "as_prescribed",
}
SORE = {"skin_change": "moderate", "pain": "mild", **NO_LIMITS}
MUCH_WORSE = {"skin_change": "severe", "pain": "severe", "limits_daily_activities": True, "limits_self_care": False}
TIRED = {"present": True, "relieved_by_rest": True, **NO_LIMITS}
SELF_CARE = {**WELL, "hands": {"skin_change": "minimal", "pain": "none", **NO_LIMITS}}
WITHIN_A_DAY = {**WELL, "hands": SORE}
TODAY = {**WELL, "diarrhea": {"stools": 8, "loose": True, **NO_LIMITS}}
EMERGENCY = {**WELL, "warning_signs": ["chest_pain", "shortness_of_breath"]}
HIGH = {"systolic": 151, "diastolic": 95, "source": "typed"}
EXTRAS = ("mouth_sores", "nausea", "appetite", "rash", "headache", "weight", "temperature", "note")
ANSWERED: list[tuple[str, str, dict[str, Any]]] = [
    ("hands-sore", "hands", {"hands": SORE}),
    ("feet-raw", "feet", {"feet": MUCH_WORSE}),
    ("stools-counted", "stools", {"diarrhea": {"stools": 8, "loose": True}}),
    ("tired-yes", "tired", {"fatigue": TIRED}),
    ("pressure-typed", "pressure", {"blood_pressure": WELL["blood_pressure"]}),
    ("signs-chosen", "signs", {"warning_signs": ["chest_pain", "dizziness"]}),
    ("doses-missed", "doses", {"adherence": "missed_one_dose"}),
    ("rash-felt", "rash", {"rash": "up_to_30_percent", "rash_symptoms": "mild"}),
    ("temperature-typed", "temperature", {"temperature": 37.2}),
    ("doses-stopping", "doses", {"adherence": "wants_to_stop", "stopping_reason": "fear"}),
]


def questions(phone: Phone) -> Iterator[str]:
    """Every question of the log, unanswered and answered."""
    for step in ("hands", "feet", "stools", "tired", "pressure", "signs", "doses"):
        phone.begin(step, {})
        yield f"log-{step}"
    for step in ("tablets_left", "more", *EXTRAS):
        phone.begin(step, {})
        yield f"log-{step.replace('_', '-')}"
    for name, step, facts in ANSWERED:
        phone.begin(step, facts)
        yield f"log-{name}"
    phone.begin("pressure", {})
    phone.page.locator("#systolic").fill("76")
    phone.page.locator("#diastolic").fill("124")
    phone.tap(".reading-form .press.main")
    phone.see(".ink-note")
    yield "log-pressure-swapped"
    first = {**HIGH, "taken_at": datetime.now(UTC).isoformat()}
    phone.begin("pressure", {"blood_pressure": [first]})
    phone.see(".timer")
    yield "log-pressure-second"
    yesterday = phone.ago(1)
    phone.begin("hands", {}, day=phone.ago(5), begun_on=phone.ago(5), saved_at=f"{yesterday}T23:50:00-05:00")
    yield "log-which-day"
    phone.begin("review", {})
    yield "log-review-empty"
    phone.begin("review", {**TODAY, "hands": SORE, "feet": MUCH_WORSE, "warning_signs": ["dizziness"]})
    yield "log-review"
    phone.forget("drafts")
