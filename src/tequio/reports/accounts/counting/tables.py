"""Tables of people: each passes `evidencia.disclosure`, and says what it hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from evidencia.disclosure import Table as Counted
from evidencia.disclosure import protect
from tequio.reports.accounts.blocks import HIDDEN, Table
from tequio.reports.accounts.counting.scope import share

# What is counted, and its word: said in the language of the account.
Levels = Sequence[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a table."""

    name: str
    caption: str
    of: str
    missing: str
    caution: str


def shares(head: str, levels: Levels, counts: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Return people by one variable: label, count, and share where it may be said."""
    values = np.array([counts.get(code, 0) for code, _label in levels], np.int64)
    released = protect(Counted(head, (head,), (_labels(levels),), values))
    whole = int(values.sum())
    return tuple(
        (label, released.text(at), share(int(values[at]), whole))
        for at, label in enumerate(_labels(levels))
    )


def one_way(words: Words, head: str, levels: Levels, counts: Mapping[str, int]) -> Table:
    """Return people by one variable."""
    rows = shares(head, levels, counts)
    return table_of(words, (head, _("Hombres"), _("Parte")), rows)


def two_way(
    words: Words,
    heads: tuple[str, str],
    levels: tuple[Levels, Levels],
    counts: Mapping[tuple[str, str], int],
) -> Table:
    """Return people by two variables: counts alone, without margins of their own."""
    down, across = levels
    values = np.array([[counts.get((i, j), 0) for j, _l in across] for i, _l in down], np.int64)
    released = protect(Counted(words.name, heads, (_labels(down), _labels(across)), values))
    rows = tuple(
        (label, *(released.text(i, j) for j in range(len(across))))
        for i, label in enumerate(_labels(down))
    )
    return table_of(words, (heads[0], *_labels(across)), rows)


def _labels(levels: Levels) -> tuple[str, ...]:
    return tuple(str(label) for _code, label in levels)


def table_of(words: Words, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    """Return a table; one of which everything is hidden says so in a line."""
    if rows and all(cell == HIDDEN for row in rows for cell in row[1:]):
        rows = ((_("Nada de esta tabla se puede publicar: son muy pocas personas."),),)
        columns = columns[:1]
    return Table(words.name, words.caption, columns, rows, words.of, words.missing, words.caution)
