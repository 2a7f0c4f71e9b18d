"""Each tick says that it ran; who is late is read in selectors."""

from datetime import datetime, timedelta

from django.db import connection

OFTEN_ENOUGH = timedelta(seconds=5)


def beat(*, name: str, now: datetime) -> None:
    """Note that tick `name` ran to its end at `now`. Safe to run twice; an older time never replaces a newer.

    A tick that is nudged many times a second beats every few seconds: each beat costs a commit.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ticks_heartbeat (name, last_at) VALUES (%s, %s) "
            "ON CONFLICT (name) DO UPDATE SET last_at = EXCLUDED.last_at WHERE ticks_heartbeat.last_at < %s",
            [name, now, now - OFTEN_ENOUGH],
        )
