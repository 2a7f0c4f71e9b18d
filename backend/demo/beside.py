"""What is said beside the logs of the demonstration: whether it can wait, and a clinician's grades."""

from datetime import date, datetime, timedelta

from backend.accounts.models import Person
from backend.care.models import Patient
from backend.diary.models import DailyLog
from backend.triage import grades
from backend.triage.can_wait import note_can_wait

CAN_WAIT = {"tomas": False, "rosa": True, "ines": True}
"""By story, said about today's log. The others have not said."""
CONFIRMED = {10: 2, 9: 2}
"""Maria's hand-foot grade as Joan found it, by days ago; that of the first sore day is recorded with her call."""


def say_whether_it_can_wait(*, story: str, log: DailyLog, at: datetime) -> None:
    """A minute after the advice."""
    if story in CAN_WAIT:
        said = at + timedelta(minutes=1)
        note_can_wait(log=log, can_wait=CAN_WAIT[story], said_at=said, now=said)


def confirm_grades(*, maria: Patient, ago: int, day: date, joan: Person, at: datetime) -> None:
    """Joan has seen Maria's hands."""
    if ago in CONFIRMED:
        grades.confirm(patient=maria, found=grades.Found("hand_foot", day, CONFIRMED[ago]), by=joan, now=at)
