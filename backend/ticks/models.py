from django.db import models


class Heartbeat(models.Model):
    """The last time a tick ran to its end. One row per tick.

    Example: escalate_overdue_alerts, last ran at 08:12:00.
    """

    name = models.CharField(max_length=60, primary_key=True)
    last_at = models.DateTimeField()
