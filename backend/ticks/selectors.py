"""Which ticks are late. Late means two periods without a run."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import Heartbeat

PERIODS = {
    "flag_waiting_logs": timedelta(minutes=1),
    "flag_failed_logs": timedelta(minutes=1),
    "escalate_overdue_alerts": timedelta(minutes=1),
    "send_waiting_deliveries": timedelta(minutes=1),
    "find_work_items": timedelta(minutes=1),
    "find_missed_logs": timedelta(hours=1),
    "send_follow_ups": timedelta(hours=1),
    "find_proactive_calls": timedelta(hours=1),
    "remove_unfinished_photos": timedelta(hours=1),
    "alarm_roster_gaps": timedelta(hours=1),
    "remove_what_is_over": timedelta(hours=1),
    "compare_time_zones": timedelta(hours=1),
}
PERIODS_UNTIL_LATE = 2


@dataclass(frozen=True)
class LateTick:
    """A tick that has not run for two periods. `last_at` is None when it never ran."""

    name: str
    last_at: datetime | None


def late_ticks(*, now: datetime) -> list[LateTick]:
    """Return the ticks that are two periods late at `now`, in the order of PERIODS. A tick that never ran is late."""
    last = dict(Heartbeat.objects.values_list("name", "last_at"))
    return [
        LateTick(name=name, last_at=last.get(name))
        for name, period in PERIODS.items()
        if name not in last or now - last[name] > period * PERIODS_UNTIL_LATE
    ]
