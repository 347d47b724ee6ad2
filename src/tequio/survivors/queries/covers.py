"""Lists and searches: covers are opened in memory; no index lies outside the seal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tequio.survivors import vault
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import cases_of
from tequio.survivors.rules.covers import SHELF, Cover


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list."""

    id: UUID
    version: int
    cover: Cover


def covers(*, by: OpenWall) -> list[Line]:
    """Return every woman's cover. The caller writes one line to the log for the whole list."""
    return [line for line in _all(by) if line.cover.state != SHELF]


def shelf(*, by: OpenWall) -> Line | None:
    """Return the team's own shelf, if anything was ever put there."""
    return next((line for line in _all(by) if line.cover.state == SHELF), None)


def _all(by: OpenWall) -> list[Line]:
    return [
        Line(case.pk, case.version, Cover.from_body(vault.open_cover(vault.key_of(by, case), case)))
        for case in cases_of(by).iterator()
    ]
