"""A gap in the roster is told to the clinic's administrators, before it begins and once."""

from datetime import datetime, timedelta

from backend.care.models import Clinic
from backend.care.roster import FORGOTTEN_AFTER, Gap, gaps

from .models import Delivery
from .services import Request, request_deliveries

TEMPLATE = "roster_gap"
AHEAD = timedelta(hours=24)
BACK = timedelta(days=2)
"""A gap that began further back was told when it began; one whose begin was made known later is told now."""


def alarm_roster_gaps(*, now: datetime) -> int:
    """Tell each clinic's administrators of gaps that begin within a day and return how many there are.

    Safe to run twice: the key names the gap.
    """
    found = 0
    for clinic in Clinic.objects.filter(shifts__ends_at__gt=now - FORGOTTEN_AFTER).distinct():
        near = gaps_soon(clinic, now)
        request_deliveries(requests=[_told(clinic, gap) for gap in near], now=now)
        found += len(near)
    return found


def gaps_soon(clinic: Clinic, now: datetime) -> list[Gap]:
    """Gaps that run now or begin within a day, but for those whose begin is too long ago to be known here."""
    since = now - BACK
    return [gap for gap in gaps(clinic, since, now + AHEAD) if gap.ends_at > now and gap.starts_at > since]


def _told(clinic: Clinic, gap: Gap) -> Request:
    key = f"{TEMPLATE}:{clinic.pk}:{gap.place}:{gap.starts_at.isoformat()}"
    return Request(key, None, Delivery.Recipient.ADMINISTRATORS, TEMPLATE, clinic_id=clinic.pk)
