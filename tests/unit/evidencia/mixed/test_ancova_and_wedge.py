from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.mixed import ancova, lmm, stepped_wedge


def people(n: int = 30, seed: int = 1) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    arm = np.array(["wait", "programme"])[rng.permutation(np.arange(n) % 2)]
    base = rng.normal(20, 5, n)
    y = 5 + 0.6 * base - 2 * (arm == "programme") + rng.normal(0, 2, n)
    return {"outcome": y, "arm": arm, "baseline": base}


def test_two_arms_without_covariates_are_students_t() -> None:
    data = people()
    one, other = (data["outcome"][data["arm"] == a] for a in ("programme", "wait"))
    effect = ancova(data["outcome"], data["arm"], control="wait").contrast("programme")
    pooled = (one.var(ddof=1) * (len(one) - 1) + other.var(ddof=1) * (len(other) - 1)) / 28

    assert effect.estimate == pytest.approx(one.mean() - other.mean())
    assert effect.se == pytest.approx(np.sqrt(pooled * (1 / len(one) + 1 / len(other))))
    assert effect.df == 28


def test_hc3_is_the_jackknife_but_for_its_factor() -> None:
    """HC3 is Σ (β̂₍ᵢ₎ − β̂)², the changes when each person leaves, by brute force."""
    data = people(16)
    fit = ancova(**data, control="wait", hc3=True)  # type: ignore[arg-type]
    whole = fit.contrast("programme")
    moved = []
    for i in range(16):
        rest = {name: np.delete(values, i) for name, values in data.items()}
        estimate = ancova(**rest, control="wait").contrast("programme").estimate  # type: ignore[arg-type]
        moved.append(estimate - whole.estimate)

    assert whole.se == pytest.approx(np.sqrt(np.sum(np.square(moved))))
    plain = ancova(**data, control="wait").contrast("programme")  # type: ignore[arg-type]
    assert whole.se != pytest.approx(plain.se, rel=1e-3)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-500, 500), st.booleans())
def test_order_and_units_do_not_matter(seed: int, factor: float, shift: float, hc3: bool) -> None:
    data = people(seed=seed)
    one = ancova(**data, control="wait", hc3=hc3).contrast("programme")  # type: ignore[arg-type]
    order = np.random.default_rng(seed).permutation(30)
    turned = {name: values[order] for name, values in data.items()}
    turned["outcome"] = turned["outcome"] * factor + shift
    turned["baseline"] = 1000 - turned["baseline"] / 7
    again = ancova(**turned, control="wait", hc3=hc3).contrast("programme")  # type: ignore[arg-type]

    assert again.estimate == pytest.approx(one.estimate * factor, rel=1e-7, abs=1e-8 * factor)
    assert again.se == pytest.approx(one.se * factor, rel=1e-7)  # type: ignore[operator]


def test_weights_of_whole_numbers_are_copies() -> None:
    data = people()
    weights = np.where(np.arange(30) % 3 == 0, 2.0, 1.0)
    heavy = ancova(**data, control="wait", weights=weights).contrast("programme")  # type: ignore[arg-type]
    copied = {name: np.repeat(values, weights.astype(int)) for name, values in data.items()}

    copies = ancova(**copied, control="wait").contrast("programme")  # type: ignore[arg-type]
    assert heavy.estimate == pytest.approx(copies.estimate)


def refused(**given_: object) -> str:
    with pytest.raises(Refusal) as caught:
        ancova(**{"control": "wait", **given_}).contrast("programme")  # type: ignore[arg-type]
    return caught.value.note.code


def test_edges_of_the_analysis_of_covariance() -> None:
    data = people()
    assert refused(**{name: values[:4] for name, values in data.items()}) == (
        "mixed.too_few_people"
    )
    assert refused(**{**data, "outcome": np.full(30, 3.0)}) == "mixed.no_variance"
    assert refused(**{**data, "outcome": data["baseline"] * 2}) == "mixed.no_variance"
    assert refused(**{**data, "arm": np.full(30, "programme"), "control": None}) == "mixed.one_arm"
    assert refused(**data, control="nobody") == "mixed.no_such_arm"
    assert refused(**data, covariates=(data["arm"] == "wait") * 1.0) == "mixed.not_estimable"
    many = np.random.default_rng(0).normal(size=(30, 40))
    assert refused(**data, covariates=many) == "mixed.too_many_columns"


def test_who_is_left_out_is_counted_and_clusters_too() -> None:
    data = people()
    data["outcome"][0], data["baseline"][1] = np.nan, np.nan
    fit = ancova(**data, control="wait", clusters=np.arange(30) // 5)  # type: ignore[arg-type]

    assert [note.code for note in fit.notes] == [
        "mixed.people_without_answer",
        "mixed.people_without_covariate",
    ]
    assert (fit.n_units, fit.contrast("programme").n_clusters) == (28, 6)
    assert fit.mean("wait").estimate < fit.mean("programme").estimate + 10


def test_a_person_who_sets_an_effect_alone_has_no_robust_error() -> None:
    data = people()
    alone = (np.arange(30) == 0).astype(float)
    fit = ancova(**data, control="wait", covariates=alone, hc3=True)  # type: ignore[arg-type]

    assert not fit.hc3
    assert [note.code for note in fit.notes] == ["mixed.high_leverage"]


class Wedge:
    """Six clusters, four periods, two clusters cross at each step."""

    def __init__(self, seed: int = 3, people: int = 5) -> None:
        rng = np.random.default_rng(seed)
        cluster, period, unit = np.meshgrid(range(6), range(4), range(people), indexing="ij")
        self.cluster, self.period = cluster.ravel(), period.ravel()
        self.unit = self.cluster * 100 + unit.ravel()
        self.treated = (self.period > self.cluster // 2).astype(float)
        own = rng.normal(0, 1.5, 6)[self.cluster]
        person = rng.normal(0, 1, 600)[self.unit]
        noise = rng.normal(0, 2, self.cluster.size)
        self.y = 10 - 0.7 * self.period - 1.0 * self.treated + own + person + noise


def test_the_wedge_is_the_mixed_model_with_periods() -> None:
    w = Wedge()
    result = stepped_wedge(w.y, w.cluster, w.period, w.treated)
    x = np.column_stack((*(w.period == p for p in range(4)), w.treated)).astype(float)
    same = lmm(w.y, x, [w.cluster]).coefficient(4)

    assert result.effect.estimate == pytest.approx(same.estimate)
    assert (result.effect.se, result.effect.df) == pytest.approx((same.se, same.df))
    assert (result.effect.n_units, result.effect.n_clusters) == (120, 6)
    assert result.periods == ("0", "1", "2", "3")
    assert result.cac is None
    shared = result.variances["cluster"]
    assert result.icc == pytest.approx(shared / (shared + result.variances["residual"]))
    assert "mixed.wedge_model" in {note.code for note in result.notes}


def test_forgetting_the_periods_would_be_noticed() -> None:
    """The outcome falls for all with time; without periods that fall is the programme's."""
    w = Wedge(people=40)
    with_periods = stepped_wedge(w.y, w.cluster, w.period, w.treated).effect
    x = np.column_stack((np.ones(w.y.size), w.treated))
    without = lmm(w.y, x, [w.cluster]).coefficient(1)

    assert with_periods.ci_low < -1.0 < with_periods.ci_high
    assert without.estimate < with_periods.ci_low


def test_a_cohort_adds_an_intercept_per_person() -> None:
    w = Wedge()
    result = stepped_wedge(w.y, w.cluster, w.period, w.treated, unit=w.unit)

    assert set(result.variances) == {"unit", "cluster", "residual"}
    assert result.effect.n_units == 30


def test_nested_exchangeable_gives_the_cluster_autocorrelation() -> None:
    w = Wedge()
    result = stepped_wedge(w.y, w.cluster, w.period, w.treated, correlation="nested_exchangeable")

    assert set(result.variances) == {"cluster_period", "cluster", "residual"}
    assert result.cac is not None
    assert 0.0 <= result.cac <= 1.0


def test_people_asked_again_and_periods_of_their_own_go_together() -> None:
    w = Wedge()
    both = {"unit": w.unit, "correlation": "nested_exchangeable"}
    result = stepped_wedge(w.y, w.cluster, w.period, w.treated, **both)  # type: ignore[arg-type]

    assert set(result.variances) == {"unit", "cluster_period", "cluster", "residual"}
    assert (result.effect.n_units, result.effect.n_clusters) == (30, 6)
    assert result.fit.n_groups == (30, 24, 6)


def test_nobody_asked_twice_leaves_no_effect_of_a_person() -> None:
    w = Wedge()
    alone = np.arange(w.y.size)
    with_people = stepped_wedge(
        w.y, w.cluster, w.period, w.treated, unit=alone, correlation="nested_exchangeable"
    )
    without = stepped_wedge(w.y, w.cluster, w.period, w.treated, correlation="nested_exchangeable")

    assert with_people.effect.estimate == pytest.approx(without.effect.estimate)
    assert with_people.effect.se == pytest.approx(without.effect.se)


def test_what_a_period_shares_widens_the_interval_where_there_is_any() -> None:
    """Each cluster has its own weather in each period; a model without it is too sure."""
    w = Wedge(people=20)
    shaken = w.y + np.random.default_rng(8).normal(0, 1.5, (6, 4))[w.cluster, w.period]
    said = {
        name: stepped_wedge(
            shaken,
            w.cluster,
            w.period,
            w.treated,
            unit=w.unit,
            correlation=name,  # type: ignore[arg-type]
        ).effect
        for name in ("exchangeable", "nested_exchangeable")
    }
    assert said["nested_exchangeable"].se > 2 * said["exchangeable"].se
    assert (said["nested_exchangeable"].df or 0) < 24 < (said["exchangeable"].df or 0)


def test_periods_are_ordered_as_numbers() -> None:
    w = Wedge()
    names = np.array(["9", "10", "11", "100"])[w.period]
    result = stepped_wedge(w.y, w.cluster, names, w.treated)

    assert result.periods == ("9", "10", "11", "100")


def wedge_refused(w: Wedge, **options: object) -> str:
    with pytest.raises(Refusal) as caught:
        stepped_wedge(w.y, w.cluster, w.period, w.treated, **options)  # type: ignore[arg-type]
    return caught.value.note.code


def test_edges_of_the_stepped_wedge() -> None:
    w = Wedge()
    w.treated = (w.period > 1).astype(float)  # All cross at once: it is the period.
    assert wedge_refused(w) == "mixed.not_estimable"
    w = Wedge()
    w.cluster = np.zeros_like(w.cluster)
    assert wedge_refused(w) == "mixed.one_group"
    w = Wedge()
    w.period = np.zeros_like(w.period)
    assert wedge_refused(w) == "mixed.one_period"
    with pytest.raises(ValueError, match="correlation is"):
        stepped_wedge(w.y, w.cluster, w.period, w.treated, correlation="ar1")  # type: ignore[arg-type]
