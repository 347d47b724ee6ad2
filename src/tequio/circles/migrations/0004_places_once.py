"""A man has one open place in a group, and a visit is one meeting."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0003_one_place_each_on_the_way_back'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('group', 'participant'), name='circles_membership_open_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('visit', True)), fields=('group', 'participant', 'joined_at_session'), name='circles_visit_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('visit', False), ('ended_at_session', models.F('joined_at_session')), _connector='OR'), name='circles_visit_is_one_meeting'),
        ),
    ]
