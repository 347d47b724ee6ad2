"""Links that open once, and rows that only look like one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('instruments', '0002_own_forms'),
    ]

    operations = [
        migrations.CreateModel(
            name='OneTimeLink',
            fields=[
                ('id', models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('erase_after', models.DateField(db_index=True)),
            ],
        ),
    ]
