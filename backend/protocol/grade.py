"""Estimated grades: the grading tables of the protocol, first match wins. Only a clinician confirms a grade."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from backend.protocol.model import Grade, Test

if TYPE_CHECKING:
    from backend.protocol.day import Case, Day

READINGS_COMPARED = 2
Table = Sequence[tuple[Grade, Test]]


def look_up(table: Table, case: "Case", ago: int) -> Grade:
    """The grade of the first row that holds; None if no row does: not answered."""
    for grade, holds in table:
        if holds(case, ago):
            return grade
    return None


def assessment_grades(case: "Case", day: "Day", version: str) -> dict[str, Grade]:
    """All estimated grades of the judged day in one CTCAE version.

    Rules use the confirmed reading of their own version; another version confirms by its own grade of each reading.
    The grade of an optional question is left out when it was not answered.
    """
    tables, own = case.protocol.grade_tables[version], case.protocol.own_tables
    optional = case.protocol.graded_if_answered
    found = {
        name: case.grade(name, 0) if table is own[name] else _by_own_reading(case, day, table)
        for name, table in tables.items()
    }
    return {name: grade for name, grade in found.items() if grade is not None or name not in optional}


def _by_own_reading(case: "Case", day: "Day", table: Table) -> Grade:
    if len(day.readings) < READINGS_COMPARED:
        return look_up(table, case, 0)
    return min((_grade_by(case, 0, day, one, table) for one in day.readings[-READINGS_COMPARED:]), key=_order)


def confirmed(case: "Case", ago: int, day: "Day") -> Mapping[str, Any]:
    """The confirmed reading: of the last two of the day the lower grade, then systolic, then diastolic.

    A single reading counts as it is. Source: confirmation by a second reading is our choice.
    """
    last = day.readings[-READINGS_COMPARED:]
    if len(last) == 1:
        return last[0]
    table = case.protocol.own_tables["hypertension"]

    def order(reading: Mapping[str, Any]) -> tuple[int, int, int]:
        return _order(_grade_by(case, ago, day, reading, table)), reading["systolic"], reading["diastolic"]

    return min(last, key=order)


def _grade_by(case: "Case", ago: int, day: "Day", reading: Mapping[str, Any], table: Table) -> Grade:
    case.ready[ago] = day.with_reading(reading)
    try:
        return look_up(table, case, ago)
    finally:
        case.ready[ago] = day


def _order(grade: Grade) -> int:
    """Where a grade stands among others: not answered and unknown below 0."""
    return grade if isinstance(grade, int) else -1
