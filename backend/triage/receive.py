"""Take a log in: check its day and facts, answer at once, keep it, and see to it that it is flagged."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from backend.care.selectors import PatientContext
from backend.diary.models import DailyLog
from backend.diary.services import NewLog, same_content, store_log
from backend.protocol import facts, texts
from backend.protocol.model import FactError, Facts, Protocol
from backend.ticks.nudge import nudge

from . import flagging
from .assess import agrees, answer, judge, protocol_of
from .selectors import known_beside
from .tasks import FLAG_WAITING_LOGS

OLDEST_DAYS = 14
OTHERS_AT_ONCE = 50
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DayRefused(Exception):
    """The day lies in the future, or too far back."""

    reason: str
    mend: str


def receive_log(
    *, log_id: UUID, context: PatientContext, sent_by: UUID, day: date, raw_facts: Any, now: datetime,
    corrects: UUID | None = None, shown: dict[str, Any] | None = None, written_at: datetime | None = None,
) -> DailyLog:  # fmt: skip
    """Keep a patient's log and return it with its answer; sent again, return what was kept and answered first.

    The answer comes from the pure evaluator and waits for nobody. Raise DayRefused, facts.FactError, or a
    LogConflict of the diary; then nothing is stored.
    """
    protocol = protocol_of(context)
    new = NewLog(log_id, context.id, day, _answered(protocol, raw_facts), corrects, shown, written_at)
    known = known_beside(log_id=log_id, context=context, day=day, window=protocol.window_days, now=now)
    if known.log is not None:
        return _sent_again(known.log, new, now)
    check_day(day=day, context=context, now=now, written_at=written_at)
    judged = judge(
        context=context,
        day=day,
        facts_by_day={**known.facts_by_day, day: new.facts},
        reviews=known.reviews,
    )
    stored = store_log(
        new=new,
        answer=answer(judged, context, past=day < _day_of_writing(context, now, written_at)),
        phone_agrees=agrees(shown, judged.assessment),
        sent_by=sent_by,
        now=now,
    )
    transaction.on_commit(lambda: see_to_it(log_id=stored.pk, now=now))
    return stored


def _day_of_writing(context: PatientContext, now: datetime, written_at: datetime | None) -> date:
    """Today where the patient was when they finished the log."""
    if written_at is not None and written_at.utcoffset() is not None:
        return written_at.date()
    return now.astimezone(ZoneInfo(context.time_zone)).date()


def _answered(protocol: Protocol, raw_facts: Any) -> Facts:
    """The facts as read. An empty log would make a missing day look like a day that was heard of."""
    read = facts.read(protocol, raw_facts)
    if not read or (read.keys() == {"note"} and not read["note"].strip()):
        raise FactError("facts", texts.of("en")["errors"]["empty_log"])
    return read


def _sent_again(kept: DailyLog, new: NewLog, now: datetime) -> DailyLog:
    """Return what was kept. Its first request may have died before anybody was told to flag it."""
    same_content(kept=kept, new=new)
    if kept.flagged_at is None and kept.superseded_at is None:
        see_to_it(log_id=kept.pk, now=now)
    return kept


def see_to_it(*, log_id: UUID, now: datetime) -> None:
    """Nudge a worker; if Redis does not answer, flag this log here, so that an emergency never waits for a broker.

    Then also what others left waiting: their nudge may have been lost with Redis. The log is kept by now and the
    patient gets the answer in any case: what goes wrong here is left to the sweep.
    """
    if nudge(FLAG_WAITING_LOGS):
        return
    try:
        flagging.flag_logs(ids=[log_id], now=now)
        flagging.flag_next(now=now, batch=OTHERS_AT_ONCE)
    except Exception:
        logger.exception("Log %s could not be flagged at once; the sweep takes it", log_id)


def check_day(*, day: date, context: PatientContext, now: datetime, written_at: datetime | None) -> None:
    """Raise DayRefused unless `day` is today or one of the last 14 days, wherever the patient is.

    The phone shows the calendar of the place it is in: today is what the date is there, at home, or in UTC.
    """
    here = [now.date(), now.astimezone(ZoneInfo(context.time_zone)).date()]
    if written_at is not None and written_at.utcoffset() is not None:
        here.append(now.astimezone(written_at.tzinfo).date())
    if day > max(here):
        raise DayRefused("This day has not come yet.", f"Send a day up to {max(here)}.")
    oldest = min(here) - timedelta(days=OLDEST_DAYS)
    if day < oldest:
        raise DayRefused(
            f"This day is more than {OLDEST_DAYS} days back.",
            f"Send a day from {oldest} on, or tell the care team.",
        )
