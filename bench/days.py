"""What patients of the bench report: every question answered, two blood pressure readings, most days unremarkable."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from bench import people
from bench.load import Request

NO_LIMITS = {"limits_daily_activities": False, "limits_self_care": False}
SKIN = {"skin_change": "none", "pain": "none", **NO_LIMITS}


def day_of(number: int) -> dict[str, Any]:
    """The facts of the number-th day: 17 of 20 ask for nothing, one each for a call about one of three symptoms."""
    facts = _quiet(number)
    kind = number % 20
    if kind == 7:
        facts["diarrhea"] = {"stools": 8, "loose": True, **NO_LIMITS}
    elif kind == 12:
        facts["blood_pressure"] = [_reading(164 + number % 5, 101), _reading(162, 100)]
    elif kind == 17:
        facts["hands"] = {"skin_change": "moderate", "pain": "moderate", **NO_LIMITS, "limits_daily_activities": True}
    return facts


def urgent_day() -> dict[str, Any]:
    """A day that raises an alert: 8 stools over a usual of 1."""
    return {**_quiet(0), "diarrhea": {"stools": 8, "loose": True, **NO_LIMITS}}


def put(*, log_id: UUID, patient: int, day: date, facts: dict[str, Any]) -> Request:
    """The request a phone sends for this day."""
    body = {
        "day": str(day),
        "facts": facts,
        "corrects": None,
        "written_at": f"{day}T08:12:00+00:00",
        "shown": {"protocol": "sorafenib", "version": 1, "urgency": "self_care", "rules": []},
    }
    return "PUT", f"/api/v1/logs/{log_id}", f"Bearer {people.token_of_patient(patient)}", json.dumps(body)


def _quiet(number: int) -> dict[str, Any]:
    return {
        "hands": SKIN,
        "feet": {**SKIN, "skin_change": ["none", "minimal"][number % 2]},
        "blood_pressure": [_reading(116 + number % 7, 76 + number % 3), _reading(115 + number % 5, 75)],
        "diarrhea": {"stools": 1 + number % 2, "loose": False, **NO_LIMITS},
        "fatigue": {"present": False, "relieved_by_rest": True, **NO_LIMITS},
        "warning_signs": [],
        "adherence": "as_prescribed",
        "weight": 70.5 + number % 4 / 10,
        "temperature": 36.6,
        "note": "",
    }


def _reading(systolic: int, diastolic: int) -> dict[str, Any]:
    return {"systolic": systolic, "diastolic": diastolic, "source": "cuff"}
