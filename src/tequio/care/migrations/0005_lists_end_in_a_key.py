"""Lists end in their key, so that two rows of one day never change places."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("care", "0004_referrals"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="referral",
            options={"ordering": ("-made_at", "-pk")},
        ),
        migrations.AlterModelOptions(
            name="referralstep",
            options={"ordering": ("on", "at", "pk")},
        ),
    ]
