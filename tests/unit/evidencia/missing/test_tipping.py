from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from evidencia.missing import (
    Imputations,
    analyse_ancova,
    complete_case,
    impute_normal,
    tipping_point,
    tipping_point_of,
)

Make = Callable[..., Any]
DELTAS = np.linspace(-3, 3, 11)


@pytest.fixture(scope="module")
def data(make_trial: Make) -> Any:
    return make_trial(31, n=240, effect=-1.2, leaving=-1.0)


@pytest.fixture(scope="module")
def drawn(data: Any) -> Imputations:
    return impute_normal(data.y, data.arm, covariates=data.base, imputations=30, seed=1)


def tip(drawn: Imputations, data: Any, **change: Any) -> Any:
    call = {"control": "control", "treated": "programme", "deltas": DELTAS} | change
    return tipping_point(drawn, data.arm, covariates=data.base, **call)


@pytest.mark.parametrize("shift", ["treated", "control", "both"])
def test_the_shortcut_is_the_shift_made_by_hand(drawn: Imputations, data: Any, shift: str) -> None:
    moved = {
        "treated": data.arm == "programme",
        "control": data.arm == "control",
        "both": np.ones(240, dtype=bool),
    }[shift]

    found = tip(drawn, data, shift=shift)

    for delta, effect in zip(DELTAS, found.effects, strict=True):
        slow = analyse_ancova(
            drawn.shifted(delta, moved, [-1]), data.arm, control="control", covariates=data.base
        )["programme"].effect
        assert (effect.estimate, effect.se, effect.df, effect.p) == pytest.approx(
            (slow.estimate, slow.se, slow.df, slow.p), rel=1e-9
        )


def test_any_analysis_gives_the_same_tipping_point(drawn: Imputations, data: Any) -> None:
    def by_hand(completed: np.ndarray) -> tuple[float, float]:
        effect = complete_case(completed[:, -1], data.arm, control="control", covariates=data.base)[
            "programme"
        ]
        return effect.estimate, (effect.se or 0) ** 2

    quick = tip(drawn, data, deltas=[0, 1, 2, 3])
    slow = tipping_point_of(
        drawn,
        by_hand,
        deltas=[0, 1, 2, 3],
        rows=data.arm == "programme",
        df_complete=237,
        n_units=240,
        n_obs=1,
    )

    assert quick.tipping is not None
    assert slow.tipping == pytest.approx(quick.tipping, abs=1e-5)


def test_the_conclusion_changes_exactly_there(drawn: Imputations, data: Any) -> None:
    found = tip(drawn, data)
    assert found.tipping is not None

    below, above = tip(drawn, data, deltas=[found.tipping - 1e-4, found.tipping + 1e-4]).effects

    assert found.significant_at_zero
    assert below.p < 0.05 < above.p
    assert [note.code for note in found.notes] == ["missing.tipping"]


def test_the_grid_does_not_decide_where_it_tips(drawn: Imputations, data: Any) -> None:
    coarse, fine = tip(drawn, data), tip(drawn, data, deltas=np.linspace(-3, 3, 61))

    assert coarse.tipping == pytest.approx(fine.tipping, abs=1e-5)


def test_a_conclusion_that_holds_is_said_to_hold(drawn: Imputations, data: Any) -> None:
    found = tip(drawn, data, deltas=[-0.01, 0, 0.01])

    assert found.tipping is None
    assert [note.code for note in found.notes] == ["missing.no_tipping"]


def test_zero_need_not_be_on_the_grid(drawn: Imputations, data: Any) -> None:
    found = tip(drawn, data, deltas=[1.0, 3.0])

    assert found.deltas.tolist() == [1.0, 3.0]
    assert len(found.effects) == 2
    assert found.significant_at_zero


def test_where_nothing_was_imputed_nothing_moves(data: Any) -> None:
    whole = impute_normal(data.whole, data.arm, imputations=3, seed=1)

    found = tip(whole, data)

    assert len({effect.estimate for effect in found.effects}) == 1
    assert [note.code for note in found.notes] == ["missing.nothing_to_shift"]


def test_units_scale_the_tipping_point(drawn: Imputations, data: Any) -> None:
    tens = Imputations(drawn.completed * 10, drawn.imputed, drawn.method)

    assert tip(tens, data, deltas=DELTAS * 10).tipping == pytest.approx(
        10 * tip(drawn, data).tipping, rel=1e-4
    )


def test_a_shift_that_also_moves_what_was_seen_would_be_noticed(
    drawn: Imputations, data: Any
) -> None:
    """The defect: the delta reaches the observed values of the arm."""
    everything = Imputations(drawn.completed, np.ones_like(drawn.imputed), "wrong")

    wrong, right = tip(everything, data), tip(drawn, data)

    assert abs(wrong.effects[-1].estimate - right.effects[-1].estimate) > 0.5


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"treated": "control"}, "same arm"),
        ({"shift": "nobody"}, "treated, control or both"),
        ({"deltas": [np.nan]}, "finite"),
        ({"deltas": []}, "finite"),
    ],
)
def test_mistakes_are_named(
    drawn: Imputations, data: Any, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        tip(drawn, data, **change)
