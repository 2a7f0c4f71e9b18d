"""What the services refuse, in the words of the nurse who meets it."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from backend.care.deciding import DecisionRefused, NotAPrescriber
from backend.triage import contacts, guided, recording, services, undo, work_items
from backend.triage.grades import GradedMeanwhile, GradeRefused
from backend.triage.models import ConfirmedGrade
from backend.triage.next_steps import NextStepRefused
from backend.triage.services import AlertConflict
from backend.triage.snooze import AlreadyEnded, SnoozeRefused
from backend.triage.undo_window import TooLate

from .errors import Problem
from .treatment_problems import in_words as in_words_of_treatment
from .treatment_problems import refused_decision


def in_words(refused: Exception) -> Exception:
    """Return the problem to show. What is not a refusal stays as it is."""
    if isinstance(refused, services.AnotherIsOpen):
        return Problem(409, "another_is_open", "This symptom has an open alert already. Work on that one.")
    if isinstance(refused, services.AlreadyAcknowledged):
        return _conflict("already_acknowledged", "took", refused)
    if isinstance(refused, services.AlreadyResolved):
        return _conflict("already_resolved", "resolved", refused)
    if isinstance(refused, services.AlreadyAssigned):
        return _changed_hands("already_assigned", refused, "alert")
    if isinstance(refused, work_items.AlreadyTaken):
        return _changed_hands("already_taken", refused, "work item")
    if isinstance(refused, work_items.AlreadyDone):
        return _conflict("already_done", "finished", refused, "work item")
    if isinstance(refused, work_items.EndsByReading):
        return Problem(409, "ends_by_reading", "Unread messages leave the list when they are read. Open the thread.")
    if isinstance(refused, services.NotResolved):
        return Problem(409, "not_resolved", "This alert is not resolved, so it need not be opened again.")
    if isinstance(refused, contacts.IdTaken):
        return Problem(409, "id_taken", "Something else was recorded with this id. Look at the patient before you "
                       "record it again.")  # fmt: skip
    if isinstance(refused, AlreadyEnded):
        return Problem(409, "snooze_ended", "This snooze has ended already. Look at the patient again.")
    if isinstance(refused, GradedMeanwhile):
        return _graded_meanwhile(refused)
    if isinstance(refused, recording.ChangedMeanwhile):
        return Problem(409, "changed_meanwhile", f"{refused.alert.reason} That is new since you opened this. Look at "
                       "it, then send again; what you typed is kept.")  # fmt: skip
    if isinstance(refused, (undo.NothingToUndo, TooLate, undo.ChangedSince)):
        return _not_undone(refused)
    return _at_its_field(refused)


def _not_undone(refused: Exception) -> Problem:
    if isinstance(refused, TooLate):
        return Problem(409, "too_late", "More than a minute has passed. Reopen the alert instead.")
    if isinstance(refused, undo.ChangedSince):
        return Problem(409, "changed_since", "Something happened to it since. Look at it, and reopen it if need be.")
    return Problem(409, "nothing_to_undo", "You have not just resolved this alert, so there is nothing to undo.")


def _at_its_field(refused: Exception) -> Exception:
    """What was sent is not as it should be: the problem at the field, with what to do."""
    if isinstance(refused, recording.OutcomeKeepsOpen):
        return _field("outcome_keeps_open", "outcome", "Nobody has been reached yet, so this cannot be closed.",
                      "Record it and keep it open.")  # fmt: skip
    if isinstance(refused, recording.AlsoNotOpen):
        return _field("also_not_open", "also", "Another alert you ticked is not open any more, or is an emergency now.",
                      "Look at which are left, and record it again.")  # fmt: skip
    if isinstance(refused, services.NoteMissing):
        return _field("note_missing", "note", "This needs a reason.",
                      "Write in a few words why, or what the prescriber said.")  # fmt: skip
    if isinstance(refused, guided.FindingNotAnswered):
        return _field("finding_not_answered", "set_aside", f"What you heard is not answered yet: {refused}",
                      "Write a next step, keep the alert open, or say why it needs nothing more. An emergency needs "
                      "emergency care or a reason.")  # fmt: skip
    if isinstance(refused, guided.QuestionNotAsked):
        return _field("question_not_asked", "guide", f"The call guide has no question {refused.question} here.",
                      "Open the panel again; your note is kept.")  # fmt: skip
    if isinstance(refused, services.NotAColleague):
        return _field("not_a_colleague", "to", "This person does not work at your clinic, or not in the role needed.",
                      "Choose somebody from the list.")  # fmt: skip
    if isinstance(refused, (DecisionRefused, NotAPrescriber)):
        return refused_decision(refused, group="dose_decision.")
    if isinstance(refused, NextStepRefused):
        return _field("next_step_refused", refused.field, refused.why, refused.mend)
    if isinstance(refused, SnoozeRefused):
        return _field("snooze_refused", refused.field, refused.why, refused.mend)
    if isinstance(refused, GradeRefused):
        return _field("grade_refused", refused.field, refused.why, refused.mend)
    return in_words_of_treatment(refused)


def _field(code: str, field: str, reason: str, mend: str) -> Problem:
    return Problem(422, code, f"{reason} {mend}", [(field, reason, mend)])


def _conflict(code: str, did: str, refused: AlertConflict, what: str = "alert") -> Problem:
    who = refused.by.given_name if refused.by else "Somebody"
    at = f" at {timezone.localtime(refused.at, _zone(refused)):%H:%M}" if refused.at else ""
    name = refused.by.name if refused.by else None
    return Problem(409, code, f"{who} {did} this {what}{at}.", by=name, at=refused.at)


def _changed_hands(code: str, refused: AlertConflict, what: str) -> Problem:
    if refused.by is None:
        return Problem(409, code, f"Nobody has this {what} any more. Look at it again.", by=None, at=None)
    return _conflict(code, "has", refused, what)


def _graded_meanwhile(refused: GradedMeanwhile) -> Problem:
    standing = refused.standing
    if standing is None:
        return Problem(409, "graded_meanwhile", "The grade you answered is not there any more. Look again.")
    time = f"{timezone.localtime(standing.at, _zone(standing)):%H:%M}"
    detail = f"{standing.by.given_name} confirmed grade {standing.grade} at {time}. Look at it before you change it."
    return Problem(409, "graded_meanwhile", detail, by=standing.by.name, at=standing.at)


def _zone(refused: AlertConflict | ConfirmedGrade) -> ZoneInfo:
    clinic = refused.by.clinic if refused.by else None
    return ZoneInfo(clinic.time_zone if clinic else "UTC")
