"""One day made ready for questions, and the case: the days, baseline, reviews and parameters of one patient."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.protocol import grade
from backend.protocol.model import Facts, Grade, Protocol

READING = "blood_pressure"


class Day:
    """Answers of one day as a flat dictionary ("hand_foot.pain": "mild"), its signs, readings and grades."""

    __slots__ = ("grades", "readings", "signs", "values")

    def __init__(self, values: dict[str, Any], signs: frozenset[str], readings: Sequence[Mapping[str, Any]]) -> None:
        self.values = values
        self.signs = signs
        self.readings = readings
        self.grades: dict[str, Grade] = {}

    def with_reading(self, reading: Mapping[str, Any]) -> "Day":
        """The same day, judged by this one reading."""
        day = Day(dict(self.values), self.signs, self.readings)
        day.read(reading)
        return day

    def read(self, reading: Mapping[str, Any]) -> None:
        """Make this the reading that "blood_pressure.systolic" and "blood_pressure.diastolic" name."""
        systolic, diastolic = reading["systolic"], reading["diastolic"]
        self.values["blood_pressure.systolic"] = systolic
        self.values["blood_pressure.diastolic"] = diastolic
        self.values["blood_pressure.mean"] = systolic + 2 * diastolic


class Case:
    """Everything an assessment may look at. Day 0 is the day judged, day 1 the day before; None is no log."""

    __slots__ = ("baseline", "days", "parameters", "protocol", "ready", "reviewed")

    def __init__(
        self,
        protocol: Protocol,
        days: Sequence[Facts | None],
        baseline: Mapping[str, Any],
        reviewed: Sequence[Mapping[str, Any]],
        parameters: Mapping[str, Any],
    ) -> None:
        self.protocol = protocol
        self.days = days
        self.baseline = baseline
        self.reviewed = reviewed
        self.parameters = {**protocol.parameters, **parameters} if parameters else protocol.parameters
        self.ready: dict[int, Day | None] = {}

    def day(self, ago: int) -> Day | None:
        """The day so many days ago, or None if there is no log. Blood pressure is the confirmed reading."""
        if ago in self.ready:
            return self.ready[ago]
        facts = self.days[ago] if 0 <= ago < len(self.days) else None
        day = None if facts is None else flatten(self.protocol, facts)
        self.ready[ago] = day
        if day is not None and day.readings:
            day.read(grade.confirmed(self, ago, day))
        return day

    def grade(self, name: str, ago: int) -> Grade:
        """The estimated grade the rules use: a number, "unknown", or None if not answered. Worked out once."""
        day = self.day(ago)
        if day is None:
            return None
        if name not in day.grades:
            day.grades[name] = grade.look_up(self.protocol.own_tables[name], self, ago)
        return day.grades[name]


def flatten(protocol: Protocol, facts: Facts) -> Day:
    """Lay the answers of one log flat. Hands and feet count as the worse of each field."""
    values: dict[str, Any] = {}
    parts: list[Mapping[str, Any]] = []
    for name, value in facts.items():
        paths = protocol.paths.get(name)
        if value is None:
            continue
        if paths is None:
            values[name] = value
        elif name in protocol.parts_of_hand_foot:
            parts.append(value)
        else:
            for key, answer in value.items():
                if answer is not None:
                    values[paths[key]] = answer
    if parts:
        values.update(worse_of(protocol.data["facts"]["hand_foot"]["fields"], parts))
    return Day(values, frozenset(facts.get("warning_signs") or ()), facts.get(READING) or ())


def worse_of(fields: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Hands, feet and hand_foot as one: the worst choice of each field; yes if any says yes."""
    worst: dict[str, Any] = {}
    for name, shape in fields.items():
        answers = [part[name] for part in parts if part.get(name) is not None]
        if len(answers) == 1:
            worst[f"hand_foot.{name}"] = answers[0]
        elif answers:
            order = shape["values"].index if shape["kind"] == "choice" else int
            worst[f"hand_foot.{name}"] = max(answers, key=order)
    return worst
