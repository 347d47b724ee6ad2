"""The database itself refuses steps of a review that do not follow, and changed judgements."""

from django.db import migrations

from tequio.care.triggers import hold, let_go


class Migration(migrations.Migration):
    dependencies = [("care", "0001_initial")]
    operations = [migrations.RunPython(hold, let_go)]
