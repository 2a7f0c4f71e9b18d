"""A few hundred days with what the real evaluator answers to them, for generated logs."""

import os
from dataclasses import dataclass
from datetime import date
from typing import Any

from bench import days, people

KINDS = 420  # days.day_of repeats itself after so many


@dataclass(frozen=True, slots=True)
class JudgedDay:
    """The facts of a day, the answer to them, and the assessment."""

    facts: dict[str, Any]
    answer: dict[str, Any]
    urgency: str
    five: dict[str, Any]
    six: dict[str, Any]
    rules: list[str]


def judged_days() -> list[JudgedDay]:
    """Each kind of day, judged by itself for a patient with the usual baseline."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
    import django

    django.setup()
    from backend.care.selectors import PatientContext
    from backend.triage.assess import answer, judge

    baseline = {"stools_per_day": 1, "systolic": 126, "diastolic": 78, "weight": 70}
    context = PatientContext(
        people.patient(1), people.clinic(1), "active", "UTC", "en", baseline, "911", "555 0142", "sorafenib", 1
    )
    today, found = date(2026, 1, 1), []
    for number in range(KINDS):
        facts = days.day_of(number)
        judged = judge(context=context, day=today, facts_by_day={today: facts})
        assessed = judged.assessment
        found.append(
            JudgedDay(facts, answer(judged, context), assessed.urgency, dict(assessed.grades_ctcae5),
                      dict(assessed.grades_ctcae6), [fired.id for fired in assessed.fired])
        )  # fmt: skip
    return found
