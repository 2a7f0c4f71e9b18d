"""The day after an advice to call: ask the patient whether they reached the team, once a day, until it is resolved.

Days are the patient's own, as with missed logs: nobody is asked before nine in the morning, whatever the clocks do.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from backend.care.time_zones import local_days
from backend.messaging.models import Delivery
from backend.messaging.services import Request, request_deliveries

from .missed_logs import REMIND_FROM_HOUR, SYMPTOM
from .models import Contact, Urgency

TEMPLATE = "follow_up"
ASKED_ABOUT = [Urgency.CONTACT_24H, Urgency.CONTACT_TODAY]
SPOKEN = [
    Contact.Outcome.SPOKE_WITH_PATIENT, Contact.Outcome.VISIT_BOOKED, Contact.Outcome.SENT_TO_EMERGENCY_CARE,
]  # fmt: skip

_DUE = """
SELECT DISTINCT ON (p.id) p.id, a.id, here.today
FROM triage_alert a
JOIN care_patient p ON p.id = a.patient_id
JOIN unnest(%(zones)s::text[], %(days)s::date[], %(begins)s::timestamptz[]) AS here (time_zone, today, begins_at)
    ON here.time_zone = p.time_zone
WHERE a.state <> 'resolved' AND a.urgency = ANY(%(urgencies)s) AND a.symptom <> %(no_log)s
    AND p.status = 'active' AND a.raised_at < here.begins_at
    AND NOT EXISTS (
        SELECT FROM triage_alertevent e
        WHERE e.alert_id = a.id AND e.kind = 'reopened' AND e.at >= here.begins_at)
    AND NOT (a.state = 'acknowledged' AND EXISTS (
        SELECT FROM triage_contact c WHERE c.alert_id = a.id AND c.outcome = ANY(%(spoken)s)))
    AND NOT EXISTS (
        SELECT FROM triage_flag f JOIN diary_dailylog l ON l.id = f.log_id JOIN triage_patientcall c ON c.log_id = l.id
        WHERE f.alert_id = a.id AND l.day >= a.day AND c.reached_at IS NOT NULL)
ORDER BY p.id, a.urgency_rank DESC, a.raised_at
"""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A patient who was advised to call on a day before their own `today`; nobody is known to have told them more."""

    patient_id: UUID
    alert_id: UUID
    today: date


def due_follow_ups(*, now: datetime) -> list[FollowUp]:
    """Everybody with such an alert, the most urgent one each, for whom it is nine in the morning or later."""
    here = local_days(now=now, from_hour=REMIND_FROM_HOUR)
    values: dict[str, Any] = {
        "urgencies": ASKED_ABOUT, "no_log": SYMPTOM, "spoken": SPOKEN, "zones": [one.time_zone for one in here],
        "days": [one.day for one in here], "begins": [one.begins_at for one in here],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_DUE, values)
        return [FollowUp(*row) for row in cursor.fetchall()]


def send_follow_ups(*, now: datetime) -> None:
    """Ask each of them, once per local day. Safe to run twice and side by side."""
    request_deliveries(
        requests=[
            Request(
                f"{TEMPLATE}:{one.patient_id}:{one.today}", one.patient_id, Delivery.Recipient.PATIENT, TEMPLATE,
                one.alert_id,
            )
            for one in due_follow_ups(now=now)
        ],
        now=now,
    )  # fmt: skip
