"""The table of the tokens without names is empty and nothing uses it; it kept the test database from being emptied."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_tokens")]

    operations = [migrations.RunSQL("DROP TABLE IF EXISTS knox_authtoken", migrations.RunSQL.noop)]
