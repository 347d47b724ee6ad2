"""What a member sent just after the wall had closed: sealed at once, offered after opening it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tequio.access.models import User
from tequio.access.policies import not_visible
from tequio.core import clock
from tequio.survivors import log, vault
from tequio.survivors.models import Draft
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import open_epoch_of, share_of
from tequio.survivors.rules import opening as rules

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent: where to, when, and every name and value."""

    id: UUID
    path: str
    at: datetime
    fields: tuple[tuple[str, str], ...]


@transaction.atomic
def keep(*, by: User, path: str, fields: Fields) -> bool:
    """Seal a form to the shut wall; only its author can have it back, and only once it is open."""
    share = share_of(by)
    if share is None:
        return False
    wall = share.epoch.wall
    epoch = open_epoch_of(wall)
    row = Draft(wall=wall, user=by, epoch=epoch, at=clock.now())
    body = {"path": path, "fields": [list(pair) for pair in fields]}
    row.sealed = vault.seal_to_wall(epoch.public, row, body)
    row.save(force_insert=True)
    mine = Draft.objects.filter(user=by).order_by("-at", "-pk").values_list("pk", flat=True)
    Draft.objects.filter(pk__in=list(mine[rules.DRAFTS :])).delete()
    return True


def any_for(user: User) -> bool:
    """Tell whether something of this person's waits."""
    return Draft.objects.filter(user=user).exists()


def kept(*, by: OpenWall) -> list[Kept]:
    """Return what waits for this person, newest first."""
    rows = Draft.objects.filter(user=by.user, wall=by.wall).order_by("-at", "-pk")
    return [_open(by, row) for row in rows]


@transaction.atomic
def drop(*, by: OpenWall, draft_id: UUID) -> None:
    """Throw one away."""
    gone, _what = Draft.objects.filter(user=by.user, wall=by.wall, pk=draft_id).delete()
    if not gone:
        raise not_visible()
    log.write("draft.drop", by=by)


def _open(by: OpenWall, row: Draft) -> Kept:
    body = vault.open_of_wall(by, row)
    fields = tuple((str(name), str(value)) for name, value in body["fields"])
    return Kept(row.pk, str(body["path"]), row.at, fields)
