"""Pooled packets against the rows behind them.

SAME: the sums are added in another order than the rows, and the search ends within 1e-10 of the
likelihood's optimum on both sides.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.mixed import lmm, mmrm
from evidencia.pooling import Packet, PooledDesign, apply_rule, make_packet, pooled_lmm, pooled_mmrm

SAME = 1e-8
DESIGN = PooledDesign(
    outcome="control, women's report",
    waves=("T1", "T2", "T3", "T4"),
    arms=("wait", "programme"),
    baseline=True,
    covariates=("years together",),
    centre=20.0,
)
SIZES = {"Casa Norte": 60, "Casa Sur": 90, "Centro": 45}


class Rows:
    """Rows of three organisations, with people who leave and people who miss a visit."""

    def __init__(self, seed: int = 3, sizes: dict[str, int] = SIZES) -> None:
        rng = np.random.default_rng(seed)
        self.home = np.repeat(list(sizes), list(sizes.values()))
        n = len(self.home)
        self.arm = rng.choice(["wait", "programme"], n)
        self.base = rng.normal(24, 6, n)
        self.years = rng.integers(0, 30, n).astype(float)
        person = rng.normal(0, 4, n)
        self.y = 12 + 0.4 * self.base[:, None] + person[:, None] + rng.normal(0, 3, (n, 4))
        self.y -= 1.5 * (self.arm == "programme")[:, None] * np.arange(4)
        self.y += 3.0 * (self.home == "Centro")[:, None]
        leaves = rng.geometric(0.12, n)
        self.y[np.arange(4) >= leaves[:, None]] = np.nan
        self.y[rng.random((n, 4)) < 0.04] = np.nan

    def packet(self, home: str, design: PooledDesign = DESIGN) -> Packet:
        mine = self.home == home
        return make_packet(
            design,
            home,
            self.y[mine],
            self.arm[mine],
            baseline=self.base[mine],
            covariates=self.years[mine],
        )

    def packets(self, design: PooledDesign = DESIGN) -> list[Packet]:
        return [self.packet(home, design) for home in dict.fromkeys(self.home)]

    def ruled(self, threshold: int = 5) -> np.ndarray:
        out = np.full_like(self.y, np.nan)
        for home in SIZES:
            mine = self.home == home
            extra = np.column_stack((self.base[mine], self.years[mine]))
            out[mine] = apply_rule(self.y[mine], self.arm[mine], threshold, extra).outcome
        return out

    def stacked(self, outcome: np.ndarray, **options: str):  # type: ignore[no-untyped-def]
        homes = np.column_stack([self.home == home for home in sorted(SIZES)[1:]]).astype(float)
        return mmrm(
            outcome,
            self.arm,
            control="wait",
            baseline=self.base,
            covariates=np.column_stack((self.years, homes)),
            **options,  # type: ignore[arg-type]
        )


@pytest.mark.parametrize("df", ["kenward_roger", "satterthwaite"])
@pytest.mark.parametrize("covariance", ["unstructured", "ar1h", "compound_symmetry"])
def test_the_pooled_fit_is_that_of_the_stacked_rows_after_the_rule(
    covariance: str, df: str
) -> None:
    rows = Rows()
    pooled = pooled_mmrm(rows.packets(), covariance=covariance, df=df)  # type: ignore[arg-type]
    whole = rows.stacked(rows.ruled(), covariance=covariance, df=df)

    assert (pooled.n_units, pooled.n_obs) == (whole.n_units, whole.n_obs)
    assert pooled.minus2_reml == pytest.approx(whole.minus2_reml, rel=SAME)
    assert np.allclose(pooled.sigma, whole.sigma, rtol=SAME)
    for wave in range(4):
        ours, theirs = pooled.contrast("programme", wave), whole.contrast("programme", wave)
        for name in ("estimate", "se", "df"):
            assert getattr(ours, name) == pytest.approx(getattr(theirs, name), rel=SAME)
    ours, theirs = pooled.mean("wait", 2), whole.mean("wait", 2)
    assert ours.estimate == pytest.approx(theirs.estimate, rel=SAME)


@pytest.mark.parametrize("df", ["kenward_roger", "satterthwaite"])
def test_the_pooled_mixed_model_is_that_of_the_stacked_rows_after_the_rule(df: str) -> None:
    rows = Rows()
    pooled = pooled_lmm(rows.packets(), df=df)  # type: ignore[arg-type]
    outcome = rows.ruled()
    in_the_fit = ~np.isnan(outcome).all(axis=1)
    base = rows.base - rows.base[in_the_fit].mean()
    years = rows.years - rows.years[in_the_fit].mean()
    person, wave = np.nonzero(~np.isnan(outcome))
    at = np.eye(4)[wave]
    treated = (rows.arm == "programme")[person, None]
    x = np.hstack((at, at * treated, at * base[person, None], years[person, None]))
    groups = [person, rows.home[person]]
    whole = lmm(outcome[person, wave], x, groups, df=df)  # type: ignore[arg-type]

    assert (pooled.n_units, pooled.n_obs) == (whole.n_units, whole.n_obs)
    assert pooled.variances == pytest.approx(whole.variances, rel=1e-7)
    assert pooled.minus2_loglik == pytest.approx(whole.minus2_loglik, rel=SAME)
    for t in range(4):
        ours = pooled.coefficient(f"programme at T{t + 1}")
        theirs = whole.coefficient(4 + t)
        assert (ours.estimate, ours.se) == pytest.approx((theirs.estimate, theirs.se), rel=SAME)
        assert ours.df == pytest.approx(theirs.df, rel=1e-7)


def test_the_rule_changes_the_answer_so_the_check_above_can_fail() -> None:
    rows = Rows()
    pooled = pooled_mmrm(rows.packets()).contrast("programme", 3)
    without_rule = rows.stacked(rows.y).contrast("programme", 3)

    assert pooled.estimate != pytest.approx(without_rule.estimate, rel=1e-5)
    assert "pooling.loss" in {note.code for note in pooled.notes}


def test_one_number_of_one_packet_changed_by_a_thousandth_is_seen_in_the_fit() -> None:
    rows = Rows()
    honest = pooled_mmrm(rows.packets()).contrast("programme", 3).estimate
    packets = rows.packets()
    packets[0].cells[0].products.zy[0, 0, 0] *= 1 + 1e-3

    assert pooled_mmrm(packets).contrast("programme", 3).estimate != pytest.approx(honest, rel=SAME)


def test_the_order_in_which_packets_arrive_does_not_matter() -> None:
    packets = Rows().packets()
    forth, back = pooled_mmrm(packets), pooled_mmrm(packets[::-1])

    assert forth.contrast("programme", 3) == back.contrast("programme", 3)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(-50, 50))
def test_the_agreed_centre_does_not_change_the_answer(seed: int, centre: float) -> None:
    rows = Rows(seed)
    fields = {name: getattr(DESIGN, name) for name in ("outcome", "waves", "arms", "covariates")}
    moved = PooledDesign(**fields, baseline=True, centre=centre)  # type: ignore[arg-type]
    one = pooled_mmrm(rows.packets(), covariance="ar1")
    other = pooled_mmrm(rows.packets(moved), covariance="ar1")

    for ask in (lambda fit: fit.contrast("programme", 1), lambda fit: fit.mean("wait", 1)):
        assert ask(other).estimate == pytest.approx(ask(one).estimate, rel=1e-6, abs=1e-6)
        assert ask(other).se == pytest.approx(ask(one).se, rel=1e-6)


def test_packets_of_another_agreement_are_not_pooled() -> None:
    rows = Rows()
    other = PooledDesign(
        DESIGN.outcome, DESIGN.waves, DESIGN.arms, True, DESIGN.covariates, threshold=6
    )
    with pytest.raises(Refusal) as caught:
        pooled_mmrm([rows.packet("Centro"), rows.packet("Casa Sur", other)])

    assert caught.value.note.code == "pooling.other_design"


def test_an_organisation_counts_once() -> None:
    packet = Rows().packet("Centro")
    with pytest.raises(Refusal) as caught:
        pooled_mmrm([packet, packet])

    assert caught.value.note.code == "pooling.twice"


def test_without_packets_there_is_nothing_to_pool() -> None:
    with pytest.raises(Refusal) as caught:
        pooled_mmrm([])

    assert caught.value.note.code == "pooling.no_packets"


def test_one_organisation_alone_is_said() -> None:
    fit = pooled_mmrm([Rows().packet("Casa Sur")])

    assert "pooling.one_organisation" in {note.code for note in fit.notes}
