"""What the database returns for a moment or a day that Python cannot hold, so that a list is read on past it.

Both lie at the very start of what is taken from anybody: they sort first and can be computed with. Whoever shows one
says that it cannot be shown (`backend.api.readable`).
"""

from datetime import UTC, date, datetime


class UnreadableMoment(datetime):
    """Stands for a moment that cannot be read. What is computed from it is one too."""


class UnreadableDay(date):
    """Stands for a day that cannot be read."""


UNREADABLE_MOMENT = UnreadableMoment(1900, 1, 2, tzinfo=UTC)
UNREADABLE_DAY = UnreadableDay(1900, 1, 2)
