"""Lists end in their key, so that two rows of one day never change places."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("costs", "0002_lines_stay"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="entry",
            options={"ordering": ("-written_at", "-pk")},
        ),
        migrations.AlterModelOptions(
            name="income",
            options={"ordering": ("-written_at", "-pk")},
        ),
    ]
