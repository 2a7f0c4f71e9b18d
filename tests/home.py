"""Where the cast lives, and which day it is there: in UTC it may be tomorrow already."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = "America/New_York"
HOME = ZoneInfo(ZONE)


def home_today() -> date:
    """The day on their calendars, for what is dated by the clock on the wall."""
    return datetime.now(HOME).date()
