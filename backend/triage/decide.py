"""What a finding does to the alerts of its symptom. Pure; the database work is in flagging.py."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from .assess import Judged
from .models import RANKS, Alert, Urgency

REVIEWED = ("hand_foot", "blood_pressure", "diarrhea", "fatigue")
"""The symptoms whose review by a nurse a protocol may ask about."""
COMBINATION = "combination"
REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Finding:
    """One symptom of one log that asks for contact: its most urgent rule, and all that fired."""

    symptom: str
    urgency: str
    due_minutes: int
    grade: int | None
    top: Any
    fired: tuple[Any, ...]

    @property
    def rank(self) -> int:
        """0 self_care to 3 emergency."""
        return RANKS[Urgency(self.urgency)]

    @property
    def reopens(self) -> bool:
        """A rule says that the symptom is no better after the nurse's review."""
        return any(REOPEN in fired.tags for fired in self.fired)


class Move(Enum):
    """What happens to the alert of the symptom."""

    RAISE = "raise"
    FEED = "feed"
    WORSEN = "worsen"
    HOLD_BACK = "hold_back"
    REOPEN = "reopen"


def findings(judged: Judged) -> list[Finding]:
    """Return one finding per symptom above self_care.

    When two symptoms together make contact_today (UKONS), each of them is found at contact_today.
    """
    by_symptom: dict[str, list[Any]] = {}
    together = None
    for fired in judged.assessment.fired:
        if fired.symptom == COMBINATION:
            together = fired
        elif fired.urgency != Urgency.SELF_CARE:
            by_symptom.setdefault(fired.symptom, []).append(fired)
    return [_finding(symptom, fired, together, judged) for symptom, fired in by_symptom.items()]


def _finding(symptom: str, fired: list[Any], together: Any, judged: Judged) -> Finding:
    top, all_fired = fired[0], list(fired)
    urgency, due = top.urgency, min(f.nurse_due_minutes for f in fired if f.urgency == top.urgency)
    if together is not None and urgency == Urgency.CONTACT_24H:
        urgency, due = together.urgency, together.nurse_due_minutes
        all_fired.append(together)
    graded_as = judged.protocol.data["symptoms"].get(symptom, {}).get("graded_as", "")
    grade = judged.assessment.grades_ctcae5.get(graded_as)
    return Finding(symptom, urgency, due, grade if isinstance(grade, int) else None, top, tuple(all_fired))


def worse(finding: Finding, alert: Alert) -> bool:
    """More urgent, or a higher grade, than what the alert already knows."""
    higher_grade = finding.grade is not None and (alert.grade is None or finding.grade > alert.grade)
    return finding.rank > RANKS[Urgency(alert.urgency)] or (higher_grade and alert.grade is not None)


def decide(
    *,
    finding: Finding,
    live: Alert | None,
    last: Alert | None,
    review_window: timedelta,
    now: datetime,
    expected: bool | None = None,
    insists: bool = False,
    on_a_later_day: bool = False,
) -> Move:
    """Choose what the finding does, given the live alert of its symptom and the last resolved one.

    Repeats are held back while the review lasts (alert fatigue, PRO-TECT); worsening never is, nor an emergency. While
    a nurse snoozes the symptom, what she `expected` is held back, and anything worse is not, whenever it was reviewed.
    A patient who `insists` says that it cannot wait: then nothing is held back. An emergency `on_a_later_day` than the
    alert's last log needs somebody again, also while a nurse has the alert.
    """
    if live is not None:
        if worse(finding, live):
            return Move.WORSEN
        happens_again = on_a_later_day and finding.urgency == Urgency.EMERGENCY
        return Move.REOPEN if insists or (happens_again and live.state == Alert.State.ACKNOWLEDGED) else Move.FEED
    if last is None or last.resolved_at is None:
        return Move.RAISE
    if insists:
        return Move.REOPEN
    if expected is not None:
        return Move.HOLD_BACK if expected else Move.RAISE
    if finding.reopens:
        return Move.REOPEN
    reviewed = now - last.resolved_at < review_window
    if reviewed and not worse(finding, last) and finding.urgency != Urgency.EMERGENCY:
        return Move.HOLD_BACK
    return Move.RAISE
