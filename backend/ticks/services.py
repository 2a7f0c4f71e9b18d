"""Each tick says that it ran; who is late is read in selectors."""

from datetime import datetime

from django.db import connection


def beat(*, name: str, now: datetime) -> None:
    """Note that tick `name` ran to its end at `now`. Safe to run twice; an older time never replaces a newer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ticks_heartbeat (name, last_at) VALUES (%s, %s) "
            "ON CONFLICT (name) DO UPDATE SET last_at = GREATEST(ticks_heartbeat.last_at, EXCLUDED.last_at)",
            [name, now],
        )
