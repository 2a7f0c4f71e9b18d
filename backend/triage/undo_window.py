"""For how long a press can be undone, on the desk and on the phone."""

from datetime import timedelta

UNDO_WITHIN = timedelta(minutes=1)
ON_ITS_WAY = timedelta(seconds=15)
"""A press in the last second may take this long to arrive."""


class TooLate(Exception):
    """More than a minute has passed."""
