"""Which of today's answers a condition cannot hold without, and how many days it looks back.

`needs` makes evaluation fast: a rule is only asked when one of today's answers it depends on is there.
"""

from backend.protocol.conditions import Shapes, form_of
from backend.protocol.model import Condition
from backend.protocol.uses import asked_further, symptom_graded_as


def needs(condition: Condition, protocol: Shapes) -> frozenset[str]:
    """Groups ("diarrhea") and signs ("sign:fever") of today; if all are missing the condition is false.

    Empty when nothing can be said, so that the rule is always asked.
    """
    form = form_of(condition)
    if form == "all":
        known = [need for part in condition["all"] if (need := needs(part, protocol))]
        return min(known, key=_commonness, default=frozenset())
    if form == "any":
        each = [needs(part, protocol) for part in condition["any"]]
        return frozenset().union(*each) if all(each) else frozenset()
    if form == "condition":
        return needs(protocol["conditions"][condition["condition"]], protocol)
    if form == "sign":
        return frozenset([f"sign:{condition['sign']}"])
    if form == "any_sign_of":
        return frozenset(f"sign:{sign}" for sign in protocol["sign_lists"][condition["any_sign_of"]])
    if form == "fact" and (condition.get("days_ago") or condition.get("answered") is False):
        return frozenset()
    if form in ("fact", "change", "percent_below_baseline"):
        return frozenset([condition[form].partition(".")[0]])
    if form == "grade" and not condition.get("days_ago"):
        return _answers_to(condition["grade"], protocol)
    if form == "worsened":
        return _answers_to(condition["worsened"], protocol)
    if form == "reviewed":
        return frozenset([condition["reviewed"]])
    if form == "reading":
        return frozenset(["blood_pressure"])
    return frozenset()


def _answers_to(grade: str, protocol: Shapes) -> frozenset[str]:
    """The answers a grade is made of: its symptom, and what is asked further about it."""
    symptom = symptom_graded_as(grade, protocol)
    return frozenset([symptom, *asked_further(symptom, protocol)])


def _commonness(needed: frozenset[str]) -> tuple[bool, int]:
    """Signs are rarer than answered groups, so a rule that needs a sign is asked least often."""
    return not all(need.startswith("sign:") for need in needed), len(needed)


def days_back(condition: Condition, protocol: Shapes) -> int:
    """The furthest day a condition looks at, counted back from the judged day."""
    form = form_of(condition)
    if form in ("all", "any"):
        return max(days_back(part, protocol) for part in condition[form])
    if form == "not":
        return days_back(condition["not"], protocol)
    if form == "condition":
        return days_back(protocol["conditions"][condition["condition"]], protocol)
    if form == "on_days":
        return int(condition["on_days"]["to"]) + days_back(condition["when"], protocol)
    if form == "last_graded":
        return int(condition["within_days"]) + days_back(condition["when"], protocol)
    if form == "worsened":
        return int(condition["within_days"])
    if form == "reviewed":
        return int(condition["to"] - condition["first_graded_after"]) if "first_graded_after" in condition else 0
    if form == "reading":
        return days_back(condition["when"], protocol)
    return int(condition.get("days_ago", 0))
