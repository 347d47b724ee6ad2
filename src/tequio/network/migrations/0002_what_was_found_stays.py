"""What was found, decided, told, reviewed or paid is never changed."""

from django.db import migrations

from tequio.network.triggers import hold, let_go


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]

    operations = [migrations.RunPython(hold, let_go)]
