from django.core.management import call_command
from django.db import migrations


def create_rate_limits(apps, schema_editor):
    """The table that counts sign-in attempts (Django's database cache)."""
    call_command("createcachetable", "rate_limits", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_initial")]
    operations = [migrations.RunPython(create_rate_limits, migrations.RunPython.noop)]
