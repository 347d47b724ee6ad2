"""How far the wall's log had come, so that a cut at its end shows."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('survivors', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='epoch',
            name='log_mark',
            field=models.BinaryField(null=True),
        ),
    ]
