"""Who may know of literacy circles, and who may know where and when they meet.

A man who looks for a woman must not find her here: whoever works with men lists no women's circle,
whatever other role they hold; the place of any circle is for those who work with it; and whoever
answers for the work has numbers by theme and year, and no list.
"""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.separation import WITH_MEN
from tequio.network.models import LiteracyCircle, LiteracyMeeting

WOMENS: Final = LiteracyCircle.Audience.WOMEN


def works_with_men(user: User) -> bool:
    """Tell whether some role of this person works with men."""
    return not WITH_MEN.isdisjoint(user.roles)


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


def meetings_to_count(user: User) -> QuerySet[LiteracyMeeting]:
    """Return the meetings that may be added up for this person, and never listed."""
    if user.scope(Permission.LITERACY_COUNT) is None:
        return LiteracyMeeting.objects.none()
    return LiteracyMeeting.objects.filter(circle__organisation=user.organisation_id)


def may_see_where(user: User) -> bool:
    """Tell whether the person may know where and when a circle meets."""
    return user.scope(Permission.LITERACY_PLACE) is not None


def may_write(user: User) -> bool:
    """Tell whether the person may open circles and write what happened in them."""
    return user.scope(Permission.LITERACY_WRITE) is not None


def may_read_guides(user: User) -> bool:
    """Tell whether the person may read the guides: they are the same everywhere."""
    may = (Permission.LITERACY_READ, Permission.LITERACY_COUNT)
    return any(user.scope(one) is not None for one in may)
