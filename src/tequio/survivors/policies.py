"""Who may come to the door, and what an open wall shows: all of it, or nothing."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from tequio.access import key_pairs
from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible
from tequio.survivors.models import Case, Epoch, Ready, Share, Wall
from tequio.survivors.opened import OpenWall


def may_come_to_the_door(user: User) -> bool:
    """Tell whether a person's role leads to the wall at all. To others it does not exist."""
    return user.scope(Permission.WALL_ENTER) is not None


def wall_of(user: User) -> Wall | None:
    """Return the wall of a person's organisation, if it has been founded."""
    return Wall.objects.filter(organisation=user.organisation_id).first()


def share_of(user: User) -> Share | None:
    """Return the person's share in the open turn: whoever has one is a member."""
    shares = Share.objects.filter(
        user=user, epoch__is_open=True, epoch__wall__organisation=user.organisation_id
    )
    return shares.select_related("epoch__wall").first()


def is_member(user: User) -> bool:
    """Tell whether a person belongs to the wall."""
    return may_come_to_the_door(user) and share_of(user) is not None


def members_of(wall: Wall) -> QuerySet[User]:
    """Return the members of a wall."""
    return User.objects.filter(
        pk__in=Share.objects.filter(epoch__wall=wall, epoch__is_open=True).values("user")
    ).order_by("name", "pk")


def is_ready(user: User, public: bytes) -> bool:
    """Tell whether the words of this key have been typed back."""
    row = Ready.objects.filter(user=user).first()
    return row is not None and bytes(row.public) == public


def waiting_for(wall: Wall) -> list[tuple[User, bytes]]:
    """Return who made a key, typed its words back and is not part yet, with the public half."""
    ready = Ready.objects.filter(user__organisation=wall.organisation_id).exclude(
        user__in=members_of(wall)
    )
    found = []
    for row in ready.select_related("user__organisation").order_by("user__name", "pk"):
        public = key_pairs.public_of(row.user)
        if public == bytes(row.public) and may_come_to_the_door(row.user):
            found.append((row.user, public))
    return found


def open_epoch_of(wall: Wall) -> Epoch:
    """Return the wall's open turn of keys."""
    return wall.epochs.get(is_open=True)


def cases_of(by: OpenWall) -> QuerySet[Case]:
    """Return the cases of an open wall."""
    return Case.objects.filter(wall=by.wall)


def pick_case(by: OpenWall, case_id: UUID) -> Case:
    """Return one case, or the same 404 as for nothing."""
    case = cases_of(by).filter(pk=case_id).first()
    if case is None:
        raise not_visible()
    return case
