"""Women's groups: the group lies on the team's shelf, each woman's attendance in her own case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.policies import not_visible
from tequio.core import ids
from tequio.core.errors import DomainError
from tequio.survivors import log
from tequio.survivors.actions import cases, sheets
from tequio.survivors.models import Wall
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries.covers import covers, shelf
from tequio.survivors.rules.covers import SHELF, Cover
from tequio.survivors.rules.sheets import Attended, GroupPlace, Held, WomensGroup


@transaction.atomic
def open_group(*, by: OpenWall, group: WomensGroup) -> UUID:
    """Write down a new women's group."""
    return sheets.write(by=by, case_id=_shelf(by), body=replace(group, on=sheets.today(by)))


@transaction.atomic
def change_group(*, by: OpenWall, held: Held, group: WomensGroup) -> None:
    """Change where or when it meets, or end it."""
    sheets.rewrite(by=by, case_id=_shelf(by), held=held, body=group)


@transaction.atomic
def seat(*, by: OpenWall, case_id: UUID, group_id: UUID) -> None:
    """Give her a place in a group."""
    there = sheets.all_of(by, case_id)
    if any(_has(held, group_id) for held in there):
        raise DomainError(_("Ya tiene su lugar en ese grupo."))
    group = group_of(by=by, group_id=group_id)[1]
    place = GroupPlace(group_id=str(group_id), group=group.name, on=sheets.today(by))
    sheets.write(by=by, case_id=case_id, body=place)


@transaction.atomic
def leave(*, by: OpenWall, case_id: UUID, held: Held) -> None:
    """Write down that she left."""
    _held, place = sheets.pick(by, case_id, held.id, GroupPlace)
    left = replace(place, left_on=sheets.today(by))
    sheets.rewrite(by=by, case_id=case_id, held=held, body=left)


@transaction.atomic
def met(*, by: OpenWall, group_id: UUID, on: date, there: Collection[UUID]) -> int:
    """Write down one meeting: for each woman of the group, whether she was there."""
    if on > sheets.today(by):
        raise DomainError(_("Esa fecha todavía no llega. Escribe el día en que se reunieron."))
    group_of(by=by, group_id=group_id)
    count = 0
    for line in covers(by=by):
        if str(group_id) not in line.cover.groups:
            continue
        for held in sheets.all_of(by, line.id):
            if _has(held, group_id) and isinstance(held.body, GroupPlace):
                body = _attended(held.body, on, there=line.id in there)
                sheets.rewrite(by=by, case_id=line.id, held=held, body=body)
                count += 1
    log.write("group.met", by=by, detail={"count": count})
    return count


def groups(*, by: OpenWall) -> list[tuple[Held, WomensGroup]]:
    """Return the women's groups, the open ones first."""
    line = shelf(by=by)
    if line is None:
        return []
    found = [
        (held, held.body)
        for held in sheets.all_of(by, line.id)
        if isinstance(held.body, WomensGroup)
    ]
    return sorted(found, key=lambda pair: (pair[1].ended_on is not None, pair[1].name))


def group_of(*, by: OpenWall, group_id: UUID) -> tuple[Held, WomensGroup]:
    """Return one group, or the same 404 as for nothing."""
    line = shelf(by=by)
    if line is None:
        raise not_visible()
    return sheets.pick(by, line.id, group_id, WomensGroup)


def _shelf(by: OpenWall) -> UUID:
    # Two people who make the first group make one shelf.
    Wall.objects.select_for_update(of=("self",)).get(pk=by.wall.pk)
    line = shelf(by=by)
    if line is not None:
        return line.id
    cover = Cover(folio=ids.new_folio(stream="walled"), alias="", state=SHELF)
    return cases.begin(by=by, cover=cover).pk


def _has(held: Held, group_id: UUID) -> bool:
    place = held.body
    return isinstance(place, GroupPlace) and (
        place.group_id == str(group_id) and place.left_on is None
    )


def _attended(place: GroupPlace, on: date, *, there: bool) -> GroupPlace:
    others = [one for one in place.attended if one.on != on]
    return replace(
        place, attended=tuple(sorted([*others, Attended(on, there)], key=lambda one: one.on))
    )
