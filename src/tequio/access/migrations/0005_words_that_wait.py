"""New words wait beside the older ones until they are typed back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_duty_exceptions'),
    ]

    operations = [
        migrations.AddField(
            model_name='keyholder',
            name='next_by_passphrase',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='keyholder',
            name='next_by_recovery_code',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='keyholder',
            name='next_public',
            field=models.BinaryField(null=True),
        ),
    ]
