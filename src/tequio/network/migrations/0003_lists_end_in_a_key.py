"""Lists end in their key, so that two rows of one day never change places."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0002_what_was_found_stays"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="action",
            options={"ordering": ("due_on", "written_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="agreement",
            options={"ordering": ("-starts_on", "-written_at", "-pk")},
        ),
        migrations.AlterModelOptions(
            name="assembly",
            options={"ordering": ("-held_on", "-written_at", "-pk")},
        ),
        migrations.AlterModelOptions(
            name="circleoutcome",
            options={"ordering": ("on", "pk")},
        ),
        migrations.AlterModelOptions(
            name="commitment",
            options={"ordering": ("since", "said_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="committee",
            options={"ordering": ("founded_on", "name", "pk")},
        ),
        migrations.AlterModelOptions(
            name="decision",
            options={"ordering": ("on", "written_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="demand",
            options={"ordering": ("voiced_on", "written_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="directoryimport",
            options={"ordering": ("-started_at", "-pk")},
        ),
        migrations.AlterModelOptions(
            name="failure",
            options={"ordering": ("-on", "-reported_at", "-pk")},
        ),
        migrations.AlterModelOptions(
            name="finding",
            options={"ordering": ("on", "written_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="learning",
            options={"ordering": ("written_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="literacycircle",
            options={"ordering": ("closed_on", "-opened_on", "name", "pk")},
        ),
        migrations.AlterModelOptions(
            name="literacymeeting",
            options={"ordering": ("on", "pk")},
        ),
        migrations.AlterModelOptions(
            name="meeting",
            options={"ordering": ("-held_on", "-written_at", "-pk")},
        ),
        migrations.AlterModelOptions(
            name="member",
            options={"ordering": ("left_on", "part", "alias", "pk")},
        ),
        migrations.AlterModelOptions(
            name="money",
            options={"ordering": ("on", "written_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="opening",
            options={"ordering": ("weekday", "opens", "pk")},
        ),
        migrations.AlterModelOptions(
            name="phasereview",
            options={"ordering": ("on", "written_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="planline",
            options={"ordering": ("year", "written_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="sighting",
            options={"ordering": ("-on", "-written_at", "-pk")},
        ),
        migrations.AlterModelOptions(
            name="step",
            options={"ordering": ("on", "written_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="surveyround",
            options={"ordering": ("-started_on", "-written_at", "-pk")},
        ),
        migrations.AlterModelOptions(
            name="tie",
            options={"ordering": ("observed_on", "written_at", "pk")},
        ),
        migrations.AlterModelOptions(
            name="vote",
            options={"ordering": ("place", "-votes", "-pk")},
        ),
    ]
