"""The wall's own log: one sealed line per thing done or read, chained so that a cut shows.

It lies in its own table; nothing of it goes to the log of the men's side, which has no gaps for
it either.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tequio.core import clock, keys
from tequio.core.errors import Conflict
from tequio.survivors.models import Epoch, LogEntry, Wall
from tequio.survivors.opened import OpenWall


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a member reads it."""

    position: int
    at: datetime
    by: str
    kind: str
    case: str
    detail: Mapping[str, object]


def write(
    kind: str,
    *,
    by: OpenWall,
    case_id: UUID | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add a line, inside the caller's transaction."""
    body = {
        "at": clock.now().isoformat(),
        "by": by.user.login,
        "kind": kind,
        "case": str(case_id) if case_id else "",
        "detail": dict(detail or {}),
    }
    # Whoever writes to the log waits for whoever is writing to it: one chain and no fork.
    epoch = Epoch.objects.select_for_update(of=("self",)).get(pk=by.current)
    if not epoch.is_open:
        # Somebody was removed at this very moment: nothing more is sealed to the old keys.
        raise Conflict(
            _("Las llaves del muro acaban de cambiar."), hint=_("Ábrelo otra vez y repite.")
        )
    _add(by.wall, epoch, body)


def write_by_clock(kind: str, *, wall: Wall, detail: Mapping[str, object]) -> None:
    """Add a line for what the clock did while nobody held the wall open: sealing needs no key."""
    epoch = Epoch.objects.select_for_update(of=("self",)).get(wall=wall, is_open=True)
    at = clock.now().isoformat()
    body = {"at": at, "by": "", "kind": kind, "case": "", "detail": dict(detail)}
    _add(wall, epoch, body)


def _add(wall: Wall, epoch: Epoch, body: Mapping[str, object]) -> None:
    last = wall.log.order_by("-position").first()
    sealed = keys.seal_to(epoch.public, json.dumps(body, ensure_ascii=False).encode().ljust(512))
    LogEntry.objects.create(
        wall=wall,
        epoch=epoch,
        position=last.position + 1 if last else 1,
        sealed=sealed,
        chain=chained(last.chain if last else "", sealed),
    )


def lines(*, by: OpenWall, limit: int = 200) -> list[Line]:
    """Return the newest lines first."""
    return [_line(by, entry) for entry in by.wall.log.order_by("-position")[:limit]]


def first_break(by: OpenWall) -> int | None:
    """Return the position at which the chain does not hold, or None if it is whole."""
    before = ""
    for expected, entry in enumerate(by.wall.log.order_by("position").iterator(), start=1):
        if entry.position != expected or entry.chain != chained(before, bytes(entry.sealed)):
            return expected
        before = entry.chain
    return None


def chained(before: str, sealed: bytes) -> str:
    """Return the link after `before` for a sealed line (SHA-256)."""
    return hashlib.sha256(before.encode() + sealed).hexdigest()


def _line(by: OpenWall, entry: LogEntry) -> Line:
    body = json.loads(by.pair_of(entry.epoch_id).open(entry.sealed))
    return Line(
        position=entry.position,
        at=datetime.fromisoformat(body["at"]),
        by=body["by"],
        kind=body["kind"],
        case=body["case"],
        detail=body["detail"],
    )
