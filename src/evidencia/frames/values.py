"""What values each kind of outcome may take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from evidencia.designs import Kind
from evidencia.frames.columns import Columns, Numbers
from evidencia.frames.frame import Flags
from evidencia.words import Note


def _any(values: Numbers) -> Flags:
    return np.ones(values.shape, dtype=np.bool_)


def _zero_or_one(values: Numbers) -> Flags:
    return np.asarray(np.isin(values, (0.0, 1.0)), dtype=np.bool_)


def _whole_from_zero(values: Numbers) -> Flags:
    return np.asarray((values >= 0) & (values == np.floor(values)), dtype=np.bool_)


def _whole(values: Numbers) -> Flags:
    return np.asarray(values == np.floor(values), dtype=np.bool_)


def _from_zero(values: Numbers) -> Flags:
    return np.asarray(values >= 0, dtype=np.bool_)


ALLOWED: Final[dict[Kind, Callable[[Numbers], Flags]]] = {
    "continuous": _any,
    "binary": _zero_or_one,
    "count": _whole_from_zero,
    "ordinal": _whole,
    "time_to_event": _from_zero,
}


def check_values(values: Numbers, column: str, kind: Kind, columns: Columns) -> None:
    """Complain, in `columns.notes`, of a value that this kind of outcome cannot have."""
    wrong = np.flatnonzero(~np.isnan(values) & ~ALLOWED[kind](values))
    if wrong.size:
        at = wrong[0]
        columns.notes.append(
            Note.of(
                "data.not_allowed",
                row=columns.row(at),
                column=column,
                value=f"{values[at]:g}",
                kind=kind,
                n=int(wrong.size),
            )
        )
