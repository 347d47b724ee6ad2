"""The two attackers of the rules: linear programming within a table, differencing between two.

The controls publish what the rules forbid and must be broken, or these tests prove nothing.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array

from evidencia import Refusal
from evidencia.disclosure import PUBLIC, Ledger, Released, Scope, System, Table, attack, protect
from evidencia.disclosure.complement import margins

Counts = npt.NDArray[np.int64]
TABLES = 60
MANY = 2_000


def a_table(counts: Counts, **more: object) -> Table:
    levels = tuple(tuple(f"{axis}{i}" for i in range(n)) for axis, n in enumerate(counts.shape))
    variables = ("site", "type")[: counts.ndim]
    return Table("men", variables, levels, counts, **more)  # type: ignore[arg-type]


def counts_of_a_small_organisation(rng: np.random.Generator, shape: tuple[int, ...]) -> Counts:
    return rng.negative_binomial(1.2, 0.07, shape).astype(np.int64)


def deduced(counts: Counts, out: Released, *, totals: bool, exact: bool = False) -> np.ndarray:
    """Bounds of every cell for an attacker with the published table, and perhaps the totals."""
    n = counts.size
    low = np.where(out.hidden, 0, counts if exact else out.values - PUBLIC.half).ravel()
    high = np.where(out.hidden, np.inf, counts if exact else out.values + PUBLIC.half).ravel()
    sums = margins(counts.shape) if totals else csr_array((0, n))
    known = sums @ counts.ravel().astype(float)
    system = System(sums, known, known, low.astype(float), high)
    return np.column_stack(attack(system, csr_array(np.eye(n))))


def too_tight(counts: Counts, bounds: np.ndarray) -> npt.NDArray[np.bool_]:
    small = counts.ravel() <= PUBLIC.threshold
    return small & ((bounds[:, 0] > 1e-4) | (bounds[:, 1] < PUBLIC.threshold - 1e-4))


def exposed_and_broken(tables: int) -> tuple[int, float]:
    """Tables exposed under the rules, and the share broken where margins are exact instead."""
    rng = np.random.default_rng(2026)
    exposed = broken = tried = 0
    for _ in range(tables):
        counts = counts_of_a_small_organisation(rng, (3, 4))
        out = protect(a_table(counts))
        exposed += bool(too_tight(counts, deduced(counts, out, totals=False)).any())
        if out.hidden.any():
            control = deduced(counts, out, totals=True, exact=True)
            tried += 1
            broken += bool(too_tight(counts, control).any())
    return exposed, broken / tried


@pytest.mark.thorough
@pytest.mark.parametrize("tables", [TABLES, pytest.param(MANY, marks=pytest.mark.deep)])
def test_the_linear_programming_attacker_bounds_no_small_cell_but_breaks_the_control(
    tables: int,
) -> None:
    exposed, broken = exposed_and_broken(tables)

    assert exposed == 0
    assert broken > 0.9


@pytest.mark.parametrize(
    "shape",
    [(5,), (1, 5), *(pytest.param(s, marks=pytest.mark.thorough) for s in ((3, 4), (2, 6)))],
)
def test_known_totals_do_not_give_away_a_small_cell_after_complements(
    shape: tuple[int, ...],
) -> None:
    rng = np.random.default_rng(7)

    for _ in range(12):
        counts = counts_of_a_small_organisation(rng, shape)
        out = protect(a_table(counts, totals_known=True))
        found = deduced(counts, out, totals=True)
        nothing = Released(
            *(getattr(out, name) for name in ("name", "variables", "levels", "values")),
            np.ones(shape, np.bool_),
            out.reasons,
            out.low,
            out.high,
            (),
        )
        widest = deduced(counts, nothing, totals=True)
        small = counts.ravel() <= PUBLIC.threshold
        assert (found[small, 0] <= np.maximum(widest[small, 0], 0) + 1e-4).all()
        wanted = np.minimum(widest[small, 1], PUBLIC.threshold)
        assert (found[small, 1] >= wanted - 1e-4).all()


def test_without_complements_known_totals_do_give_it_away() -> None:
    counts = np.array([[3, 40, 30], [25, 30, 41], [50, 33, 20]], np.int64)
    careless = protect(a_table(counts))
    careful = protect(a_table(counts, totals_known=True))

    assert too_tight(counts, deduced(counts, careless, totals=True, exact=True)).any()
    assert not too_tight(counts, deduced(counts, careful, totals=True)).any()


def test_the_attacker_finds_what_trying_every_table_finds() -> None:
    counts = np.array([[2, 5], [4, 1]], np.int64)
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    worlds = [
        world
        for cells in product(range(8), repeat=4)
        if ((world := np.array(cells).reshape(2, 2)).sum(axis=1) == rows).all()
        and (world.sum(axis=0) == columns).all()
    ]
    known = margins((2, 2)) @ counts.ravel().astype(float)
    system = System(margins((2, 2)), known, known, np.zeros(4), np.full(4, np.inf))

    low, high = attack(system, csr_array(np.eye(4)))

    assert low.tolist() == np.min(worlds, axis=0).ravel().tolist()
    assert high.tolist() == np.max(worlds, axis=0).ravel().tolist()


def test_what_nothing_bounds_is_unbounded_and_contradictions_are_an_error() -> None:
    free = System(csr_array((0, 1)), np.zeros(0), np.zeros(0), np.zeros(1), np.full(1, np.inf))
    one = csr_array(np.ones((1, 1)))
    broken = System(one, np.array([5.0]), np.array([5.0]), np.zeros(1), np.ones(1))

    assert attack(free, one) == (0.0, np.inf)
    with pytest.raises(ValueError, match="No counts agree"):
        attack(broken, one)


# Between releases ---------------------------------------------------------------------------


def scope(*periods: str, places: str = "n") -> Scope:
    return Scope(frozenset(periods), frozenset(places))


def difference(year: Released, part: Released) -> tuple[np.ndarray, np.ndarray]:
    low = np.maximum(year.low - part.high, 0)
    return low, year.high - part.low


@given(st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_the_differencing_attacker_learns_of_no_small_group(first: int, more: int) -> None:
    ledger = Ledger()
    quarter = ledger.release(a_table(np.array([first])), scope("2026-Q1"))
    half = ledger.release(a_table(np.array([first + more])), scope("2026-Q1", "2026-Q2"))

    low, high = difference(half, quarter)
    assert low[0] >= 8 or (low[0] <= 0 and high[0] >= 7)
    assert low[0] <= more <= high[0]


def test_without_the_ledger_the_differencing_attacker_does() -> None:
    part, whole = protect(a_table(np.array([30]))), protect(a_table(np.array([32])))

    assert difference(whole, part)[1][0] < 7


def test_the_year_without_its_first_three_quarters_does_not_give_the_fourth() -> None:
    ledger = Ledger()
    ledger.release(a_table(np.array([150])), scope("2026-Q1", "2026-Q2", "2026-Q3"))
    year = ledger.release(a_table(np.array([152])), scope("2026"))

    assert year.reasons.tolist() == ["differencing"]
    assert "disclosure.differencing" in [note.code for note in year.notes]


def test_all_sites_without_all_but_one_do_not_give_the_one() -> None:
    ledger = Ledger()
    ledger.release(a_table(np.array([90])), scope("2026", places="ns"))
    everywhere = ledger.release(a_table(np.array([95])), scope("2026", places="nsw"))

    assert everywhere.hidden.all()


def test_separate_quarters_hide_nothing_from_each_other() -> None:
    ledger = Ledger()
    for quarter in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"):
        assert ledger.release(a_table(np.array([50, 9])), scope(quarter)).total == 60


def test_tables_by_other_variables_do_not_give_a_hidden_cell() -> None:
    """By type 22, 32 and 7 hidden; by age 28 and 33: their sums would leave only 7."""
    by_type = a_table(np.array([[22, 32, 7]], np.int64))
    by_age = Table("men", ("site", "age"), (("00",), ("young", "old")), np.array([[28, 33]]))
    ledger = Ledger()
    first = ledger.release(by_type, scope("2026-Q1"))
    second = ledger.release(by_age, scope("2026-Q1"))

    total = second.low.sum(), second.high.sum()
    least = total[0] - first.high[0, :2].sum()
    assert protect(by_age).low.sum() - first.high[0, :2].sum() == 7  # what it would have said
    assert least <= 0


def test_a_release_never_changes() -> None:
    ledger = Ledger()
    first = ledger.release(a_table(np.array([30])), scope("2026-Q1"))
    again = ledger.release(a_table(np.array([39])), scope("2026-Q1"))

    assert again.values.tolist() == first.values.tolist() == [30]
    assert again.notes[-1].code == "disclosure.already_released"
    assert len(ledger.entries) == 1


def test_survivors_indicators_have_no_months_and_nobody_has_dates_of_their_own() -> None:
    ledger = Ledger()

    with pytest.raises(Refusal, match="“2026-07-03” is not a period"):
        ledger.release(a_table(np.array([30])), scope("2026-07-03"))
    with pytest.raises(Refusal, match="What women say"):
        ledger.release(a_table(np.array([30])), scope("2026-07"), survivor=True)


def test_the_ledger_is_read_again_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "releases.jsonl"
    ledger = Ledger(path)
    ledger.release(a_table(np.array([30, 2])), scope("2026-Q1"))
    ledger.release(a_table(np.array([33, 9])), scope("2026-Q1", "2026-Q2"))

    again = Ledger(path)

    assert again.verify()
    assert [e.digest for e in again.entries] == [e.digest for e in ledger.entries]
    assert b'"30"' not in path.read_bytes()


def test_a_ledger_that_somebody_edited_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "releases.jsonl"
    Ledger(path).release(a_table(np.array([30])), scope("2026-Q1"))
    path.write_text(path.read_text().replace("[30]", "[35]"))

    with pytest.raises(Refusal, match="line 1"):
        Ledger(path)


# An attacker of its own making: every person of every kind is an unknown, none of our code ------

VARIABLES = {"type": ("p", "q", "r"), "age": ("young", "old"), "site": ("n", "s")}
CROSSINGS = {
    "one": [("type",)],
    "two": [("type",), ("age",)],
    "crossed": [("type", "age"), ("age", "site")],
    "chain": [("type", "age"), ("age", "site"), ("type",), ("site",)],
}
SCOPES = [(0,), (1,), (0, 1)]
QUARTERS = ("2026-Q1", "2026-Q2")


def places(cut: tuple[str, ...], cell: tuple[int, ...], quarters: tuple[int, ...]) -> np.ndarray:
    """The unknowns (type, age, site, quarter) that a cell of a table adds up, as a 0/1 row."""
    row = np.zeros((3, 2, 2, 2))
    where: list[object] = [slice(None)] * 3
    for variable, level in zip(cut, cell, strict=True):
        where[list(VARIABLES).index(variable)] = level
    row[(*where, list(quarters))] = 1
    return row.ravel()


def cells_known_too_well(crossings: list[tuple[str, ...]], seed: int, *, ledger: bool) -> int:
    rng = np.random.default_rng(seed)
    people = rng.negative_binomial(1.2, rng.choice([0.07, 0.15]), (3, 2, 2, 2)).astype(np.int64)
    kept = Ledger()
    rows, lows, highs, asked = [], [], [], []
    order = [(cut, quarters) for cut in crossings for quarters in SCOPES]
    for i in rng.permutation(len(order))[:5]:
        cut, quarters = order[i]
        others = tuple(a for a, v in enumerate(VARIABLES) if v not in cut)
        counts = people[..., list(quarters)].sum(axis=3).sum(axis=others)
        table = Table("men", cut, tuple(VARIABLES[v] for v in cut), counts)
        when = scope(*(QUARTERS[q] for q in quarters))
        out = kept.release(table, when) if ledger else protect(table)
        for cell in np.ndindex(counts.shape):
            rows.append(places(cut, cell, quarters))
            lows.append(out.low[cell])
            highs.append(out.high[cell])
            asked += [places(cut, cell, (q,)) for q in quarters]
    known, top = np.array(rows), np.minimum(highs, 1e6)
    bad = 0
    for question in np.unique(np.array(asked), axis=0):
        if question @ people.ravel() <= PUBLIC.threshold:
            least, most = (
                linprog(
                    sign * question,
                    A_ub=np.vstack([known, -known]),
                    b_ub=np.concatenate([top, -np.array(lows)]),
                    bounds=(0, 1e6),
                ).fun
                for sign in (1, -1)
            )
            bad += least > 1e-4 or -most < PUBLIC.threshold - 1e-4
    return int(bad)


@pytest.mark.parametrize("crossings", CROSSINGS)
def test_whoever_holds_every_release_knows_no_small_group_too_well(crossings: str) -> None:
    for seed in range(3):
        assert cells_known_too_well(CROSSINGS[crossings], seed, ledger=True) == 0


def test_without_the_ledger_whoever_holds_every_release_does() -> None:
    bad = [cells_known_too_well(CROSSINGS["crossed"], seed, ledger=False) for seed in range(5)]

    assert sum(bad) > 0
