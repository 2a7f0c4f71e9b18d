"""Whether it can wait, in the patient's own word. The nurse sees it; no urgency, clock or message changes by it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from backend.diary.models import DailyLog

from .models import CanWait, Urgency

ASKED_AT = (Urgency.CONTACT_24H, Urgency.CONTACT_TODAY)


class NotAsked(Exception):
    """This log asks nobody to call, or to call emergency help now: nobody is asked whether it can wait."""


def note_can_wait(*, log: DailyLog, can_wait: bool, said_at: datetime, now: datetime) -> CanWait:
    """Keep what the patient said about this log. Of several words the one said last counts, whichever comes first.

    Safe to run twice and side by side. Raise NotAsked.
    """
    if log.answer["assessment"]["urgency"] not in ASKED_AT:
        raise NotAsked
    said = min(said_at, now)
    kept, is_new = CanWait.objects.get_or_create(
        log=log,
        defaults={"patient_id": log.patient_id, "can_wait": can_wait, "said_at": said, "heard_at": now},
    )
    if not is_new:
        older = CanWait.objects.filter(pk=kept.pk, said_at__lt=said)
        older.update(can_wait=can_wait, said_at=said, heard_at=now)
        kept.refresh_from_db()
    return kept


def can_wait_of_logs(logs: Collection[UUID]) -> dict[UUID, CanWait]:
    """What the patient said about waiting, by log."""
    return CanWait.objects.in_bulk(logs)
