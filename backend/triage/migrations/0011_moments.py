"""Moments that clients send lie in the years 1900 to 2199 in UTC.

Rows that were taken before this was checked are mended first, so that the constraint can be added:
the time at which the server heard of it takes the place of one that cannot be true.
"""

from datetime import UTC, datetime

from django.db import migrations, models

MOMENTS = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))
OUTSIDE = "{0} < '1900-01-01 00:00:00+00' OR {0} >= '2200-01-01 00:00:00+00'"


def mend(statement: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"{statement} WHERE {OUTSIDE.format(column)}", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("triage", "0010_clock_until_contact")]

    operations = [
        mend("UPDATE triage_canwait SET said_at = heard_at", "said_at"),
        mend("UPDATE triage_patientcall SET called_at = heard_at", "called_at"),
        mend("UPDATE triage_patientcall SET reached_at = heard_at", "reached_at"),
        migrations.AddConstraint(
            model_name="canwait",
            constraint=models.CheckConstraint(
                condition=models.Q(said_at__range=MOMENTS), name="can_wait_said_at_a_moment"
            ),
        ),
        migrations.AddConstraint(
            model_name="patientcall",
            constraint=models.CheckConstraint(
                condition=models.Q(called_at__range=MOMENTS), name="patients_called_at_a_moment"
            ),
        ),
        migrations.AddConstraint(
            model_name="patientcall",
            constraint=models.CheckConstraint(
                condition=models.Q(reached_at__range=MOMENTS), name="patients_reached_at_a_moment"
            ),
        ),
    ]
