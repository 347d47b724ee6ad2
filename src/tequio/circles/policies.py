"""Which groups, sessions and imports a person may see, and what may be done to them."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.access.policies import forbidden
from tequio.circles.models import Group, RegisterImport, Session


def groups_visible_to(
    user: User, permission: Permission = Permission.GROUP_READ
) -> QuerySet[Group]:
    """Return the groups that a role lets this person see: all, those he facilitates, or none."""
    scope = user.scope(permission)
    mine = Group.objects.filter(organisation=user.organisation_id)
    if scope is Scope.ORGANISATION:
        return mine
    if scope is Scope.OWN:
        return mine.filter(facilitators=user)
    return mine.none()


def sessions_visible_to(user: User) -> QuerySet[Session]:
    """Return the sessions of the groups that this person may see."""
    return Session.objects.filter(group__in=groups_visible_to(user)).select_related("group")


def imports_visible_to(user: User) -> QuerySet[RegisterImport]:
    """Return the register imports of the organisation, where a role imports."""
    if user.scope(Permission.ATTENDANCE_IMPORT) is not Scope.ORGANISATION:
        return RegisterImport.objects.none()
    return RegisterImport.objects.filter(organisation=user.organisation_id)


def may(user: User, permission: Permission, group: Group) -> bool:
    """Tell whether the person may do something to a group that he sees."""
    scope = user.scope(permission)
    if scope is Scope.OWN:
        return group.facilitators.filter(pk=user.pk).exists()
    return scope is Scope.ORGANISATION and group.organisation_id == user.organisation_id


def require(user: User, permission: Permission, group: Group) -> None:
    """Refuse with 403 what may be seen and not done."""
    if not may(user, permission, group):
        raise forbidden()
