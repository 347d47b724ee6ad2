"""A table of counts before disclosure control: nothing here may leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of people by one or two variables.

    Attributes
    ----------
    name
        Whom it counts; tables that count the same people carry the same name, so that the
        ledger compares them.
    variables
        Names of one or two variables (rule R7).
    levels
        Values of each variable, in the order of the axes of `counts`.
    counts
        People, shape = lengths of `levels`.
    largest
        Same shape: people of the organisation (or family) that contributes most to each cell
        (rule R8); None outside a federation.
    structural
        Same shape: True where nobody can be, by definition; such a zero says nothing.
    totals_known
        True where readers know the true totals of rows and columns from elsewhere; then large
        cells must hide small ones.

    Raises
    ------
    ValueError
        If shapes disagree, a count is negative, or a largest contribution exceeds its cell.
    """

    name: str
    variables: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    counts: Counts
    largest: Counts | None = None
    structural: Mask | None = None
    totals_known: bool = False

    def __post_init__(self) -> None:
        shape = tuple(len(values) for values in self.levels)
        if len(self.variables) != len(self.levels) or not self.variables or 0 in shape:
            raise ValueError("A table needs a name and at least one level for each variable.")
        for name in ("counts", "largest", "structural"):
            array = getattr(self, name)
            if array is not None and array.shape != shape:
                raise ValueError(f"{name} has the shape {array.shape}; the levels give {shape}.")
        if (self.counts < 0).any():
            raise ValueError("A count of people cannot be negative.")
        if self.largest is not None and (self.largest > self.counts).any():
            raise ValueError("The largest contribution to a cell cannot exceed the cell.")
        if self.structural is not None and self.counts[self.structural].any():
            raise ValueError("A cell where nobody can be holds people.")


def tabulate(
    name: str,
    columns: Mapping[str, Sequence[str]],
    *,
    levels: Mapping[str, Sequence[str]] | None = None,
    contributor: Sequence[str] | None = None,
) -> Table:
    """Count people by the values of their columns.

    Parameters
    ----------
    name
        Whom the table counts.
    columns
        One value per person for each variable; all of the same length.
    levels
        Values of each variable in the order wanted; without it, those found, sorted. Give it
        for a fixed menu: a level that is missing because nobody is there says so.
    contributor
        Organisation or family of each person, for rule R8.

    Raises
    ------
    ValueError
        If lengths differ, or a value is not among its levels.
    """
    wanted = {
        variable: tuple((levels or {}).get(variable) or sorted(set(values)))
        for variable, values in columns.items()
    }
    shape = tuple(len(values) for values in wanted.values())
    if len({len(values) for values in columns.values()}) != 1:
        raise ValueError("Every column must hold one value per person.")
    flat = np.ravel_multi_index(
        tuple(_codes(v, columns[v], values) for v, values in wanted.items()), shape
    )
    size = int(np.prod(shape))
    counts = np.bincount(flat, minlength=size).reshape(shape).astype(np.int64)
    largest = None
    if contributor is not None:
        if len(contributor) != flat.size:
            raise ValueError("contributor must hold one value per person.")
        _, who = np.unique(np.asarray(contributor, dtype=str), return_inverse=True)
        each = np.zeros((size, int(who.max(initial=0)) + 1), np.int64)
        np.add.at(each, (flat, who), 1)
        largest = each.max(axis=1).reshape(shape)
    return Table(name, tuple(wanted), tuple(wanted.values()), counts, largest)


def _codes(variable: str, values: Sequence[str], levels: tuple[str, ...]) -> npt.NDArray[np.int64]:
    code = {level: i for i, level in enumerate(levels)}
    unknown = sorted(set(values) - set(code))
    if unknown:
        raise ValueError(f"{variable} holds {unknown[0]!r}, which is not among its levels.")
    return np.array([code[value] for value in values], np.int64)
