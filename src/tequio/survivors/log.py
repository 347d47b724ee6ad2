"""The wall's own log: one sealed line per thing done or read, chained so that a cut shows.

It lies in its own table; nothing of it goes to the log of the men's side, which has no gaps for
it either.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from tequio.core import clock, keys
from tequio.core.errors import Conflict
from tequio.core.sealing import SealBroken
from tequio.survivors import known, log_marks
from tequio.survivors.log_marks import Mark
from tequio.survivors.models import Epoch, LogEntry, Wall
from tequio.survivors.opened import OpenWall

_FOLDED: Final = frozenset({"extract.case", "letters.tidy"})
# How many lines are looked at for each that is shown, at most.
_AT_MOST: Final = 25
_UNREADABLE: Final = "log.unreadable"
_UNKNOWN: Final = datetime(1970, 1, 1, tzinfo=UTC)


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
    body = {**_line_of(by, kind, detail or {}), "case": str(case_id) if case_id else ""}
    epoch = _still_open(by)
    last, before = _checked_end(by, epoch)
    added = _add(by.wall, _ours(by, epoch), body, last)
    log_marks.put(by, epoch, replace(before, position=added.position, chain=added.chain))


def write_each(kind: str, *, by: OpenWall, case_ids: Iterable[UUID]) -> None:
    """Add a line for each of many cases, inside the caller's transaction; one mark at the end."""
    epoch = _still_open(by)
    last, before = _checked_end(by, epoch)
    for case_id in case_ids:
        body = {**_line_of(by, kind, {}), "case": str(case_id)}
        last = _add(by.wall, _ours(by, epoch), body, last)
    if last is not None:
        log_marks.put(by, epoch, replace(before, position=last.position, chain=last.chain))


def write_by_clock(kind: str, *, wall: Wall, detail: Mapping[str, object]) -> None:
    """Add a line for what the clock did while nobody held the wall open: sealing needs no key."""
    epoch = Epoch.objects.select_for_update(of=("self",)).get(wall=wall, is_open=True)
    at = clock.now().isoformat()
    body = {"at": at, "by": "", "kind": kind, "case": "", "detail": dict(detail)}
    _add(wall, epoch, body, _last(wall))


def _still_open(by: OpenWall) -> Epoch:
    # Whoever writes to the log waits for whoever is writing to it: one chain and no fork.
    epoch = Epoch.objects.select_for_update(of=("self",)).get(pk=by.current)
    if not epoch.is_open:
        # Somebody was removed at this very moment: nothing more is sealed to the old keys.
        raise Conflict(
            _("Las llaves del muro acaban de cambiar."), hint=_("Ábrelo otra vez y repite.")
        )
    return epoch


def _ours(by: OpenWall, epoch: Epoch) -> Epoch:
    # Not what the table says of the turn: whoever writes to it could put his own key there.
    epoch.public = by.pair_of(epoch.pk).public
    return epoch


def _checked_end(by: OpenWall, epoch: Epoch) -> tuple[LogEntry | None, Mark]:
    """Return the last line, and the mark as it goes on: with the place of a cut, if there was one.

    A cut is said loudly, in a line of its own. One position before it is left out: after that the
    chain is never whole again.
    """
    last = _last(by.wall)
    mark, stands = _mark_of(by, epoch, last)
    there = last.position if last else 0
    before = mark or Mark(there, "")
    if not before.keys and before.broken_at is None and (mark or last is None):
        # On the first day the table is believed; later, when the mark is gone, it never is.
        before = replace(before, keys=known.as_the_table_says(epoch))
    if stands:
        return last, before
    body = _line_of(by, "log.cut", {"line": there + 1})
    position = max(there, mark.position if mark else 0) + 2
    loud = _add(by.wall, _ours(by, epoch), body, last, position=position)
    return loud, replace(before, broken_at=before.broken_at or there + 1)


def _mark_of(by: OpenWall, epoch: Epoch, last: LogEntry | None) -> tuple[Mark | None, bool]:
    """Return the mark, and whether the log still goes as far as it says."""
    try:
        mark = log_marks.read(by, epoch)
    except SealBroken:
        return None, False
    # The first line of all makes the first mark: a log without one was robbed of it.
    return mark, last is None if mark is None else mark.agrees(last)


def _line_of(by: OpenWall, kind: str, detail: Mapping[str, object]) -> dict[str, object]:
    at = clock.now().isoformat()
    return {"at": at, "by": by.user.login, "kind": kind, "case": "", "detail": dict(detail)}


def _last(wall: Wall) -> LogEntry | None:
    return wall.log.order_by("-position").first()


def _add(
    wall: Wall,
    epoch: Epoch,
    body: Mapping[str, object],
    last: LogEntry | None,
    *,
    position: int | None = None,
) -> LogEntry:
    sealed = keys.seal_to(epoch.public, json.dumps(body, ensure_ascii=False).encode().ljust(512))
    return LogEntry.objects.create(
        wall=wall,
        epoch=epoch,
        position=position or (last.position + 1 if last else 1),
        sealed=sealed,
        chain=chained(last.chain if last else "", sealed),
    )


def lines(*, by: OpenWall, limit: int = 200) -> list[Line]:
    """Return the newest lines first. Many cases that one publication counted stand as one line:
    a hundred of them would hide the one that matters.
    """
    found: list[Line] = []
    for entry in by.wall.log.order_by("-position")[: limit * _AT_MOST].iterator(chunk_size=limit):
        line = _line(by, entry)
        if line.kind in _FOLDED and found and found[-1].kind == line.kind:
            many = int(str(found[-1].detail.get("count", 1))) + 1
            found[-1] = replace(found[-1], case="", detail={"count": many})
        elif len(found) == limit:
            break
        else:
            first = {"count": 1} if line.kind in _FOLDED else line.detail
            found.append(replace(line, detail=first))
    return found


def since(*, by: OpenWall, moment: datetime) -> Iterator[Line]:
    """Yield the lines of after a moment, newest first."""
    for entry in by.wall.log.order_by("-position").iterator(chunk_size=100):
        line = _line(by, entry)
        if line.at < moment and line.kind != _UNREADABLE:
            return
        yield line


def first_break(by: OpenWall) -> int | None:
    """Return the position at which the chain does not hold, or None if it is whole."""
    before, expected, last = "", 0, None
    for expected, entry in enumerate(by.wall.log.order_by("position").iterator(), start=1):
        if entry.position != expected or entry.chain != chained(before, bytes(entry.sealed)):
            return expected
        before, last = entry.chain, entry
    _mark, stands = _mark_of(by, Epoch.objects.get(pk=by.current), last)
    return None if stands else expected + 1


def found_cut_at(by: OpenWall) -> int | None:
    """Return where a member who wrote to the log found its end cut off, once and for all."""
    try:
        mark = log_marks.read(by, Epoch.objects.get(pk=by.current))
    except SealBroken:
        return 1
    return mark.broken_at if mark else 1


def chained(before: str, sealed: bytes) -> str:
    """Return the link after `before` for a sealed line (SHA-256)."""
    return hashlib.sha256(before.encode() + sealed).hexdigest()


def _line(by: OpenWall, entry: LogEntry) -> Line:
    try:
        body = json.loads(by.pair_of(entry.epoch_id).open(entry.sealed))
        at = datetime.fromisoformat(body["at"])
        return Line(
            entry.position, at, body["by"], body["kind"], body["case"], dict(body["detail"])
        )
    except (SealBroken, ValueError, KeyError, TypeError):
        # Whoever has the public half may seal anything; the page that tells so must open.
        return Line(entry.position, _UNKNOWN, "", _UNREADABLE, "", {})
