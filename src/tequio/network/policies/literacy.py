"""Who may know of literacy circles, and who may know where and when they meet.

A man who looks for a woman must not find her here: whoever works with men lists no women's circle,
whatever other role they hold, and the place of any circle is for those who work with it.
"""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.network.models import LiteracyCircle, LiteracyMeeting

# Roles that sit with men.
MENS_SIDE: Final = frozenset({"facilitator", "therapist"})
WOMENS: Final = LiteracyCircle.Audience.WOMEN


def works_with_men(user: User) -> bool:
    """Tell whether some role of this person sits with men."""
    return not MENS_SIDE.isdisjoint(user.roles)


def circles_visible_to(
    user: User, permission: Permission = Permission.LITERACY_READ
) -> QuerySet[LiteracyCircle]:
    """Return the circles that this person may know of."""
    if user.scope(permission) is None:
        return LiteracyCircle.objects.none()
    mine = LiteracyCircle.objects.filter(organisation=user.organisation_id)
    return mine.exclude(audience=WOMENS) if works_with_men(user) else mine


def meetings_visible_to(
    user: User, permission: Permission = Permission.LITERACY_READ
) -> QuerySet[LiteracyMeeting]:
    """Return the meetings of those circles."""
    return LiteracyMeeting.objects.filter(circle__in=circles_visible_to(user, permission))


def may_see_where(user: User) -> bool:
    """Tell whether the person may know where and when a circle meets."""
    return user.scope(Permission.LITERACY_PLACE) is not None


def may_write(user: User) -> bool:
    """Tell whether the person may open circles and write what happened in them."""
    return user.scope(Permission.LITERACY_WRITE) is not None
