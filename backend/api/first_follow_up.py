"""What the patient is asked on the day after an advice to call. It is found as follow-up.ts finds it on the phone."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.protocol import texts
from backend.protocol.model import Protocol

LOOK_BACK = 14
ASKS_TO_CALL = {"contact_24h", "contact_today"}
SPOKEN = {"spoke_with_patient", "visit_booked", "sent_to_emergency_care"}

Log = dict[str, Any]


def followed_up(logs: list[Log], *, today: date, zone: ZoneInfo) -> Log | None:
    """The newest log that asked to call on an earlier day, unless the team has answered it. `logs` as in the API."""
    if _asks_to_call(_current(logs, today)):
        return None
    for back in range(1, LOOK_BACK + 1):
        log = _current(logs, today - timedelta(days=back))
        if log and _asks_to_call(log) and _asked_on(log, zone) < today:
            return None if _is_answered(log["team"]) else log
    return None


def symptom_in_words(log: Log, protocol: Protocol, language: str) -> str | None:
    """The symptom of the most urgent rule of this log in the patient's words; None without words for it."""
    known = (protocol.rule_by_id.get(rule["id"]) for rule in log["assessment"]["rules"])
    rule = next((rule for rule in known if rule), None)
    if rule is None:
        return None
    words = texts.of(language)
    found: str | None = words["symptoms"].get(rule.symptom, {}).get("patient")
    if found is None and (sign := words["signs"].get(rule.symptom)):
        found = sign["patient"].replace("{drug}", words.get("drugs", {}).get(protocol.drug, protocol.drug))
    return found


def _current(logs: list[Log], day: date) -> Log | None:
    of_day = (log for log in logs if log["day"] == day.isoformat())
    return max(of_day, key=lambda log: log["revision"], default=None)


def _asks_to_call(log: Log | None) -> bool:
    return bool(log and log["advice"] and log["advice"]["urgency"] in ASKS_TO_CALL)


def _asked_on(log: Log, zone: ZoneInfo) -> date:
    """The day on which the patient read the advice."""
    written = datetime.fromisoformat(log.get("written_at") or log["received_at"])
    return written.astimezone(zone).date()


def _is_answered(team: dict[str, Any]) -> bool:
    """True when the team has told the patient what to do about all of a log, or has closed it."""
    each = team.get("alerts") or [team]
    done = (
        one["state"] == "resolved" or (one["state"] == "contacted" and one.get("outcome") in SPOKEN) for one in each
    )
    return bool(team.get("reached_at")) or all(done)
