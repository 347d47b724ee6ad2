"""Forwards nothing changes; backwards a man who came back has one place again, with all his marks."""

from django.db import migrations


def _merge(apps, schema_editor):
    Membership = apps.get_model("circles", "Membership")
    Attendance = apps.get_model("circles", "Attendance")
    Mark = apps.get_model("circles", "Mark")
    seen = {}
    for place in Membership.objects.order_by("group", "participant", "joined_at_session"):
        first = seen.setdefault((place.group_id, place.participant_id), place)
        if first is place:
            continue
        kept = set(Attendance.objects.filter(membership=first).values_list("session", flat=True))
        Attendance.objects.filter(membership=place).exclude(session__in=kept).update(membership=first)
        Mark.objects.filter(membership=place).update(membership=first)
        first.ended_on, first.ended_at_session = place.ended_on, place.ended_at_session
        first.save(update_fields=["ended_on", "ended_at_session"])
        place.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0002_the_evening'),
    ]

    operations = [migrations.RunPython(migrations.RunPython.noop, _merge)]
