"""Groups and who is in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.people.models import Participant
from tequio.programmes.models import Edition, Site


class Group(models.Model):
    """A circle that meets at one site on one edition of a model."""

    class Gaps(models.TextChoices):
        """What a man's missing mark means in a session that was held."""

        UNKNOWN = "unknown", _("No se sabe")
        ABSENT = "absent", _("Es falta")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    name = models.CharField(max_length=80)
    # Monday is 0. Empty for a register of meetings that had no fixed day.
    weekday = models.PositiveSmallIntegerField(null=True)
    starts_at = models.TimeField(null=True)
    starts_on = models.DateField(null=True)
    gaps = models.CharField(max_length=10, choices=Gaps.choices, default=Gaps.UNKNOWN)
    facilitators = models.ManyToManyField(User, related_name="groups_facilitated", blank=True)
    # Men meet on a screen: before the round each is asked whether he is alone.
    online = models.BooleanField(default=False)
    import_id = models.UUIDField(null=True, db_index=True)
    closed_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    audit_type = "group"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="circles_group_name"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="circles_group_weekday"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name the group in the audit log."""
        return self.name


class Membership(models.Model):
    """A man's place in a group, from when to when. Who left and comes back gets another one.

    A visit is a place for one meeting: a man of another group makes up a session here.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="memberships"
    )
    # From which session he is expected; registers without dates have only the number.
    joined_at_session = models.PositiveSmallIntegerField(default=1)
    joined_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_at_session = models.PositiveSmallIntegerField(null=True)
    visit = models.BooleanField(default=False)
    # Whether the slot was told that he came, or did not come, when he was first expected.
    start_told = models.CharField(max_length=8, blank=True)
    import_id = models.UUIDField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "participant"],
                condition=Q(ended_on__isnull=True),
                name="circles_membership_open_once",
            ),
            models.UniqueConstraint(
                fields=["group", "participant", "joined_at_session"],
                condition=Q(visit=True),
                name="circles_visit_once",
            ),
            models.CheckConstraint(
                condition=Q(visit=False) | Q(ended_at_session=F("joined_at_session")),
                name="circles_visit_is_one_meeting",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_at_session__isnull=True)
                | Q(ended_on__isnull=False, ended_at_session__isnull=False),
                name="circles_membership_ended_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
