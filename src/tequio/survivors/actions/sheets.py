"""Sheets are written here, and the cover is put in step with them in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

from django.db import transaction

from tequio.access.policies import not_visible
from tequio.core import clock
from tequio.survivors import vault
from tequio.survivors.actions import cases, holding
from tequio.survivors.actions.cases import OpenCase, Sheet, written_meanwhile
from tequio.survivors.models import Case, Record
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import pick_case
from tequio.survivors.rules import sheets, standing
from tequio.survivors.rules.covers import Cover
from tequio.survivors.rules.sheets import Body, Held

B = TypeVar("B", bound=Body)
Change = Callable[[Cover], Cover]
# What is left of `erase_after` when nothing is said about it.
AS_IT_IS: Final = date.min


@transaction.atomic
def write(*, by: OpenWall, case_id: UUID, body: Body) -> UUID:
    """Add a sheet to a case."""
    case = _locked(by, case_id)
    made = cases.write_sheet(by=by, case_id=case.pk, kind=body.KIND, says=body.as_body())
    in_step(by, case)
    holding.one_blank_less(by=by, case_id=case.pk)
    return made


@transaction.atomic
def rewrite(*, by: OpenWall, case_id: UUID, held: Held, body: Body) -> None:
    """Write a sheet anew over the version that was read."""
    case = _locked(by, case_id)
    sheet = Sheet(held.id, body.KIND, {}, held.version)
    cases.rewrite_sheet(by=by, case_id=case.pk, sheet=sheet, says=body.as_body())
    in_step(by, case)


@transaction.atomic
def put(*, by: OpenWall, case_id: UUID, held: Held | None, body: Body) -> None:
    """Write the one sheet of its kind: anew where it lies there, and otherwise for the first time.

    Two people who begin it at the same time do not make two.
    """
    _locked(by, case_id)
    if held is None and the_one(by, case_id, type(body)) is not None:
        raise written_meanwhile()
    if held is None:
        write(by=by, case_id=case_id, body=body)
    else:
        rewrite(by=by, case_id=case_id, held=held, body=body)


@transaction.atomic
def turn(
    *,
    by: OpenWall,
    case_id: UUID,
    bodies: Sequence[Body],
    change: Change,
    erase_after: date | None = AS_IT_IS,
) -> None:
    """Add sheets and change what the cover says by itself: its state, its name, who accompanies."""
    case = _locked(by, case_id)
    for body in bodies:
        cases.write_sheet(by=by, case_id=case.pk, kind=body.KIND, says=body.as_body())
    in_step(by, case, change=change, erase_after=erase_after)


def in_step(
    by: OpenWall, case: Case, *, change: Change | None = None, erase_after: date | None = AS_IT_IS
) -> None:
    """Work the cover out from the sheets; the caller's transaction holds the case."""
    key = vault.key_of(by, case)
    before = Cover.from_body(vault.open_cover(key, case))
    bodies = [held.body for held in _held(by, case)]
    after = standing.covered(change(before) if change else before, bodies)
    if erase_after != AS_IT_IS:
        case.erase_after = erase_after
    if after != before or erase_after != AS_IT_IS:
        case.version += 1
        vault.seal_cover(key, case, after.as_body())
        case.save(update_fields=["cover", "version", "erase_after"])


def in_hand(opened: OpenCase) -> list[Held]:
    """Return the sheets of an opened case that this part of the room knows."""
    found = []
    for sheet in opened.sheets:
        body = sheets.read(sheet.kind, sheet.says)
        if body is not None:
            found.append(Held(sheet.id, sheet.version, body))
    return found


def the_one(by: OpenWall, case_id: UUID, kind: type[B]) -> tuple[Held, B] | None:
    """Return the sheet of a kind of which a case has one, for an action that goes on from it."""
    for held in _held(by, pick_case(by, case_id)):
        if isinstance(held.body, kind):
            return held, held.body
    return None


def pick(by: OpenWall, case_id: UUID, sheet_id: UUID, kind: type[B]) -> tuple[Held, B]:
    """Return one sheet of a case, or the same 404 as for nothing."""
    for held in _held(by, pick_case(by, case_id)):
        if held.id == sheet_id and isinstance(held.body, kind):
            return held, held.body
    raise not_visible()


def all_of(by: OpenWall, case_id: UUID) -> list[Held]:
    """Return every sheet of a case, for an action that has to know them."""
    return _held(by, pick_case(by, case_id))


def today(by: OpenWall) -> date:
    """Return the day where the organisation is."""
    return clock.today(by.user.organisation.timezone)


def _held(by: OpenWall, case: Case) -> list[Held]:
    key = vault.key_of(by, case)
    found = []
    for record in Record.objects.filter(case=case):
        body = vault.open_record(key, case.wall_id, record)
        known = sheets.read(body["kind"], body["says"])
        if known is not None:
            found.append(Held(record.pk, record.version, known))
    return found


def _locked(by: OpenWall, case_id: UUID) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=pick_case(by, case_id).pk)
