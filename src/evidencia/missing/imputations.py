"""Completed data sets, and what must be read beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evidencia.missing.inputs import Array, Mask
from evidencia.words import Note

# Fewer than this and another seed visibly changes standard errors (White, Royston & Wood 2011).
FEW_IMPUTATIONS = 20
# Above this share the assumptions weigh more than the data.
MOSTLY = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Imputations:
    """m completed copies of one matrix.

    Attributes
    ----------
    completed
        float64, shape (m, n, T), without NaN; what was observed is the same in every copy.
    imputed
        bool, shape (n, T): which values were missing.
    method
        A lower-case slug: ``"mi_normal"``, ``"mi_chained"``, ``"jump_to_reference"``…
    notes
        What must be read beside anything computed from them.
    """

    completed: Array
    imputed: Mask
    method: str
    notes: tuple[Note, ...] = ()

    @property
    def m(self) -> int:
        """Number of imputations."""
        return int(self.completed.shape[0])

    def shifted(
        self,
        delta: float,
        rows: npt.ArrayLike | None = None,
        waves: npt.ArrayLike | None = None,
    ) -> Imputations:
        """Return the same imputations with `delta` added to the values imputed.

        Parameters
        ----------
        delta
            In the outcome's own units.
        rows
            bool (n,) or indices: whose imputed values move; None for everybody's.
        waves
            Indices of the waves that move; None for all.
        """
        where = np.zeros_like(self.imputed)
        chosen_rows = np.arange(self.imputed.shape[0]) if rows is None else np.asarray(rows)
        chosen_waves = np.arange(self.imputed.shape[1]) if waves is None else np.asarray(waves)
        if chosen_rows.dtype == np.bool_:
            chosen_rows = np.flatnonzero(chosen_rows)
        where[np.ix_(np.atleast_1d(chosen_rows), np.atleast_1d(chosen_waves))] = True
        return replace(self, completed=self.completed + delta * (where & self.imputed))


def notes_about(imputed: Mask, m: int) -> tuple[Note, ...]:
    """Return the notes that any multiple imputation of this pattern carries."""
    if not imputed.any():
        return (Note.of("missing.nobody_left"),)
    notes = []
    if m < FEW_IMPUTATIONS:
        notes.append(Note.of("missing.few_imputations", m=m))
    for wave, share in enumerate(imputed.mean(axis=0), start=1):
        if share > MOSTLY:
            notes.append(
                Note.of("missing.mostly_imputed", wave=wave, percent=round(100 * float(share)))
            )
    return tuple(notes)
