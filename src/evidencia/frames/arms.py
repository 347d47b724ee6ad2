"""Which arms there are, and which of them is the comparison."""

from __future__ import annotations

from typing import Final

import numpy as np

from evidencia.frames.columns import Columns, Labels
from evidencia.plans import Data, listed, nearest
from evidencia.words import Note

# Values that usually name the comparison; only one of them in the data settles it.
USUAL: Final = frozenset(
    "0 control ctrl controles comparison comparacion comparación placebo waitlist wait-list wl tau "
    "espera usual no".split()
) | {"lista de espera", "lista_de_espera", "wait list", "usual care"}


def arms_of(
    cells: Labels, columns: Columns, data: Data, settled: list[Note]
) -> tuple[tuple[str, ...], str | None]:
    """Return the arms, control first, and the control; problems go to `columns.notes`."""
    name = str(data.arm)
    seen = {str(cell): at for at, cell in reversed(list(enumerate(cells)))}
    if data.arms and (stranger := _stranger(cells, data)) is not None:
        value, n = str(cells[stranger]), sum(str(cell) not in data.arms for cell in cells)
        values = {"choices": listed(data.arms), "nearest": nearest(value, data.arms)}
        row = columns.row(stranger)
        note = Note.of("data.unknown_arm", row=row, column=name, value=value, n=n, **values)
        columns.notes.append(note)
    _spelt_twice(seen, columns, name)
    if columns.notes:
        return (), None
    if len(seen) == 1:
        columns.notes.append(Note.of("data.one_arm", column=name, value=next(iter(seen))))
        return (), None
    control = data.control or _by_its_name(seen)
    if control is None:
        columns.notes.append(Note.of("data.which_control", column=name, choices=listed(seen)))
        return (), None
    if control not in seen:
        values = {"choices": listed(seen), "nearest": nearest(control, seen)}
        note = Note.of("data.unknown_control", control=control, column=name, **values)
        columns.notes.append(note)
        return (), None
    if data.control is None:
        settled.append(Note.of("data.control_by_its_name", control=control))
    others = data.arms or tuple(sorted(seen))
    return (control, *(arm for arm in others if arm != control and arm in seen)), control


def _stranger(cells: Labels, data: Data) -> int | None:
    unknown = np.flatnonzero([str(cell) not in data.arms for cell in cells])
    return int(unknown[0]) if unknown.size else None


def _spelt_twice(seen: dict[str, int], columns: Columns, name: str) -> None:
    met: dict[str, str] = {}
    for value, at in seen.items():
        same = met.setdefault(" ".join(value.casefold().split()), value)
        if same != value:
            row = columns.row(at)
            note = Note.of("data.arm_spelt_twice", column=name, first=same, second=value, row=row)
            columns.notes.append(note)


def _by_its_name(seen: dict[str, int]) -> str | None:
    usual = [value for value in seen if value.casefold() in USUAL]
    return usual[0] if len(usual) == 1 else None
