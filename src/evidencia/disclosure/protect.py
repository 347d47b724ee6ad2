"""The one door through which a table of counts leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.disclosure.complement import complement, small_margins
from evidencia.disclosure.rules import PUBLIC, Policy
from evidencia.disclosure.tables import Counts, Mask, Table
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]
Reasons = npt.NDArray[np.str_]

HIDDEN = "*"


@dataclass(frozen=True, slots=True)
class Released:
    """A table after disclosure control.

    Attributes
    ----------
    name, variables, levels
        As in the table.
    values
        Rounded counts, 0 where hidden; shape = lengths of `levels`.
    hidden
        True where nothing is published.
    reasons
        Same shape: ``""``, ``"small"``, ``"dominance"``, ``"complement"``, ``"differencing"`` or
        ``"structural"``. For the organisation's own eyes: :meth:`as_dict` leaves it out.
    low, high
        Same shape: what a reader can deduce of each cell from this table alone.
    notes
        What must be read beside the table.
    """

    name: str
    variables: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    values: Counts
    hidden: Mask
    reasons: Reasons
    low: Floats
    high: Floats
    notes: tuple[Note, ...]

    @property
    def row_totals(self) -> Counts:
        """Sums of the published cells of each row (rule R3), shape (rows,)."""
        return self.values if self.values.ndim == 1 else self.values.sum(axis=1)

    @property
    def column_totals(self) -> Counts:
        """Sums of the published cells of each column (rule R3), shape (columns,)."""
        return self.values if self.values.ndim == 1 else self.values.sum(axis=0)

    @property
    def total(self) -> int:
        """Sum of the published cells (rule R3)."""
        return int(self.values.sum())

    def text(self, *index: int) -> str:
        """Return what is printed in a cell: its rounded count, or an asterisk."""
        return HIDDEN if self.hidden[index] else f"{int(self.values[index]):,}"

    def as_dict(self) -> dict[str, object]:
        """Return what may leave, ready for JSON: hidden cells are None, without their reason."""
        flat = [
            None if hidden else int(value)
            for value, hidden in zip(self.values.flat, self.hidden.flat, strict=True)
        ]
        return {
            "name": self.name,
            "variables": list(self.variables),
            "levels": [list(values) for values in self.levels],
            "values": flat,
            "total": self.total,
        }


def protect(table: Table, policy: Policy = PUBLIC) -> Released:
    """Apply rules R1, R2, R3, R7 and R8 to a table.

    Parameters
    ----------
    table
        True counts.
    policy
        The numbers of the rules.

    Returns
    -------
    Released
        Without independent margins, each hidden cell stands alone: a reader knows that it lies
        between 0 and the threshold and nothing more. Where `table.totals_known`, larger cells
        are hidden too until that is so again, as far as those totals themselves allow.

    Raises
    ------
    Refusal
        If it crosses too many variables, or one that is not on the menu.
    """
    _check_variables(table.variables, policy)
    reasons = np.where(table.counts <= policy.threshold, "small", "").astype("<U12")
    if table.largest is not None:
        share = table.largest > policy.dominance * table.counts
        reasons[share & (reasons == "")] = "dominance"
    if table.structural is not None:
        reasons[table.structural] = "structural"
    if table.totals_known:
        reasons = complement(table, reasons, policy)
    return released(table, reasons, policy)


def released(table: Table, reasons: Reasons, policy: Policy) -> Released:
    """Return the table as published, given why each hidden cell is hidden."""
    shown = (reasons == "") | (reasons == "structural")
    values = np.where(shown, policy.rounded(table.counts), 0).astype(np.int64)
    low, high = known(values, reasons, policy)
    return Released(
        table.name,
        table.variables,
        table.levels,
        values,
        ~shown,
        reasons,
        low,
        high,
        _notes(table, reasons, policy),
    )


def known(values: Counts, reasons: Reasons, policy: Policy) -> tuple[Floats, Floats]:
    """Return what each cell says by itself to a reader who knows the rules and the reasons."""
    low = np.where(reasons == "", values - policy.half, 0.0)
    high = np.full(values.shape, np.inf)
    high[reasons == ""] = (values + policy.half)[reasons == ""]
    high[reasons == "small"] = policy.threshold
    high[reasons == "structural"] = 0.0
    return low.astype(np.float64), high


def _check_variables(variables: tuple[str, ...], policy: Policy) -> None:
    if len(variables) > policy.most_variables:
        raise Refusal(
            Note.of("disclosure.too_many_variables", most=policy.most_variables, n=len(variables))
        )
    for variable in variables:
        if policy.menu is not None and variable not in policy.menu:
            raise Refusal(Note.of("disclosure.not_on_the_menu", variable=variable))


def _notes(table: Table, reasons: Reasons, policy: Policy) -> tuple[Note, ...]:
    def times(reason: str) -> int:
        return int((reasons == reason).sum())

    possible = reasons.size - times("structural")
    hidden = possible - times("")
    notes = [Note.of("disclosure.rule", threshold=policy.threshold, base=policy.base)]
    if possible and hidden == possible:
        notes.append(Note.of("disclosure.nothing_left"))
    elif hidden:
        notes.append(Note.of("disclosure.hidden_cells", n=hidden, cells=possible))
    if times("dominance"):
        percent = f"{100 * policy.dominance:g}"
        notes.append(Note.of("disclosure.dominance", n=times("dominance"), percent=percent))
    if times("complement"):
        notes.append(Note.of("disclosure.complement", n=times("complement")))
    if times("differencing"):
        notes.append(Note.of("disclosure.differencing", n=times("differencing")))
    margins = small_margins(table, policy) if table.totals_known else 0
    if margins:
        notes.append(Note.of("disclosure.small_margin", n=margins, threshold=policy.threshold))
    return tuple(notes)
