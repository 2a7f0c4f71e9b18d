"""What the patients of the demonstration reported: one function a story, `ago` days before today.

A day is the facts of its log, or None for a day without one. The numbers make the stories; none of them is a rule.
"""

from collections.abc import Callable
from typing import Any

Facts = dict[str, Any]
Story = Callable[[int], Facts | None]


def calm(ago: int, **changes: Any) -> Facts:
    """A day on which nothing bothered: every question answered."""
    wave = (ago * 7) % 5
    skin = {
        "skin_change": "none",
        "pain": "none",
        "limits_daily_activities": False,
        "limits_self_care": False,
    }
    facts: Facts = {
        "hands": dict(skin),
        "feet": dict(skin),
        "blood_pressure": [pressure(122 + wave, 74 + wave)],
        "diarrhea": stools(1, loose=False),
        "fatigue": tired(present=False),
        "warning_signs": [],
        "adherence": "as_prescribed",
    }
    return {**facts, **changes}


def pressure(systolic: int, diastolic: int) -> Facts:
    """One typed reading in mmHg."""
    return {"systolic": systolic, "diastolic": diastolic, "source": "typed"}


def stools(number: int, *, loose: bool) -> Facts:
    """Stools in 24 hours."""
    return {"stools": number, "loose": loose, "limits_daily_activities": False, "limits_self_care": False}


def tired(*, present: bool, rest_helps: bool = True) -> Facts:
    """Fatigue, with nothing given up for it."""
    return {
        "present": present,
        "relieved_by_rest": rest_helps if present else None,
        "limits_daily_activities": False,
        "limits_self_care": False,
    }


def skin(change: str, pain: str) -> Facts:
    """Hands or feet."""
    return {"skin_change": change, "pain": pain, "limits_daily_activities": False, "limits_self_care": False}


def quiet(ago: int) -> Facts:
    """Nothing new."""
    return calm(ago)


def maria(ago: int) -> Facts | None:
    """A calm start, sore hands in the second week, one missing day; today is hers to log."""
    if ago in (0, 5):
        return None
    if 9 <= ago <= 11:
        return calm(ago, hands=skin("moderate", "mild"), feet=skin("minimal", "none"))
    if ago < 16:
        return calm(ago, hands=skin("minimal", "none"), fatigue=tired(present=ago % 2 == 0))
    return calm(ago)


def walter(ago: int) -> Facts:
    """Pressure rising, then a crisis today."""
    if ago == 0:
        crisis = [pressure(191, 114), pressure(188, 112)]
        return calm(ago, blood_pressure=crisis, warning_signs=["chest_pain"])
    return calm(ago, blood_pressure=[pressure(138 - ago, 84 - ago // 2)])


def rosa(ago: int) -> Facts:
    """Pressure that was raised once and is high today."""
    if ago == 0:
        return calm(ago, blood_pressure=[pressure(174, 105), pressure(172, 104)])
    if ago == 1:
        return calm(ago, blood_pressure=[pressure(146, 92), pressure(144, 88)])
    return calm(ago)


def tomas(ago: int) -> Facts:
    """Thinking of stopping."""
    if ago == 0:
        return calm(ago, adherence="wants_to_stop", stopping_reason="side_effects", hands=skin("minimal", "none"))
    return calm(ago, fatigue=tired(present=ago < 4))


def ines(ago: int) -> Facts:
    """Blisters on the hands since today."""
    if ago == 0:
        return calm(ago, hands=skin("moderate", "mild"), feet=skin("minimal", "none"))
    return calm(ago, hands=skin("minimal", "none"), feet=skin("minimal", "none")) if ago < 8 else calm(ago)


def samuel(ago: int) -> Facts:
    """Missed doses."""
    missed = {"adherence": "missed_two_or_more_in_7_days", "missed_reason": "side_effects"}
    return calm(ago, **missed) if ago == 0 else calm(ago)


def nadia(ago: int) -> Facts | None:
    """More stools than usual yesterday: told to call, and nobody has spoken with her yet. Today is hers to log."""
    if ago == 0:
        return None
    return calm(ago, diarrhea=stools(6, loose=True)) if ago == 1 else calm(ago)


def lucia(ago: int) -> Facts | None:
    """Tired, and rest helps; today is hers to log."""
    return None if ago == 0 else calm(ago, fatigue=tired(present=ago < 6))


def freya(ago: int) -> Facts:
    """One forgotten dose today: what to do about it is said by the European leaflet."""
    return calm(ago, adherence="missed_one_dose", missed_reason="forgot") if ago == 0 else calm(ago)


def helen(ago: int) -> Facts | None:
    """Silent for three days."""
    return None if ago <= 3 else calm(ago)


def weary(ago: int) -> Facts:
    """Tired, and rest helps."""
    return calm(ago, fatigue=tired(present=ago < 10))


def sore(ago: int) -> Facts:
    """Red hands for two weeks."""
    return calm(ago, hands=skin("minimal", "none")) if ago < 14 else calm(ago)


def grace(ago: int) -> Facts:
    """Held by the team for a week, red hands for two weeks."""
    return calm(ago, adherence="held_by_team") if 25 <= ago <= 31 else sore(ago)


def luis(ago: int) -> Facts:
    """Held by the team since the day before yesterday."""
    return calm(ago, adherence="held_by_team") if ago <= 2 else calm(ago)


def amina(ago: int) -> Facts:
    """Thought of stopping once; it passed with a lower dose."""
    return calm(ago, adherence="wants_to_stop", stopping_reason="side_effects") if ago == 12 else calm(ago)


STORIES: dict[str, Story] = {
    "quiet": quiet, "maria": maria, "walter": walter, "rosa": rosa, "tomas": tomas, "ines": ines, "samuel": samuel,
    "nadia": nadia, "lucia": lucia, "freya": freya, "helen": helen, "tired": weary, "sore": sore,
    "grace": grace, "luis": luis, "amina": amina,
}  # fmt: skip
