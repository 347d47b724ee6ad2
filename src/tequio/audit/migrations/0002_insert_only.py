"""The database itself refuses to change or remove an audit row."""

from django.db import migrations

from tequio.audit.triggers import insert_only, not_insert_only

TABLES = ("audit_event", "audit_seal", "audit_sealedevent")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(insert_only(*TABLES), not_insert_only(*TABLES))]
