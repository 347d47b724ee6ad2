"""Lists and searches, each with one line in the log."""

from __future__ import annotations

from django.db import transaction

from tequio.core.text import fold
from tequio.survivors import log
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries.covers import Line, covers
from tequio.survivors.rules.covers import STATES


@transaction.atomic
def found(by: OpenWall, typed: str = "") -> list[Line]:
    """Return the cases that a search finds, all where nothing was typed, by name.

    The whole list is one reading: a line for each of two thousand covers would hide the lines
    that matter (docs/adr/0068).
    """
    lines = [line for line in covers(by=by) if not typed or line.cover.answers_to(typed)]
    log.write("cases.search" if typed else "cases.list", by=by, detail={"count": len(lines)})
    return sorted(lines, key=_in_order)


def _in_order(line: Line) -> tuple[int, str, str]:
    # By the letter that people look for: «Ámbar» stands with A, not after Z.
    return STATES.index(line.cover.state), fold(line.cover.alias), line.cover.folio
