"""Random diaries, some broken, weighted so that every rule fires often. The same seed gives the same diaries."""

import random
from collections.abc import Iterator
from typing import Any

from backend.protocol import load

OPTIONAL = ("mouth_sores", "nausea", "appetite", "rash", "rash_symptoms", "headache", "missed_reason")
RASH_LIMITS = ("rash_limits_daily_activities", "rash_limits_self_care")
LIMITS = ("limits_daily_activities", "limits_self_care")
BROKEN_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    "",
    "8",
    "none",
    -1,
    0,
    2.5,
    8.0,
    1e400,
    10**30,
    float(10**15),
    [],
    [None],
    {},
    {"a": 1},
    "\ud800",
    "é" * 2001,
    "\x00",
)


class Writer:
    """Writes one diary after the other from one random source."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.drugs = load.drugs()
        self.signs = load.newest("sorafenib").data["facts"]["warning_signs"]["values"]
        self.facts = load.newest("sorafenib").data["facts"]
        self.adherence = self.facts["adherence"]["values"]

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def diary(self, number: int, *, broken: bool) -> dict[str, Any]:
        length = self.random.choice([1, 1, 2, 3, 4, 8, 8, 9])
        mood = self.random.random()
        days: list[Any] = [self.day(mood)]
        days += [None if self.maybe(0.15) else self.day(mood) for _ in range(length - 1)]
        if self.maybe(0.25):
            days = [days[0], *[dict(days[0]) for _ in days[1:]]]
        case: dict[str, Any] = {"id": f"F{number:05d}", "drug": self.random.choice(self.drugs), "days": days}
        case["baseline"] = self.baseline()
        case["region"] = self.random.choice(["US", "EU", None])
        case["reviewed"] = [self.review() for _ in range(self.random.choice([0, 0, 1, 1, 2]))]
        return self.break_one(case) if broken and self.maybe(0.2) else case

    def day(self, mood: float) -> dict[str, Any]:
        """One log; `mood` keeps the days of one diary alike, so that rules over several days fire."""
        day: dict[str, Any] = {}
        if self.maybe(0.7):
            day["hand_foot"] = self.skin(mood)
        elif self.maybe(0.4):
            day["hands"], day["feet"] = self.skin(mood), self.skin(mood)
        if self.maybe(0.7):
            day["blood_pressure"] = [self.reading(mood) for _ in range(self.random.choice([1, 1, 2, 2, 3]))]
        if self.maybe(0.75):
            stools = self.random.choice([0, 1, 2, 3, 4, 5, 6, 7, 8, 12, None])
            day["diarrhea"] = {"stools": stools, "loose": self.yes_no(0.7), **self.limits(mood)}
        if self.maybe(0.75):
            day["fatigue"] = {
                "present": self.yes_no(0.8),
                "relieved_by_rest": self.yes_no(0.5),
                **self.limits(mood),
            }
        if self.maybe(0.6):
            few = self.random.choice([0, 0, 0, 1, 1, 2, 3])
            day["warning_signs"] = [self.random.choice(self.signs) for _ in range(few)]
        if self.maybe(0.4):
            day["adherence"] = self.random.choice(self.adherence)
        if self.maybe(0.3):
            day["weight"] = round(self.random.uniform(58, 92), 1)
        return day | self.optional()

    def optional(self) -> dict[str, Any]:
        """Answers of who wants to tell more: most days none of them, as in life."""
        told: dict[str, Any] = {}
        for name in OPTIONAL:
            if self.maybe(0.15):
                told[name] = self.random.choice(self.facts[name]["values"])
        for name in RASH_LIMITS:
            if self.maybe(0.1):
                told[name] = self.yes_no(0.5)
        if self.maybe(0.15):
            told["temperature"] = self.random.choice([36.6, 37.9, 38, 38.0, 38.1, 39, 39.1, 40, 40.1])
        if self.maybe(0.1):
            told["tablets_left"] = self.random.choice([0, 1, 56, 2000])
        return told

    def skin(self, mood: float) -> dict[str, Any]:
        worse = int(mood * 4)
        skin = self.random.choice([*["none", "minimal", "moderate", "severe"][: worse + 1], None])
        pain = self.random.choice([*["none", "mild", "moderate", "severe"][: worse + 1], None])
        return {"skin_change": skin, "pain": pain, **self.limits(mood)}

    def limits(self, mood: float) -> dict[str, Any]:
        return {name: self.yes_no(mood * 0.3) for name in LIMITS}

    def yes_no(self, chance: float) -> bool | None:
        return None if self.maybe(0.1) else self.maybe(chance)

    def reading(self, mood: float) -> dict[str, Any]:
        systolic = self.random.choice(
            [85, 89, 90, 119, 120, 139, 140, 141, 159, 160, 179, 180, self.random.randint(80, 200)]
        )
        bottoms = [55, 60, 79, 80, 84, 85, 89, 90, 99, 100, 109, 110, self.random.randint(50, 125)]
        diastolic = self.random.choice([bottom for bottom in bottoms if bottom < systolic])
        reading: dict[str, Any] = {"systolic": systolic, "diastolic": diastolic}
        if self.maybe(0.2):
            reading |= {
                "taken_at": f"2026-0{self.random.randint(1, 9)}-1{self.random.randint(0, 9)}T08:12:00Z",
                "source": "cuff",
            }
        return reading

    def baseline(self) -> dict[str, Any]:
        told = {
            "stools_per_day": self.random.choice([0, 1, 1, 2, 3]),
            "systolic": self.random.randint(100, 150),
            "diastolic": self.random.randint(58, 92),
            "weight": round(self.random.uniform(60, 90), 1),
        }
        return {name: value for name, value in told.items() if self.maybe(0.8)}

    def review(self) -> dict[str, Any]:
        symptom = self.random.choice(["hand_foot", "blood_pressure", "hypertension", "diarrhea", "fatigue", "fatigue"])
        return {
            "symptom": symptom,
            "days_ago": self.random.choice([0, 1, 2, 3, 3, 3, 4, 5, 6, 7, 8]),
            "grade": self.random.randint(0, 3),
        }

    def break_one(self, case: dict[str, Any]) -> dict[str, Any]:
        """Put something that does not belong at a random place."""
        value = self.random.choice(BROKEN_VALUES)
        place = self.random.choice(
            ["drug", "baseline", "reviewed", "days", "parameters", "day", "group", "field", "field", "field"]
        )
        day = self.random.choice([day for day in case["days"] if day is not None])
        groups = [name for name, group in day.items() if isinstance(group, dict)]
        if place in ("drug", "baseline", "reviewed", "days", "parameters"):
            case[place] = value
        elif place == "day":
            day[self.random.choice(["mood", "__proto__", "constructor", "toString", "ä", "😀", "\uffff"])] = value
        elif place == "field" and groups:
            group = day[self.random.choice(groups)]
            group[self.random.choice([*group, "pulse", "constructor", "1", "10"])] = value
        elif day:
            day[self.random.choice(list(day))] = value
        return case


def diaries(*, seed: int, count: int, broken: bool = True) -> Iterator[dict[str, Any]]:
    """`count` cases as the evaluate command reads them."""
    writer = Writer(seed)
    for number in range(count):
        yield writer.diary(number, broken=broken)
