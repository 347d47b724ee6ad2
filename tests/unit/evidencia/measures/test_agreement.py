"""Agreement and misreporting: small tables by hand, invariants, edges.

ROUNDING: closed formulas on small counts.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.measures import agreement, misreport_grid, rogan_gladen, two_informant_grid

ROUNDING = 1e-9
CELLS = st.tuples(*[st.integers(0, 12)] * 4)


def spread(a: int, b: int, c: int, d: int) -> tuple[list[str], list[str]]:
    """Pairs of a table: a both yes, b only the first, c only the second, d both no."""
    first = ["yes"] * (a + b) + ["no"] * (c + d)
    return first, ["yes"] * a + ["no"] * b + ["yes"] * c + ["no"] * d


def codes(notes: object) -> set[str]:
    return {note.code for note in notes}  # type: ignore[attr-defined]


def code_of(call: object, *args: object, **more: object) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **more)  # type: ignore[operator]
    return refusal.value.note.code


def test_a_table_worked_by_hand() -> None:
    """Byrt, Bishop & Carlin (1993): κ, PABAK, prevalence and bias index from four cells."""
    found = agreement(*spread(40, 9, 6, 45))

    assert found.observed.estimate == pytest.approx(0.85)
    assert found.kappa is not None
    chance = 0.49 * 0.46 + 0.51 * 0.54
    assert found.kappa.estimate == pytest.approx((0.85 - chance) / (1 - chance))
    assert found.pabak.estimate == pytest.approx(0.70)
    assert (found.prevalence_index, found.bias_index) == pytest.approx((-0.05, 0.03))
    assert found.positive_agreement is not None
    assert found.positive_agreement.estimate == pytest.approx(80 / 95)
    assert found.negative_agreement is not None
    assert found.negative_agreement.estimate == pytest.approx(90 / 105)


def test_kappa_is_pabak_when_there_is_neither_prevalence_nor_bias() -> None:
    found = agreement(*spread(30, 10, 10, 30))

    assert found.kappa is not None
    assert found.kappa.estimate == pytest.approx(found.pabak.estimate)


def test_a_rare_answer_makes_kappa_low_and_a_note_says_why() -> None:
    found = agreement(*spread(2, 4, 4, 90))

    assert "measures.kappa_paradox" in codes(found.notes)
    assert "measures.kappa_paradox" not in codes(agreement(*spread(40, 9, 6, 45)).notes)


@settings(max_examples=200, deadline=None)
@given(CELLS)
def test_agreement_never_returns_nan_and_stays_in_its_limits(
    cells: tuple[int, int, int, int],
) -> None:
    try:
        found = agreement(*spread(*cells), categories=["no", "yes"])
    except Refusal:
        assert sum(cells) == 0
        return
    for effect in (found.observed, found.kappa, found.pabak, found.positive_agreement):
        if effect is not None:
            assert -1 <= effect.ci_low <= effect.estimate + ROUNDING
            assert effect.estimate - ROUNDING <= effect.ci_high <= 1


@settings(max_examples=100, deadline=None)
@given(CELLS)
def test_swapping_the_informants_turns_only_the_bias_and_names_turn_yes_and_no(
    cells: tuple[int, int, int, int],
) -> None:
    if not sum(cells):
        return
    first, second = spread(*cells)
    found = agreement(first, second, categories=["no", "yes"])
    swapped = agreement(second, first, categories=["no", "yes"])
    renamed = agreement(first, second, categories=["no", "yes"], positive="no")

    assert swapped.bias_index == pytest.approx(-(found.bias_index or 0.0))
    assert (swapped.kappa is None) == (found.kappa is None)
    if found.kappa is not None and swapped.kappa is not None:
        assert swapped.kappa.estimate == pytest.approx(found.kappa.estimate, abs=ROUNDING)
        assert swapped.kappa.se == pytest.approx(found.kappa.se, abs=1e-6)
    assert renamed.positive_agreement == found.negative_agreement


def test_the_error_of_kappa_is_the_spread_of_kappa_over_many_samples() -> None:
    """4,000 samples of 200 pairs; the relative Monte-Carlo error of a spread is 1.1 %."""
    rng = np.random.default_rng(1)
    cells = rng.multinomial(200, [0.3, 0.1, 0.15, 0.45], size=4000)
    p = cells / 200
    chance = (p[:, 0] + p[:, 1]) * (p[:, 0] + p[:, 2]) + (p[:, 2] + p[:, 3]) * (p[:, 1] + p[:, 3])
    kappa = (p[:, 0] + p[:, 3] - chance) / (1 - chance)
    found = agreement(*spread(60, 20, 30, 90)).kappa

    assert found is not None
    assert found.se == pytest.approx(kappa.std(), rel=0.04)


def test_full_agreement_still_has_an_interval() -> None:
    found = agreement(*spread(5, 0, 0, 7)).kappa

    assert found is not None
    assert (found.estimate, found.se, found.ci_high) == (1.0, None, 1.0)
    assert 0.3 < found.ci_low < 0.7
    assert codes(found.notes) == {"measures.kappa_at_the_edge"}


def test_one_answer_to_everything_has_no_kappa() -> None:
    found = agreement(["no"] * 9, ["no"] * 9, categories=["no", "yes"])

    assert found.kappa is None
    assert found.positive_agreement is None
    assert "measures.one_answer" in codes(found.notes)
    assert code_of(agreement, ["no"] * 9, ["no"] * 9) == "measures.one_category"


def test_unanswered_pairs_are_counted_and_left_out() -> None:
    found = agreement([1, None, 0, 1, np.nan], [1, 0, 0, None, 1])

    assert (found.n, found.n_missing) == (2, 3)
    assert code_of(agreement, [None, 1], [1, None]) == "measures.no_pairs"


def test_weights_forgive_near_misses() -> None:
    first, second = [0, 1, 2, 3] * 10, [0, 1, 2, 2] * 10
    found = agreement(first, second, categories=[0, 1, 2, 3], weights="quadratic")

    assert found.kappa is not None
    assert found.weighted_kappa is not None
    assert found.weighted_kappa.estimate > found.kappa.estimate


def test_an_answer_outside_the_categories_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="not among the categories"):
        agreement(["yes"], ["maybe"], categories=["no", "yes"])


# Misreporting.


@settings(max_examples=100, deadline=None)
@given(st.floats(0.05, 0.9), st.floats(0.3, 1.0), st.floats(0.8, 1.0))
def test_the_correction_undoes_the_misreporting(
    prevalence: float, sensitivity: float, specificity: float
) -> None:
    n = 10**9
    reported = prevalence * sensitivity + (1 - prevalence) * (1 - specificity)
    found = rogan_gladen(round(reported * n), n, sensitivity, specificity)

    assert found.prevalence == pytest.approx(prevalence, abs=1e-6)


def test_answers_that_exclude_the_assumption_say_so() -> None:
    few = rogan_gladen(0, 500, 0.8, 0.8)
    edge = rogan_gladen(18, 100, 0.8, 0.8)

    assert (few.prevalence, few.compatible) == (None, False)
    assert edge.prevalence == 0.0
    assert "measures.clipped" in codes(edge.notes)
    assert code_of(rogan_gladen, 3, 10, 0.5, 0.5) == "measures.says_nothing"


def test_the_grid_says_when_hiding_can_turn_the_difference_round() -> None:
    """Men of the programme say 15 %, the others 30 %: enough if they hide twice as much."""
    free = misreport_grid(15, 100, 30, 100)
    together = misreport_grid(15, 100, 30, 100, differential=False)

    assert free.sign_changes
    assert "measures.sign_changes" in codes(free.notes)
    assert not together.sign_changes
    assert together.highest is not None
    assert together.highest < 0
    assert not hasattr(free, "estimate")
    assert "measures.not_identified" in codes(together.notes)


def test_with_nothing_hidden_the_grid_is_newcombe_s_interval() -> None:
    """Newcombe (1998), example (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339."""
    (row,) = misreport_grid(56, 70, 48, 80, sensitivities=[1.0], specificities=[1.0]).rows

    assert (row.ci_low, row.ci_high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_two_informants_who_never_invent_are_capture_and_recapture() -> None:
    table = [[60, 10], [20, 10]]
    grid = two_informant_grid(table, specificities_first=[1.0], specificities_second=[1.0])

    assert grid.rows[0].prevalence == pytest.approx(0.3 * 0.2 / 0.1)
    assert grid.rows[0].sensitivity_first == pytest.approx(10 / 20)
    assert grid.rows[0].sensitivity_second == pytest.approx(10 / 30)


@pytest.mark.parametrize("rates", list(product([0.3, 0.7], [0.6, 0.9], [0.95, 1.0])))
def test_the_truth_is_always_in_the_grid_when_its_specificities_are(
    rates: tuple[float, float, float],
) -> None:
    one, two, specificity = rates
    prevalence, f, n = 0.4, 1 - specificity, 10**8
    both = prevalence * one * two + (1 - prevalence) * f * f
    first = prevalence * one + (1 - prevalence) * f
    second = prevalence * two + (1 - prevalence) * f
    cells = np.array([[1 - first - second + both, second - both], [first - both, both]])
    grid = two_informant_grid(np.rint(cells * n))
    mine = [
        row for row in grid.rows
        if (row.specificity_first, row.specificity_second) == (specificity, specificity)
    ]  # fmt: skip

    assert mine[0].prevalence == pytest.approx(prevalence, abs=1e-5)
    assert mine[0].sensitivity_first == pytest.approx(one, abs=1e-5)
    assert grid.lowest is not None
    assert grid.lowest <= prevalence + 1e-5


def test_two_informants_do_not_identify_their_error_rates() -> None:
    """The same answers under two assumptions: both fit, and prevalence differs."""
    grid = two_informant_grid([[700, 60], [100, 140]])

    assert grid.lowest is not None
    assert grid.highest is not None
    assert grid.highest - grid.lowest > 0.05
    assert codes(grid.notes) >= {"measures.not_identified", "measures.independent_errors"}


def test_two_informants_who_never_coincide_fit_no_assumption() -> None:
    grid = two_informant_grid([[50, 25], [25, 0]])

    assert (grid.lowest, grid.highest) == (None, None)
    assert "measures.contradicted" in codes(grid.notes)
