"""Which groups, sessions and imports a person may see, and what may be done to them."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.access.policies import forbidden, pick
from tequio.access.scoped import Scoped
from tequio.circles.models import Group, RegisterImport, Session, Telling
from tequio.core.questions import the


def groups_visible_to(
    user: User, permission: Permission = Permission.GROUP_READ
) -> QuerySet[Group]:
    """Return the groups that a role lets this person see: all, those he facilitates, or none."""
    reach = _reach(user, permission)
    return Group.objects.none() if reach is None else Group.objects.filter(**reach)


def sessions_visible_to(
    user: User, permission: Permission = Permission.GROUP_READ
) -> QuerySet[Session]:
    """Return the sessions of the groups that this person may see."""
    reach = _reach(user, permission)
    if reach is None:
        return Session.objects.none()
    of_groups = {f"group__{field}": value for field, value in reach.items()}
    return Session.objects.filter(**of_groups).select_related("group")


def session_for(user: User, session_id: UUID, permission: Permission) -> Session:
    """Return a session with its site that this person may do something to.

    One query where he may. Else 404 if he may not see it, and 403 if he may.
    """
    found = _one_session(permission).one(user, session=session_id)
    if found is None:
        pick(sessions_visible_to(user), pk=session_id)
        raise forbidden()
    return found


@cache
def _one_session(permission: Permission) -> Scoped[Session]:
    one = the("session", UUIDField())
    return Scoped(
        lambda user: (
            sessions_visible_to(user, permission).select_related("group__site").filter(pk=one)
        )
    )


def tellings_visible_to(user: User) -> QuerySet[Telling]:
    """Return what was told in the groups that this person runs; of private notes only his own."""
    reach = _reach(user, Permission.ROUND_KEEP)
    if reach is None:
        return Telling.objects.none()
    of_groups = {f"session__group__{field}": value for field, value in reach.items()}
    return Telling.objects.filter(Q(private_to__isnull=True) | Q(private_to=user.pk), **of_groups)


def _reach(user: User, permission: Permission) -> dict[str, object] | None:
    """Return the conditions on a group, or None where no role of the person has the permission.

    A facilitator stands once in a group, so that asking for one of them doubles no row.
    """
    scope = user.scope(permission)
    if scope is None:
        return None
    mine: dict[str, object] = {"organisation": user.organisation_id}
    return mine if scope is Scope.ORGANISATION else {**mine, "facilitators": user.pk}


def imports_visible_to(user: User) -> QuerySet[RegisterImport]:
    """Return the register imports of the organisation, where a role imports."""
    if user.scope(Permission.ATTENDANCE_IMPORT) is not Scope.ORGANISATION:
        return RegisterImport.objects.none()
    return RegisterImport.objects.filter(organisation=user.organisation_id)


def may(user: User, permission: Permission, group: Group) -> bool:
    """Tell whether the person may do something to a group that he sees."""
    scope = user.scope(permission)
    if scope is Scope.OWN:
        return any(facilitator.pk == user.pk for facilitator in group.facilitators.all())
    return scope is Scope.ORGANISATION and group.organisation_id == user.organisation_id


def require(user: User, permission: Permission, group: Group) -> None:
    """Refuse with 403 what may be seen and not done."""
    if not may(user, permission, group):
        raise forbidden()
