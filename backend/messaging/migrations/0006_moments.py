"""Moments that clients send lie in the years 1900 to 2199 in UTC.

Rows that were taken before this was checked are mended first, so that the constraint can be added:
the time at which the server received a message takes the place of one that cannot be true.
"""

from datetime import UTC, datetime

from django.db import migrations, models

MOMENTS = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))
OUTSIDE = "{0} < '1900-01-01 00:00:00+00' OR {0} >= '2200-01-01 00:00:00+00'"


def mend(statement: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"{statement} WHERE {OUTSIDE.format(column)}", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("messaging", "0005_clock_until_contact")]

    operations = [
        mend("UPDATE messaging_message SET written_at = received_at", "written_at"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(written_at__range=MOMENTS), name="messages_written_at_a_moment"
            ),
        ),
    ]
