"""What a reader can deduce by holding several releases side by side.

Two kinds of comparison. *Differencing*: the same table for scopes that overlap (the year, and
three of its quarters). *Linking*: tables of the same people by different variables, whose sums
over the variables they share must agree. Linking is audited between each pair of breakdowns,
where agreement of the shared sums is all that is known. A circle of crossings (A by B, B by C, A
by C) can say a little more than its pairs: among 60 made-up circles one cell of 301 was bounded
too well. Keep the menu of crossings free of circles.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.disclosure.attackers import System, attack, components
from evidencia.disclosure.protect import Released, known
from evidencia.disclosure.rules import Policy

Floats = npt.NDArray[np.float64]
Scoped = tuple[Released, frozenset[str]]
Breakdown = tuple[tuple[str, tuple[str, ...]], ...]

TOLERANCE = 1e-4
"""People: far above the tolerance of the linear programs, far below one person."""


def exposed_groups(
    earlier: Sequence[Scoped], new: Scoped, policy: Policy
) -> list[npt.NDArray[np.int64]]:
    """Return the groups of cells of a new table that would give something away.

    Parameters
    ----------
    earlier
        Tables already published about the same people, with their scopes.
    new
        The table that would be published, with its scope.

    Returns
    -------
    list
        For each separate problem with a group of people known too well, the flat positions of
        the new table's cells that take part in it; those of the first pair of breakdowns that
        has any.
    """
    for other in sorted({breakdown(table) for table, _ in earlier}):
        pair = {other, breakdown(new[0])}
        together = [e for e in earlier if breakdown(e[0]) in pair]
        groups = _Comparison([*together, new], policy).exposed()
        if groups:
            return groups  # the caller withholds something and asks again
    return []


def breakdown(table: Released) -> Breakdown:
    """Return the variables of a table with their levels: the same name cut otherwise differs."""
    return tuple(zip(table.variables, table.levels, strict=True))


def safe(low: Floats, high: Floats, policy: Policy) -> npt.NDArray[np.bool_]:
    """Return whether each interval is that of a group surely large, or says nothing of a small one.

    It looks at the interval only, never at the truth, so that acting on it gives nothing away.
    """
    large = low >= policy.threshold + 1 - TOLERANCE
    open_ended = (low <= TOLERANCE) & (high >= policy.threshold - TOLERANCE)
    return np.asarray(large | open_ended, np.bool_)


class _Comparison:
    """Several releases over at most two breakdowns, as one system of unknown counts.

    An unknown is one cell of one breakdown within one region, a region being the months and
    places that the same releases cover.
    """

    def __init__(self, releases: Sequence[Scoped], policy: Policy) -> None:
        self.releases = releases
        self.policy = policy
        signatures = {
            tuple(atom in scope for _, scope in releases)
            for atom in frozenset().union(*(scope for _, scope in releases))
        }
        self.covers = np.array(sorted(signatures), np.bool_)  # (regions, releases)
        self.blocks: dict[Breakdown, int] = {}
        self.size = 0
        for table, _ in releases:
            if breakdown(table) not in self.blocks:
                self.blocks[breakdown(table)] = self.size
                self.size += table.values.size * len(self.covers)

    def unknowns(self, release: int) -> npt.NDArray[np.int64]:
        """Return the positions of a release's cells in its regions, (cells, its regions)."""
        table = self.releases[release][0]
        regions = np.flatnonzero(self.covers[:, release])
        start = self.blocks[breakdown(table)]
        cells = np.arange(table.values.size)
        return np.asarray(start + cells[:, None] * len(self.covers) + regions, np.int64)

    def exposed(self) -> list[npt.NDArray[np.int64]]:
        """Return the groups of the last release's cells that take part in an exposure."""
        questions = self._questions()
        agreement = self._agreement()
        alone = self._system(scipy.sparse.csr_array((0, self.size)))
        low, high = attack(alone, questions)
        system = self._system(agreement)
        if agreement.shape[0]:
            # Knowing more only raises the least: what is surely large stays so.
            unsure = np.flatnonzero(low < self.policy.threshold + 1 - TOLERANCE)
            low[unsure], high[unsure] = attack(system, scipy.sparse.csr_array(questions[unsure]))
        bad = np.flatnonzero(~safe(low, high, self.policy))
        part = components(system)
        of_question = [part[questions.indices[questions.indptr[i]]] for i in bad]
        own = part[self.unknowns(len(self.releases) - 1)[:, 0]]
        groups = [np.flatnonzero(own == c) for c in sorted(set(of_question))]
        return [group for group in groups if group.size]

    def _system(self, agreement: scipy.sparse.csr_array) -> System:
        rows: list[npt.NDArray[np.int64]] = []
        lows, highs = [], []
        for release, (table, _) in enumerate(self.releases):
            low, high = known(table.values, table.reasons, self.policy)
            rows += list(self.unknowns(release))
            lows.append(low.ravel())
            highs.append(high.ravel())
        published = _sums(rows, self.size)
        none = np.zeros(agreement.shape[0])
        whole = scipy.sparse.coo_array(_below(published, agreement)).tocsr()
        return System(
            scipy.sparse.csr_array(whole),
            np.concatenate([*lows, none]),
            np.concatenate([*highs, none]),
            np.zeros(self.size),
            np.full(self.size, np.inf),
        )

    def _agreement(self) -> scipy.sparse.csr_array:
        """Return the equations by which two breakdowns of the same region share their sums."""
        if len(self.blocks) < 2:
            return scipy.sparse.csr_array((0, self.size))
        (one, start), (two, other) = self.blocks.items()
        shared = [v for v in one if v in two]
        left, right = _margin(one, shared), _margin(two, shared)
        regions = len(self.covers)
        row, column, sign = [], [], []
        for region in range(regions):
            for margin, begin, value in ((left, start, 1.0), (right, other, -1.0)):
                row.append(margin * regions + region)
                column.append(begin + np.arange(margin.size) * regions + region)
                sign.append(np.full(margin.size, value))
        count = (int(left.max(initial=0)) + 1) * regions
        entries = (np.concatenate(sign), (np.concatenate(row), np.concatenate(column)))
        return scipy.sparse.csr_array(
            scipy.sparse.coo_array(entries, shape=(count, self.size)).tocsr()
        )

    def _questions(self) -> scipy.sparse.csr_array:
        """Ask of every region of every cell, and of every hidden cell, except impossible ones."""
        impossible = np.zeros(self.size, np.bool_)
        asked: list[npt.NDArray[np.int64]] = []
        for release, (table, _) in enumerate(self.releases):
            places = self.unknowns(release)
            impossible[places[(table.reasons == "structural").ravel()].ravel()] = True
            if places.shape[1] > 1:
                asked += list(places[(table.reasons == "small").ravel()])
        single = [np.array([i]) for i in np.flatnonzero(~impossible)]
        return _sums(asked + single, self.size)


def _sums(rows: Sequence[npt.NDArray[np.int64]], size: int) -> scipy.sparse.csr_array:
    """Return a 0/1 matrix with one row for each set of positions."""
    lengths = np.array([len(row) for row in rows], np.int64)
    indices = np.concatenate(rows) if rows else np.zeros(0, np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return scipy.sparse.csr_array((np.ones(indices.size), indices, starts), shape=(len(rows), size))


def _below(above: scipy.sparse.csr_array, under: scipy.sparse.csr_array) -> scipy.sparse.coo_array:
    top, bottom = above.tocoo(), under.tocoo()
    return scipy.sparse.coo_array(
        (
            np.concatenate([top.data, bottom.data]),
            (
                np.concatenate([top.row, bottom.row + above.shape[0]]),
                np.concatenate([top.col, bottom.col]),
            ),
        ),
        shape=(above.shape[0] + under.shape[0], above.shape[1]),
    )


def _margin(cut: Breakdown, shared: list[tuple[str, tuple[str, ...]]]) -> npt.NDArray[np.int64]:
    """Return for each flat cell the number of its margin over the shared variables."""
    shape = tuple(len(levels) for _, levels in cut)
    places = np.unravel_index(np.arange(int(np.prod(shape))), shape)
    code = np.zeros(int(np.prod(shape)), np.int64)
    for variable in shared:
        code = code * len(variable[1]) + places[cut.index(variable)]
    return code
