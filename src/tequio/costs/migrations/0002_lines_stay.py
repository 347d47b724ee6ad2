"""A line of the book is never changed: a wrong one is taken out and written again."""

from django.db import migrations

from tequio.costs.triggers import hold, let_go


class Migration(migrations.Migration):
    dependencies = [("costs", "0001_the_book")]

    operations = [migrations.RunPython(hold, let_go)]
