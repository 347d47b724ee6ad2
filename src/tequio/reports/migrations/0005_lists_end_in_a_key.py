"""Lists end in their key, so that two rows of one day never change places."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0004_what_was_issued_stays"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="account",
            options={"ordering": ("-last_on", "-begun_at", "-pk")},
        ),
        migrations.AlterModelOptions(
            name="testimony",
            options={"ordering": ("-agreed_on", "-kept_at", "-pk")},
        ),
    ]
