"""Alerts, reviews and answers, read for the flagging, the worklist and the patient."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from django.db import connection

from backend.care.selectors import PatientContext
from backend.diary.models import DailyLog

from .assess import Review
from .decide import REVIEWED
from .models import Alert, Snooze
from .snooze import running_for

AlertsByKey = dict[tuple[UUID, str], Alert]
REVIEWS_COUNT_FOR = timedelta(days=9)
_REVIEWS = """
SELECT patient_id, symptom, resolved_at, grade FROM triage_alert
WHERE patient_id = ANY(%s) AND symptom = ANY(%s) AND state = 'resolved' AND grade IS NOT NULL AND resolved_at >= %s
"""
_ALERTS = """
SELECT * FROM triage_alert WHERE patient_id = ANY(%s)
    AND (resolved_at IS NULL OR resolved_at >= %s
        OR id IN (SELECT alert_id FROM triage_snooze WHERE patient_id = ANY(%s) AND ended_at IS NULL))
ORDER BY resolved_at, id FOR NO KEY UPDATE
"""
_KNOWN = """
SELECT day, facts, NULL::text, NULL::timestamptz, NULL::int FROM diary_dailylog
WHERE patient_id = %(patient)s AND superseded_at IS NULL AND day BETWEEN %(first)s AND %(day)s AND id <> %(log)s
UNION ALL
SELECT NULL, NULL, symptom, resolved_at, grade FROM triage_alert
WHERE patient_id = %(patient)s AND symptom = ANY(%(graded)s) AND state = 'resolved' AND grade IS NOT NULL
    AND resolved_at >= %(since)s
UNION ALL
SELECT day, NULL, NULL, NULL, NULL FROM diary_dailylog WHERE id = %(log)s
"""
REPEATS_COUNT_FOR = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class AlertsSoFar:
    """Live alerts, the last resolved ones of the last 28 days, what nurses reviewed in the last nine, and snoozes with
    the alerts that were snoozed, by id."""

    live: AlertsByKey
    last: AlertsByKey
    reviews: dict[UUID, list[Review]]
    snoozes: dict[tuple[UUID, str], Snooze]
    snoozed: dict[UUID, Alert]


def lock_alerts(contexts: Mapping[UUID, PatientContext], *, now: datetime) -> AlertsSoFar:
    """Lock and return the alerts that new findings about these patients may touch, and the reviews among them."""
    live: AlertsByKey = {}
    last: AlertsByKey = {}
    reviews: dict[UUID, list[Review]] = defaultdict(list)
    alerts = list(Alert.objects.raw(_ALERTS, [list(contexts), now - REPEATS_COUNT_FOR, list(contexts)]))
    # Read once the alerts are locked: whoever snoozes one holds its lock.
    snoozes = {(one.patient_id, one.symptom): one for one in running_for(contexts)}
    wanted = {one.alert_id for one in snoozes.values()}
    for alert in alerts:
        key, resolved_at = (alert.patient_id, alert.symptom), alert.resolved_at
        if resolved_at is None:
            live[key] = alert
            continue
        last[key] = alert
        if alert.grade is not None and alert.symptom in REVIEWED and resolved_at >= now - REVIEWS_COUNT_FOR:
            on = resolved_at.astimezone(ZoneInfo(contexts[alert.patient_id].time_zone)).date()
            reviews[alert.patient_id].append(Review(alert.symptom, on, alert.grade))
    snoozed = {alert.pk: alert for alert in alerts if alert.pk in wanted}
    return AlertsSoFar(live, last, reviews, snoozes, snoozed)


@dataclass(frozen=True, slots=True)
class Known:
    """What there is beside a log that has just come: itself, if it came before, the days before it, and reviews."""

    log: DailyLog | None
    facts_by_day: dict[date, dict[str, Any]]
    reviews: list[Review]


def known_beside(*, log_id: UUID, context: PatientContext, day: date, window: int, now: datetime) -> Known:
    """Read in one query what judging a new log needs; `window` is the number of days rules look back, today one.

    A log with this id is found whoever's it is.
    """
    values: dict[str, Any] = {
        "log": log_id, "patient": context.id, "day": day, "first": day - timedelta(days=window - 1),
        "graded": list(REVIEWED), "since": now - REVIEWS_COUNT_FOR,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, values)
        rows = cursor.fetchall()
    zone, days, reviews, is_kept = ZoneInfo(context.time_zone), {}, [], False
    for near, facts, symptom, resolved_at, grade in rows:
        if symptom is not None:
            reviews.append(Review(symptom, resolved_at.astimezone(zone).date(), grade))
        elif facts is not None:
            days[near] = orjson.loads(facts)
        else:
            is_kept = True
    return Known(DailyLog.objects.filter(pk=log_id).first() if is_kept else None, days, reviews)


def reviews_of(contexts: Iterable[PatientContext], *, now: datetime) -> dict[UUID, list[Review]]:
    """The graded symptoms a nurse closed in the last days, by patient, on the patient's calendar."""
    zones = {context.id: ZoneInfo(context.time_zone) for context in contexts}
    found: dict[UUID, list[Review]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_REVIEWS, [list(zones), list(REVIEWED), now - REVIEWS_COUNT_FOR])
        for patient, symptom, resolved_at, grade in cursor.fetchall():
            found[patient].append(Review(symptom, resolved_at.astimezone(zones[patient]).date(), grade))
    return found


def oldest_waiting_since(now: datetime) -> timedelta | None:
    """How long the oldest log has waited to be flagged; None when none waits."""
    waiting = DailyLog.objects.filter(flagged_at__isnull=True, superseded_at__isnull=True)
    oldest = waiting.order_by("received_at").values_list("received_at", flat=True).first()
    return None if oldest is None else now - oldest
