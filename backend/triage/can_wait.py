"""Whether it can wait, in the patient's own word. "Yes" changes nothing; "No" ends the holding back of a symptom."""

import logging
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from backend.diary.models import DailyLog

from . import flagging
from .models import CanWait, Urgency
from .receive import see_to_it

ASKED_AT = (Urgency.CONTACT_24H, Urgency.CONTACT_TODAY)
logger = logging.getLogger(__name__)


class NotAsked(Exception):
    """This log asks nobody to call, or to call emergency help now: nobody is asked whether it can wait."""


def note_can_wait(*, log: DailyLog, can_wait: bool, said_at: datetime, now: datetime) -> CanWait:
    """Keep what the patient said about this log. The latest statement wins, in whatever order they arrive.

    When it cannot wait, a symptom that was held back is alerted in the same transaction, at the urgency of the advice,
    and its snooze ends. Safe to run twice and side by side. Raise NotAsked.
    """
    if log.answer["assessment"]["urgency"] not in ASKED_AT:
        raise NotAsked
    with transaction.atomic():
        # Locked as a worker that flags it locks it: of the two, one waits.
        of_day = DailyLog.objects.filter(patient=log.patient_id, day=log.day, superseded_at=None)
        current = of_day.select_for_update(no_key=True).first()
        kept = _keep(log, can_wait, min(said_at, now), now)
        if not kept.can_wait and current is not None:
            _flag_again(current, now)
    return kept


def _keep(log: DailyLog, can_wait: bool, said_at: datetime, now: datetime) -> CanWait:
    kept, is_new = CanWait.objects.get_or_create(
        log=log,
        defaults={"patient_id": log.patient_id, "can_wait": can_wait, "said_at": said_at, "heard_at": now},
    )
    if not is_new:
        older = CanWait.objects.filter(pk=kept.pk, said_at__lt=said_at)
        older.update(can_wait=can_wait, said_at=said_at, heard_at=now)
        kept.refresh_from_db()
    return kept


def _flag_again(log: DailyLog, now: datetime) -> None:
    """Flag the log here; if that fails it waits to be flagged, and the word is kept in any case."""
    DailyLog.objects.filter(pk=log.pk).update(flagged_at=None)
    flagged = 0
    try:
        flagged = flagging.flag_logs(ids=[log.pk], now=now)
    except Exception:
        logger.exception("Log %s cannot wait and could not be flagged at once; the sweep takes it", log.pk)
    if not flagged:
        transaction.on_commit(lambda: see_to_it(log_id=log.pk, now=now))


def can_wait_of_days(patient_id: UUID, days: Collection[date]) -> dict[date, CanWait]:
    """The latest word about each of these days. A "Yes" counts for the answers it was about, a "No" for the day."""
    words = CanWait.objects.filter(log__patient=patient_id, log__day__in=days).select_related("log").order_by("said_at")
    latest = {word.log.day: word for word in words}
    return {day: word for day, word in latest.items() if not word.can_wait or word.log.superseded_at is None}
