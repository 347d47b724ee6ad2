"""Cases and their sheets: made, written, opened within a budget, each with a line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.policies import not_visible
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.sealing import Key
from tequio.survivors import log, vault
from tequio.survivors.models import Case, Record, Spent
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import pick_case
from tequio.survivors.rules import opening as rules
from tequio.survivors.rules.covers import SHELF, Cover


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a case, opened: its kind, what it says, and which version was read."""

    id: UUID
    kind: str
    says: dict[str, Any]
    version: int


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that was opened: cover, sheets, and its key for the length of one request."""

    case: Case
    key: Key
    cover: Cover
    sheets: tuple[Sheet, ...]


@transaction.atomic
def begin(*, by: OpenWall, cover: Cover, erase_after: date | None = None) -> Case:
    """Begin a case with a key of its own."""
    raw = vault.new_key()
    case = Case(
        wall=by.wall,
        epoch_id=by.current,
        sealed_key=vault.seal_key(by, raw),
        erase_after=erase_after,
    )
    vault.seal_cover(Key.from_master(raw, stream="walled"), case, cover.as_body())
    case.save(force_insert=True)
    log.write("case.begin", by=by, case_id=case.pk)
    return case


def read(*, by: OpenWall, case_id: UUID) -> OpenCase:
    """Open a case, within the hour's budget, and write down that it was opened.

    A refusal is written down too, so it does not happen inside the transaction that it ends.
    """
    case = pick_case(by, case_id)
    with transaction.atomic():
        within = _spend(by, case)
        log.write("case.read" if within else "budget.refused", by=by, case_id=case.pk)
    if not within:
        raise OverBudget(
            _("Abriste ya %(n)s expedientes en una hora; este no se abre ahora.")
            % {"n": rules.BUDGET},
            hint=_("Espera un rato. Si hoy hace falta leer más, pídelo a otra persona del equipo."),
        )
    found = _open(by, case)
    if found.cover.state == SHELF:  # the team's own things lie there: it is nobody's case
        raise not_visible()
    return found


@transaction.atomic
def write_sheet(*, by: OpenWall, case_id: UUID, kind: str, says: Mapping[str, Any]) -> UUID:
    """Add a sheet to a case."""
    case = pick_case(by, case_id)
    key = vault.key_of(by, case)
    record = Record(case=case)
    vault.seal_record(key, case.wall_id, record, {"kind": kind, "says": dict(says)})
    record.save(force_insert=True)
    log.write("sheet.write", by=by, case_id=case.pk, detail={"kind": kind})
    return record.pk


@transaction.atomic
def rewrite_sheet(*, by: OpenWall, case_id: UUID, sheet: Sheet, says: Mapping[str, Any]) -> None:
    """Write a sheet anew over the version that was read; a newer one is never overwritten."""
    case = pick_case(by, case_id)
    key = vault.key_of(by, case)
    record = Record.objects.select_for_update(of=("self",)).filter(pk=sheet.id, case=case).first()
    if record is None:
        raise not_visible()
    if record.version != sheet.version:
        raise written_meanwhile()
    record.version += 1
    vault.seal_record(key, case.wall_id, record, {"kind": sheet.kind, "says": dict(says)})
    record.save(update_fields=["sealed", "version"])
    log.write("sheet.rewrite", by=by, case_id=case.pk, detail={"kind": sheet.kind})


@transaction.atomic
def change_cover(*, by: OpenWall, case_id: UUID, cover: Cover, version: int) -> None:
    """Put a new cover on a case, over the version that was read."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=pick_case(by, case_id).pk)
    if case.version != version:
        raise written_meanwhile()
    key = vault.key_of(by, case)
    case.version += 1
    vault.seal_cover(key, case, cover.as_body())
    case.save(update_fields=["cover", "version"])
    log.write("case.cover", by=by, case_id=case.pk)


def written_meanwhile() -> Conflict:
    """Return the refusal for two people who wrote the same sheet."""
    return Conflict(
        _("Otra persona escribió aquí mientras tanto."),
        hint=_("Abre la hoja otra vez: verás lo suyo, y puedes agregar lo tuyo."),
    )


def _open(by: OpenWall, case: Case) -> OpenCase:
    key = vault.key_of(by, case)
    cover = Cover.from_body(vault.open_cover(key, case))
    sheets = []
    for record in case.records.all():
        body = vault.open_record(key, case.wall_id, record)
        sheets.append(Sheet(record.pk, body["kind"], body["says"], record.version))
    return OpenCase(case, key, cover, tuple(sheets))


def _spend(by: OpenWall, case: Case) -> bool:
    """Count the case against the hour; what was opened within it costs nothing again."""
    now = clock.now()
    mine = Spent.objects.filter(user=by.user)
    mine.filter(at__lte=now - rules.BUDGET_FOR).delete()
    if mine.filter(case=case).exists():
        return True
    if mine.count() >= rules.BUDGET:
        return False
    Spent.objects.create(user=by.user, case=case, at=now)
    return True


class OverBudget(DomainError):
    """Too many cases in one hour."""

    status = 429
