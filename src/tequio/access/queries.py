"""What the pages of the room read, within what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tequio.access.models import RoomPin, User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere, users_visible_to
from tequio.access.roles import ROLES, Role


@dataclass(frozen=True, slots=True)
class UserLine:
    """A user as the list shows them."""

    user: User
    roles: tuple[Role, ...]


def users(by: User) -> list[UserLine]:
    """Return the organisation's users, those with open accounts first."""
    require_everywhere(by, Permission.USER_MANAGE)
    rows = users_visible_to(by).prefetch_related("grants").order_by("-is_active", "name", "pk")
    return [UserLine(user, roles_of(user)) for user in rows]


def user(by: User, user_id: UUID) -> UserLine:
    """Return one user of the organisation, or the same 404 as for nobody."""
    require_everywhere(by, Permission.USER_MANAGE)
    found = pick(
        users_visible_to(by).select_related("organisation").prefetch_related("grants"), pk=user_id
    )
    return UserLine(found, roles_of(found))


def roles_of(user: User) -> tuple[Role, ...]:
    """Return a user's roles in the order of the table."""
    return tuple(role for slug, role in ROLES.items() if slug in user.roles)


def has_authenticator(user: User) -> bool:
    """Tell whether the user has linked a telephone."""
    return bool(User.objects.filter(pk=user.pk, onetimecodedevice__isnull=False).exists())


def recovery_codes_left(user: User) -> int:
    """Return how many codes for paper still work."""
    return user.recovery_codes.filter(used_at__isnull=True).count()


def has_pin(user: User) -> bool:
    """Tell whether the person has chosen a PIN for locked screens."""
    return RoomPin.objects.filter(user=user).exists()
