"""Everything that lies sealed behind a wall, with the way in which it is opened rightly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.walls import Walled, begin_case

from tequio.core.sealing import Key
from tequio.survivors import vault
from tequio.survivors.actions import cases, two_people
from tequio.survivors.models import Case, Draft, ExportRequest, HeldLetter, LogEntry, Record
from tequio.survivors.opened import OpenWall

ALIASES = ("Jacinta", "Lupe", "Remedios")


@dataclass(slots=True)
class Sealed:
    """One sealed field: the row, the field, and how the house opens it."""

    row: Any
    field: str
    open: Callable[[], Any]

    @property
    def box(self) -> bytes:
        return bytes(getattr(self.row, self.field))

    @box.setter
    def box(self, value: bytes) -> None:
        setattr(self.row, self.field, value)


def fill(walled: Walled) -> None:
    """Write cases, sheets and a request to take one out."""
    for alias in ALIASES:
        case = begin_case(walled.by, alias=alias)
        for number in range(3):
            says = {"said": f"{alias} {number} {'x' * 400 * number}"}
            cases.write_sheet(by=walled.by, case_id=case.pk, kind=f"kind-{number}", says=says)
        two_people.ask(by=walled.by, case_id=case.pk, reason=alias)


def sealed_rows(by: OpenWall) -> list[Sealed]:
    """Return every sealed field of a wall. Each holds its row; changing it saves nothing."""
    found: list[Sealed] = []
    for case in Case.objects.filter(wall=by.wall):
        key = vault.key_of(by, case)
        found.append(Sealed(case, "cover", _cover(key, case)))
        found.append(Sealed(case, "sealed_key", _key(by, case)))
        for record in Record.objects.filter(case=case):
            found.append(Sealed(record, "sealed", _record(key, case, record)))
    for letter in HeldLetter.objects.filter(wall=by.wall):
        found.append(Sealed(letter, "sealed", _letter(by, letter)))
    for kind in (Draft, ExportRequest):
        for row in kind.objects.filter(wall=by.wall):
            found.append(Sealed(row, "sealed", _whole(by, row)))
    return found


def log_boxes(by: OpenWall) -> list[tuple[LogEntry, bytes]]:
    """Return the lines of the wall's log as they lie there."""
    return [(entry, bytes(entry.sealed)) for entry in LogEntry.objects.filter(wall=by.wall)]


def _cover(key: Key, case: Case) -> Callable[[], Any]:
    return lambda: vault.open_cover(key, case)


def _key(by: OpenWall, case: Case) -> Callable[[], Any]:
    # A key is right if what it seals opens.
    return lambda: vault.open_cover(vault.key_of(by, case), case)


def _record(key: Key, case: Case, record: Record) -> Callable[[], Any]:
    return lambda: vault.open_record(key, case.wall_id, record)


def _letter(by: OpenWall, letter: HeldLetter) -> Callable[[], Any]:
    return lambda: vault.open_letter(vault.key_of(by, letter), letter)


def _whole(by: OpenWall, row: Draft | ExportRequest) -> Callable[[], Any]:
    return lambda: vault.open_of_wall(by, row)
