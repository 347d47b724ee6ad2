"""An account that was issued is never changed or removed."""

from django.db import migrations

from tequio.reports.triggers import hold, let_go


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_accounts_and_testimonies")]

    operations = [migrations.RunPython(hold, let_go)]
