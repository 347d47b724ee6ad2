"""Lists and searches: covers are opened in memory; no index lies outside the seal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tequio.survivors import vault
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import cases_of
from tequio.survivors.rules.covers import Cover


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list."""

    id: UUID
    version: int
    cover: Cover


def covers(*, by: OpenWall) -> list[Line]:
    """Return every case's cover. The caller writes one line to the log for the whole list."""
    return [
        Line(case.pk, case.version, Cover.from_body(vault.open_cover(vault.key_of(by, case), case)))
        for case in cases_of(by).iterator()
    ]
