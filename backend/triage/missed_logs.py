"""A missing day is not a good day: remind after one and two, tell the nurse after three.

Days are the patient's own: a reminder goes out once per local day, at nine in the morning or later, whatever the
clocks do that night.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from backend.care.selectors import PatientContext, contexts
from backend.care.time_zones import local_day, local_days
from backend.messaging.models import Delivery
from backend.messaging.services import Request, request_deliveries
from backend.protocol import reason

from .assess import protocol_of
from .models import Alert, AlertEvent

SYMPTOM = "no_log"
REMIND_FROM_HOUR = 9

_DUE = """
SELECT p.id, p.clinic_id, here.today, p.time_zone, p.status_since, GREATEST(
    (SELECT day FROM diary_dailylog WHERE patient_id = p.id AND superseded_at IS NULL ORDER BY day DESC LIMIT 1),
    CASE WHEN switch.id IS NULL THEN t.started_on ELSE earlier.started_on END - 1
) AS last_day
FROM care_patient p
JOIN unnest(%(zones)s::text[], %(days)s::date[]) AS here (time_zone, today) ON here.time_zone = p.time_zone
JOIN care_treatment t ON t.patient_id = p.id AND t.ended_on IS NULL
LEFT JOIN care_dosedecision switch ON switch.led_to_id = t.id
LEFT JOIN care_treatment earlier ON earlier.id = switch.treatment_id
WHERE p.status = 'active' AND t.started_on <= here.today
"""


@dataclass(frozen=True, slots=True)
class MissedLogs:
    """A patient whose last day with a log, or last one with none due, was `missed` + 1 days ago by their calendar.

    None is due before the treatment, nor while there is no consent. A switch of drug is no pause.
    """

    patient_id: UUID
    clinic_id: UUID
    today: date
    missed: int
    last_day: date


def missed_logs(*, now: datetime) -> list[MissedLogs]:
    """Everybody in treatment with a day due and past without a log, for whom it is nine in the morning or later."""
    here = local_days(now=now, from_hour=REMIND_FROM_HOUR)
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"zones": [one.time_zone for one in here], "days": [one.day for one in here]})
        rows = cursor.fetchall()
    found = []
    for patient_id, clinic_id, today, time_zone, status_since, last_logged in rows:
        before_status = [local_day(status_since, time_zone) - timedelta(days=1)] if status_since else []
        last_day = max([last_logged, *before_status])
        missed = (today - last_day).days - 1
        if missed >= 1:
            found.append(MissedLogs(patient_id, clinic_id, today, missed, last_day))
    return found


def find_missed_logs(*, now: datetime) -> None:
    """Remind the patient, then tell the nurse, after as many days as the protocol says. Safe to run twice."""
    missed = {row.patient_id: row for row in missed_logs(now=now)}
    found = contexts(missed)
    reminders, silent = [], []
    for patient, context in found.items():
        row, rule = missed[patient], protocol_of(context).data["missed_logs"]
        if row.missed >= rule["nurse_after_days"]:
            silent.append((row, context))
        else:
            again = row.missed >= rule["other_channel_after_days"]
            reminders.append(_reminder(row, "log_missing_again" if again else "log_missing"))
    request_deliveries(requests=reminders, now=now)
    _raise_alerts(silent, now)


def _reminder(row: MissedLogs, template: str) -> Request:
    return Request(f"missed_log:{row.patient_id}:{row.today}", row.patient_id, Delivery.Recipient.PATIENT, template)


def _raise_alerts(silent: list[tuple[MissedLogs, PatientContext]], now: datetime) -> None:
    """One alert per silence: none while one is live, nor until as many days after its answer."""
    known = Alert.objects.filter(patient_id__in=[row.patient_id for row, _ in silent], symptom=SYMPTOM)
    live = set(known.live().values_list("patient_id", flat=True))
    answered = dict(
        known.filter(state=Alert.State.RESOLVED).order_by("resolved_at").values_list("patient_id", "resolved_at")
    )
    for row, context in silent:
        rule = protocol_of(context).data["missed_logs"]
        rests_until = answered.get(row.patient_id)
        rests = rests_until is not None and now - rests_until < timedelta(days=rule["nurse_after_days"])
        if row.patient_id not in live and not rests:
            _raise(row, context, now)


def _raise(row: MissedLogs, context: PatientContext, now: datetime) -> None:
    protocol = protocol_of(context)
    rule = protocol.data["missed_logs"]
    minutes = protocol.nurse_due_minutes[rule["urgency"]] or 0
    due = now + timedelta(minutes=minutes)
    alert = Alert(
        clinic_id=row.clinic_id,
        patient_id=row.patient_id,
        symptom=SYMPTOM,
        urgency=rule["urgency"],
        day=row.today,
        rule=rule["id"],
        protocol=protocol.drug,
        version=protocol.version,
        reason=reason.missed_logs(days=row.missed),
        source=rule["source"],
        raised_at=now,
        due_at=due,
        due_minutes=minutes,
        escalate_at=due,
    )
    try:
        with transaction.atomic():
            alert.save(force_insert=True)
            AlertEvent.objects.create(alert=alert, kind=AlertEvent.Kind.RAISED, at=now, detail=alert.reason)
            told = Request(
                f"alert_raised:{alert.pk}", row.patient_id, Delivery.Recipient.NURSE, "alert_raised", alert.pk
            )
            request_deliveries(requests=[told], now=now)
    except IntegrityError:
        return  # another worker raised it at the same moment
