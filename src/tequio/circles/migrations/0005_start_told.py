"""Whether the slot was told of a man's start. Who came already before is not told anew."""

from django.db import migrations, models


def _those_who_came_already(apps, schema_editor):
    Membership = apps.get_model("circles", "Membership")
    Attendance = apps.get_model("circles", "Attendance")
    came = Attendance.objects.filter(membership=models.OuterRef("pk"), status__in=["present", "late"])
    Membership.objects.filter(models.Exists(came)).update(start_told="began")


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0004_places_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='start_told',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.RunPython(_those_who_came_already, migrations.RunPython.noop),
    ]
