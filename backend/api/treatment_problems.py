"""What is refused about treatments, dose decisions and consent, in the words of the nurse who meets it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from backend.accounts.models import Person
from backend.care import consent
from backend.care.course import in_words as day_in_words
from backend.care.deciding import (
    AlreadyRuns,
    AlreadyTakenBack,
    DecisionRefused,
    NotAPrescriber,
    RecordedMeanwhile,
    StandsUnderOthers,
)

from .errors import Problem

KINDS = {
    "start": "a start", "no_change": "that nothing changes", "hold": "a hold", "reduction": "a reduction",
    "increase": "an increase", "resumption": "a resumption", "stop": "a stop", "switch": "a switch",
}  # fmt: skip


def in_words(refused: Exception) -> Exception:
    """Return the problem to show. What is not a refusal stays as it is."""
    if isinstance(refused, (DecisionRefused, NotAPrescriber)):
        return refused_decision(refused)
    if isinstance(refused, RecordedMeanwhile):
        return _meanwhile(refused)
    if isinstance(refused, AlreadyRuns):
        return _already_runs(refused)
    if isinstance(refused, AlreadyTakenBack):
        return _conflict("already_taken_back", f"{_who(refused.by, refused.at)} took this back.", refused)
    if isinstance(refused, StandsUnderOthers):
        return _under_others(str(refused))
    if isinstance(refused, consent.ConsentRefused):
        return _field("consent_refused", refused.field, refused.why, refused.mend)
    if isinstance(refused, consent.AlreadyGiven):
        given = f", given on {day_in_words(refused.consent.given_on)}" if refused.consent else ""
        return Problem(409, "consent_there", f"Consent is recorded already{given}. Look at it first.")
    if isinstance(refused, consent.AlreadyWithdrawn):
        return Problem(409, "consent_withdrawn", "This consent was withdrawn already. Look at the patient again.")
    return refused


def refused_decision(refused: DecisionRefused | NotAPrescriber, group: str = "") -> Problem:
    """The problem at its field; `group` goes before the field's name where the decision is part of something else."""
    if isinstance(refused, NotAPrescriber):
        return _field("not_a_prescriber", f"{group}decided_by", "Only a prescriber of your clinic decides on the dose.",
                      "Choose one from the list.")  # fmt: skip
    return _field("dose_decision_refused", group + refused.field, refused.why, refused.mend)


def _meanwhile(refused: RecordedMeanwhile) -> Problem:
    if refused.kind is None:
        said = "A decision was taken back meanwhile."
    else:
        said = f"{_who(refused.by, refused.at)} recorded {KINDS[refused.kind]}."
    return _conflict("recorded_meanwhile", f"{said} Look at it first; what you typed is kept.", refused)


def _already_runs(refused: AlreadyRuns) -> Problem:
    if refused.running is None:
        return Problem(409, "already_runs", "Another treatment was started meanwhile. Look at it first.")
    since = day_in_words(refused.running.started_on)
    said = f"{refused.running.drug.capitalize()} runs since {since}. Record a switch or a stop there."
    return Problem(409, "already_runs", said)


def _under_others(day: str) -> Problem:
    if not day:
        said = "Another treatment has begun since. Take that back first."
    else:
        said = f"What was decided for {day} stands on this. Take that back first."
    return Problem(409, "others_stand_on_it", said)


def _conflict(code: str, said: str, refused: RecordedMeanwhile | AlreadyTakenBack) -> Problem:
    return Problem(409, code, said, by=refused.by.name if refused.by else None, at=refused.at)


def _field(code: str, field: str, reason: str, mend: str) -> Problem:
    return Problem(422, code, f"{reason} {mend}", [(field, reason, mend)])


def _who(by: Person | None, at: datetime | None) -> str:
    """Who it was, with the clock time at their clinic."""
    name = by.given_name if by else "Somebody"
    if at is None:
        return name
    zone = ZoneInfo(by.clinic.time_zone if by and by.clinic else "UTC")
    return f"{name} at {timezone.localtime(at, zone):%H:%M}"
