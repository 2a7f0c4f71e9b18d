"""What the services of the roster and of handovers refuse, in the words of the person who meets it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from backend.accounts.services import AlreadyClosed
from backend.care.shifts import OtherClinic, ShiftRefused, Taken
from backend.triage.handover import HandoverEnded, NotHers, NothingToHandOver, OfferedAlready
from backend.triage.leaving import LastAdministrator
from backend.triage.services import NotAColleague

from .errors import Problem, not_found

PLACE_WORDS = {"nurse": "nurse", "second_nurse": "second nurse", "on_call": "on call"}


def in_words(refused: Exception, zone: ZoneInfo) -> Exception:
    """Return the problem to show, with times as the clinic's clock shows them. What is no refusal stays as it is."""
    if isinstance(refused, ShiftRefused):
        return _field(refused.code, refused.field, refused.why, refused.mend)
    if isinstance(refused, Taken):
        return _taken(refused, zone)
    if isinstance(refused, OtherClinic):
        return not_found()
    if isinstance(refused, HandoverEnded):
        return _ended(refused, zone)
    if isinstance(refused, NotAColleague):
        return _field("not_a_colleague", "to", "This person cannot take over from you.",
                      "Choose another nurse or prescriber of your clinic.")  # fmt: skip
    if isinstance(refused, NothingToHandOver):
        return _field("nothing_to_hand_over", "note", "You have no open alert to hand over.",
                      "Write a note for your colleague, or leave it.")  # fmt: skip
    if isinstance(refused, NotHers):
        return _field("not_yours", "notes", "One of these alerts is no longer yours.", "Look at your list again.")
    if isinstance(refused, OfferedAlready):
        return Problem(409, "offered_already", "You have offered a handover already. Withdraw it to offer another.")
    if isinstance(refused, LastAdministrator):
        return Problem(409, "last_administrator",
                       "Your clinic would have no administrator. Make somebody else one first.")  # fmt: skip
    if isinstance(refused, AlreadyClosed):
        return Problem(409, "left_already", "This person's work here has ended already.")
    return refused


def _field(code: str, field: str, reason: str, mend: str) -> Problem:
    return Problem(422, code, f"{reason} {mend}", [(field, reason, mend)])


def _taken(refused: Taken, zone: ZoneInfo) -> Problem:
    shift = refused.shift
    if shift is None:
        return Problem(409, "taken", "Somebody changed the roster at the same moment. Look at it and try again.")
    start, end = _clock(shift.starts_at, zone), _clock(shift.ends_at, zone)
    whose = f"{shift.person.name} is {PLACE_WORDS[shift.place]} from {start} to {end}."
    mend = "Choose other times, or remove that shift."
    return Problem(409, "taken", f"{whose} {mend}", [("starts", whose, mend)], by=shift.person.name, at=shift.starts_at)


def _ended(refused: HandoverEnded, zone: ZoneInfo) -> Problem:
    handover = refused.handover
    who = handover.offered_to if handover.state == "accepted" else handover.offered_by
    did = "accepted this handover" if handover.state == "accepted" else "took this handover back"
    at = handover.ended_at
    when = f" at {at.astimezone(zone):%H:%M}" if at else ""
    return Problem(409, f"handover_{handover.state}", f"{who.given_name} {did}{when}.", by=who.name, at=at)


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %d %b %H:%M}"
