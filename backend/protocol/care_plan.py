"""What a care team does for every patient whatever they report: proactive calls, and how long a message may wait.

The numbers lie in `care_plan.json`, each with its source. They are not part of a drug's protocol: no log is judged by
them, and the phone does not need them.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "care_plan.json"
DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class CarePlan:
    """Example: a call in the weeks 1, 2 and 4 of treatment; messages read within a day."""

    call_weeks: tuple[int, ...]
    messages_read_within_days: int

    def week_of(self, treatment_day: int) -> int | None:
        """The week of a proactive call that this day of treatment (1 is the first) lies in; None without one."""
        week = (treatment_day - 1) // DAYS_OF_WEEK + 1
        return week if week in self.call_weeks else None


@cache
def care_plan() -> CarePlan:
    """The care plan as the file has it. Raise KeyError or TypeError where a part is missing or no number."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    weeks = tuple(sorted(int(week) for week in found["proactive_calls"]["treatment_weeks"]))
    return CarePlan(weeks, int(found["unread_messages"]["read_within_days"]))
