"""Moments that clients send lie in the years 1900 to 2199 in UTC.

Rows that were taken before this was checked are mended first, so that the constraint can be added:
a time nobody can have written or measured at becomes unknown. The facts of the log keep it as it was sent.
"""

from datetime import UTC, datetime

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

MOMENTS = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))
OUTSIDE = "{0} < '1900-01-01 00:00:00+00' OR {0} >= '2200-01-01 00:00:00+00'"


def mend(statement: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"{statement} WHERE {OUTSIDE.format(column)}", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("diary", "0002_photo")]

    operations = [
        mend("UPDATE diary_dailylog SET written_at = NULL", "written_at"),
        mend("UPDATE diary_bloodpressurereading SET taken_at = NULL", "taken_at"),
        # Checked without keeping writers out: a busy site has many logs.
        AddConstraintNotValid(
            model_name="dailylog",
            constraint=models.CheckConstraint(
                condition=models.Q(written_at__range=MOMENTS), name="logs_written_at_a_moment"
            ),
        ),
        ValidateConstraint(model_name="dailylog", name="logs_written_at_a_moment"),
        AddConstraintNotValid(
            model_name="bloodpressurereading",
            constraint=models.CheckConstraint(
                condition=models.Q(taken_at__range=MOMENTS), name="readings_taken_at_a_moment"
            ),
        ),
        ValidateConstraint(model_name="bloodpressurereading", name="readings_taken_at_a_moment"),
    ]
