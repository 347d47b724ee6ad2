"""A case leaves the wall only by two people: one asks and says why, another allows it.

What leaves is encrypted to words that are shown once; a yes holds for an hour and for one file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from pyrage import passphrase as age

from tequio.access.policies import not_visible
from tequio.core import clock, phrases
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.survivors import log, vault
from tequio.survivors.actions import cases
from tequio.survivors.actions.cases import OpenCase
from tequio.survivors.models import ExportRequest
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import pick_case
from tequio.survivors.rules import opening as rules

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to take a case out, opened."""

    id: UUID
    case_id: UUID
    label: str
    reason: str
    by: str
    at: datetime
    allowed_by: str = ""
    allowed_at: datetime | None = None

    def lasts_until(self) -> datetime:
        """Return when it runs out: an hour after the asking, then an hour after the yes."""
        return (self.allowed_at or self.at) + rules.EXPORT_FOR

    def as_body(self) -> dict[str, Any]:
        """Return it as it is sealed."""
        return {
            "case": str(self.case_id),
            "label": self.label,
            "reason": self.reason,
            "by": self.by,
            "at": self.at.isoformat(),
            "allowed_by": self.allowed_by,
            "allowed_at": self.allowed_at.isoformat() if self.allowed_at else "",
        }

    @classmethod
    def from_body(cls, row_id: UUID, body: dict[str, Any]) -> Asked:
        """Read it back."""
        allowed = body["allowed_at"]
        return cls(
            id=row_id,
            case_id=UUID(body["case"]),
            label=body["label"],
            reason=body["reason"],
            by=body["by"],
            at=datetime.fromisoformat(body["at"]),
            allowed_by=body["allowed_by"],
            allowed_at=datetime.fromisoformat(allowed) if allowed else None,
        )


@transaction.atomic
def ask(*, by: OpenWall, case_id: UUID, reason: str) -> UUID:
    """Ask to take a case out, and say why."""
    case = pick_case(by, case_id)
    cover = vault.open_cover(vault.key_of(by, case), case)
    row = ExportRequest(wall=by.wall, epoch_id=by.current)
    asked = Asked(
        id=row.pk,
        case_id=case.pk,
        label=f"{cover['alias']} · {cover['folio']}",
        reason=squeeze(reason),
        by=by.user.login,
        at=clock.now(),
    )
    row.sealed = vault.seal_to_wall(by.pair_of(by.current).public, row, asked.as_body())
    row.save(force_insert=True)
    log.write("export.ask", by=by, case_id=case.pk, detail={"reason": asked.reason[:80]})
    return row.pk


def pending(*, by: OpenWall) -> list[Asked]:
    """Return what still runs, newest first; what ran out goes."""
    found, gone = [], []
    for row in ExportRequest.objects.filter(wall=by.wall):
        asked = Asked.from_body(row.pk, vault.open_of_wall(by, row))
        if clock.now() < asked.lasts_until():
            found.append(asked)
        else:
            gone.append(row.pk)
    if gone:
        ExportRequest.objects.filter(pk__in=gone).delete()
    return sorted(found, key=lambda asked: asked.at, reverse=True)


@transaction.atomic
def allow(*, by: OpenWall, request_id: UUID) -> None:
    """Say yes to what somebody else asked within the hour."""
    row, asked = _pick(by, request_id)
    if asked.by == by.user.login:
        raise DomainError(
            _("Lo pediste tú: lo tiene que permitir otra persona del equipo."),
            hint=_("Pídele que abra el muro y lea tu motivo."),
        )
    if asked.allowed_by:
        return
    yes = replace(asked, allowed_by=by.user.login, allowed_at=clock.now())
    row.version += 1
    row.epoch_id = by.current
    row.sealed = vault.seal_to_wall(by.pair_of(by.current).public, row, yes.as_body())
    row.save(update_fields=["sealed", "version", "epoch"])
    log.write("export.allow", by=by, case_id=asked.case_id, detail={"for": asked.by})


@transaction.atomic
def refuse(*, by: OpenWall, request_id: UUID) -> None:
    """Say no, or take back what one asked oneself."""
    row, asked = _pick(by, request_id)
    row.delete()
    log.write("export.refuse", by=by, case_id=asked.case_id, detail={"for": asked.by})


def words_for(*, by: OpenWall, request_id: UUID) -> str:
    """Return the seven words that will open the file; only who asked gets them.

    Without accents: the program that opens the file compares letter by letter.
    """
    _allowed(by, request_id)
    return phrases.tidy(phrases.new_passphrase())


def take(*, by: OpenWall, request_id: UUID, words: str) -> tuple[OpenCase, Asked]:
    """Open the case for its file and use the yes up; the caller encrypts with :func:`locked`."""
    asked = _allowed(by, request_id)
    if not phrases.is_passphrase(words):
        raise DomainError(_("Falta la frase del archivo."), hint=_("Empieza otra vez la descarga."))
    opened = cases.read(by=by, case_id=asked.case_id)
    with transaction.atomic():
        gone, _kinds = ExportRequest.objects.filter(pk=request_id, wall=by.wall).delete()
        if not gone:
            raise not_visible()
        log.write(
            "export.take",
            by=by,
            case_id=asked.case_id,
            detail={"allowed_by": asked.allowed_by, "reason": asked.reason[:80]},
        )
    return opened, asked


def as_json(opened: OpenCase, asked: Asked) -> bytes:
    """Return the whole case for a machine."""
    body = {
        "schema": f"tequio/case/{SCHEMA}",
        "taken": {"by": asked.by, "allowed_by": asked.allowed_by, "reason": asked.reason},
        "at": clock.now().isoformat(),
        "cover": opened.cover.as_body(),
        "sheets": [{"kind": sheet.kind, "says": _leaves(sheet.says)} for sheet in opened.sheets],
    }
    return json.dumps(body, ensure_ascii=False, indent=2).encode()


def _leaves(says: Mapping[str, Any]) -> dict[str, Any]:
    """A secret that opens something else does not leave with the words."""
    return {name: value for name, value in says.items() if name != "secret"}


def locked(plain: bytes, words: str) -> bytes:
    """Encrypt to the words, as the program age does; nothing of it touches the disk."""
    return bytes(age.encrypt(plain, phrases.tidy(words)))


def _pick(by: OpenWall, request_id: UUID) -> tuple[ExportRequest, Asked]:
    rows = ExportRequest.objects.select_for_update(of=("self",))
    row = rows.filter(pk=request_id, wall=by.wall).first()
    if row is None:
        raise not_visible()
    asked = Asked.from_body(row.pk, vault.open_of_wall(by, row))
    if clock.now() >= asked.lasts_until():
        raise DomainError(
            _("Pasó más de una hora: este permiso ya no vale."), hint=_("Pídelo otra vez.")
        )
    return row, asked


@transaction.atomic
def _allowed(by: OpenWall, request_id: UUID) -> Asked:
    _row, asked = _pick(by, request_id)
    if asked.by != by.user.login:
        raise not_visible()
    if not asked.allowed_by:
        raise DomainError(
            _("Todavía nadie más lo ha permitido."),
            hint=_("Otra persona del equipo lo permite desde su propia sesión."),
        )
    return asked
