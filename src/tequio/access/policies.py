"""May this person do this? The only two refusals, and the shape that each room's policy takes.

Invisible is 404, visible but forbidden is 403: a stranger must not learn that a thing exists.
"""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from tequio.access.models import Organisation, User
from tequio.access.permissions import Permission, Scope
from tequio.core.errors import Forbidden, NotVisible

M = TypeVar("M", bound=Model)


def organisation_of(user: User) -> Organisation:
    """Return the only organisation that exists for this person."""
    return user.organisation


def require(user: User, permission: Permission) -> None:
    """Refuse with 403 unless some role of the person carries the permission at all."""
    if user.scope(permission) is None:
        raise forbidden()


def require_everywhere(user: User, permission: Permission) -> None:
    """Refuse with 403 unless the permission reaches the whole organisation."""
    if user.scope(permission) is not Scope.ORGANISATION:
        raise forbidden()


def forbidden() -> Forbidden:
    """Return the one refusal for what may be seen and not done."""
    return Forbidden(
        _("Tu rol no permite hacer esto."),
        hint=_("Si lo necesitas para tu trabajo, pídelo a quien administra tu organización."),
    )


def not_visible() -> NotVisible:
    """Return the one answer for what does not exist, or not for this person."""
    return NotVisible(
        _("Esta página no existe."),
        hint=_("Revisa la dirección o vuelve a Hoy."),
    )


def pick(visible: QuerySet[M], **lookup: object) -> M:
    """Return the one row of what this person may see, or the same 404 as for nothing."""
    try:
        return visible.get(**lookup)
    except (ObjectDoesNotExist, ValueError) as error:
        raise not_visible() from error


def users_visible_to(user: User) -> QuerySet[User]:
    """Return the users that an administrator manages: those of the same organisation."""
    if user.scope(Permission.USER_MANAGE) is None:
        return User.objects.none()
    return User.objects.filter(organisation=user.organisation_id)
