"""The database keeps each man's history: steps follow one another and none is rewritten."""

from django.db import migrations

from tequio.programmes.history import keep_history, lose_history


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_enrolment_training_and_diagnosis")]
    operations = [migrations.RunPython(keep_history, lose_history)]
