"""Moments that clients send lie in the years 1900 to 2199 in UTC.

Rows that were taken before this was checked are mended first, so that the constraint can be added:
a shift outside these years is nobody's, and is removed.
"""

from datetime import UTC, datetime

from django.db import migrations, models

MOMENTS = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))
OUTSIDE = "{0} < '1900-01-01 00:00:00+00' OR {0} >= '2200-01-01 00:00:00+00'"


def mend(statement: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"{statement} WHERE {OUTSIDE.format(column)}", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("care", "0004_patients_of_a_clinic")]

    operations = [
        mend("DELETE FROM care_shift", "starts_at"),
        mend("DELETE FROM care_shift", "ends_at"),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(starts_at__range=MOMENTS, ends_at__range=MOMENTS), name="shifts_run_at_moments"
            ),
        ),
    ]
