"""The forms of the condition language that look over several days, readings or reviews.

Each function gets its condition and, where the form has one, its inner condition already compiled.
"""

from backend.protocol.day import Case
from backend.protocol.model import Condition, Grade, Test


def number(grade: Grade) -> int | None:
    """A grade as a number; None when it is unknown or not answered."""
    return grade if isinstance(grade, int) else None


def on_days(condition: Condition, test: Test) -> Test:
    """On at least N of the days `from` to `to` days back. A day without a log never counts."""
    count: int = condition["on_days"]["at_least"]
    days = range(condition["on_days"]["from"], condition["on_days"]["to"] + 1)

    def holds(case: Case, ago: int) -> bool:
        return sum(case.day(ago + back) is not None and test(case, ago + back) for back in days) >= count

    return holds


def last_graded(condition: Condition, test: Test) -> Test:
    """On the last day before this one on which the symptom was graded, if that is within so many days."""
    name, within = condition["last_graded"], condition["within_days"]

    def holds(case: Case, ago: int) -> bool:
        for back in range(1, within + 1):
            if number(case.grade(name, ago + back)) is not None:
                return test(case, ago + back)
        return False

    return holds


def worsened(condition: Condition) -> Test:
    """The grade is at least `by` above that of the last day on which it was a number, within so many days."""
    name, within = condition["worsened"], condition["within_days"]
    by: int = condition["by"]

    def holds(case: Case, ago: int) -> bool:
        today = number(case.grade(name, ago))
        if today is None or today < by:
            return False
        for back in range(1, within + 1):
            before = number(case.grade(name, ago + back))
            if before is not None:
                return today - before >= by
        return False

    return holds


def reading(condition: Condition, test: Test) -> Test:
    """Of the last reading of the day, or of any reading before the last."""
    before_last = condition["reading"] == "any_before_last"

    def holds(case: Case, ago: int) -> bool:
        day = case.day(ago)
        if day is None or not day.readings:
            return False
        for one in day.readings[:-1] if before_last else day.readings[-1:]:
            case.ready[ago] = day.with_reading(one)
            held = test(case, ago)
            case.ready[ago] = day
            if held:
                return True
        return False

    return holds


def reviewed(condition: Condition, graded_as: str) -> Test:
    """A nurse reviewed the symptom between `from` and `to` days ago, and the grades compare as asked.

    `first_graded_after` n: the review is exactly n days old, or this is the first graded day at or after n days.
    """
    symptom, wanted = condition["reviewed"], condition["todays_grade"]
    earliest, latest = condition["from"], condition["to"]
    least, first_after = condition.get("reviewed_grade", 0), condition.get("first_graded_after")

    def holds(case: Case, ago: int) -> bool:
        for review in case.reviewed:
            days_ago = review["days_ago"] - ago
            if review["symptom"] != symptom or not earliest <= days_ago <= latest:
                continue
            if not _grades_compare(review["grade"], number(case.grade(graded_as, ago)), least, wanted):
                continue
            if first_after is None or _first_graded_day(case, ago, graded_as, days_ago - first_after):
                return True
        return False

    return holds


def _grades_compare(before: int | None, today: int | None, least: int, wanted: str) -> bool:
    if before is None or today is None or before < least:
        return False
    return today >= before if wanted == "not_below" else today <= before


def _first_graded_day(case: Case, ago: int, name: str, days: int) -> bool:
    return all(number(case.grade(name, ago + back)) is None for back in range(1, days + 1))
