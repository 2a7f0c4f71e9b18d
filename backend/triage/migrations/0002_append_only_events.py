from django.db import migrations

REFUSE = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON triage_alertevent
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change();
"""
ALLOW = "DROP TRIGGER append_only ON triage_alertevent;"


class Migration(migrations.Migration):
    dependencies = [("triage", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
