"""The simulated marginals reach what was asked for, within Monte-Carlo error.

SIGMAS: a share of n independent draws is judged at 4.5 standard errors, so that a right simulator
is rejected once in 150,000 times; the seeds are fixed, so it either passes always or never.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import norm

from evidencia.simulate import (
    Attrition,
    Design,
    Informant,
    Outcome,
    Study,
    couple,
    parameters,
    simulate,
)

SIGMAS = 4.5
MANY = 20_000


def near_share(hits: npt.NDArray[np.bool_], share: float) -> bool:
    se = np.sqrt(share * (1 - share) / hits.size)
    return bool(abs(hits.mean() - share) < SIGMAS * se)


def study(design: Design, outcome: Outcome, **more: object) -> Study:
    return simulate(design, [outcome], seed=20261121, **more)  # type: ignore[arg-type]


FLAT = Outcome("y", rho=0.6)
PARALLEL = Design("parallel", MANY)


def test_a_continuous_outcome_has_its_mean_spread_and_correlation() -> None:
    y = study(PARALLEL, replace(FLAT, baseline=50, sd=10)).truth["y"]

    assert y[:, 0].mean() == pytest.approx(50, abs=SIGMAS * 10 / np.sqrt(MANY))
    assert y[:, 0].std() == pytest.approx(10, rel=SIGMAS / np.sqrt(2 * MANY))
    assert np.corrcoef(y[:, 0], y[:, 3])[0, 1] == pytest.approx(0.6, abs=SIGMAS / np.sqrt(MANY))


def test_prevalence_counts_and_categories_are_those_asked_for() -> None:
    binary = study(PARALLEL, Outcome("y", "binary", baseline=0.34)).truth["y"][:, 0]
    ordinal = study(PARALLEL, Outcome("y", "ordinal", shares=(0.5, 0.3, 0.2))).truth["y"][:, 0]
    many_zeros = Outcome("y", "count", baseline=2.0, zero_inflation=0.4, dispersion=0.5)
    counts = study(PARALLEL, many_zeros).truth["y"][:, 0]
    mean = 2.0 / 0.6
    zeros = 0.4 + 0.6 * (2 / (2 + mean)) ** 2

    assert near_share(binary == 1, 0.34)
    assert [near_share(ordinal == k, s) for k, s in enumerate((0.5, 0.3, 0.2))] == [True] * 3
    assert near_share(counts == 0, zeros)
    assert counts.mean() == pytest.approx(2.0, abs=SIGMAS * counts.std() / np.sqrt(MANY))


def test_a_score_adds_up_its_items() -> None:
    out = study(PARALLEL, Outcome("y", "score", items=6))

    assert out.items["y"].shape == (MANY, 5, 6)
    assert (out.items["y"].sum(axis=2) == out.truth["y"]).all()
    assert out.truth["y"].min() >= 0
    assert out.truth["y"].max() <= 24


def test_clusters_agree_as_much_as_the_intracluster_correlation_says() -> None:
    design = Design("cluster_parallel", 20_000, clusters=1_000)
    y = study(design, replace(FLAT, icc=0.10)).truth["y"][:, 0].reshape(1_000, 20)
    between, within = y.mean(axis=1).var(ddof=1), y.var(axis=1, ddof=1).mean()
    icc = (between - within / 20) / (between - within / 20 + within)

    assert icc == pytest.approx(0.10, abs=0.03)  # four standard errors with 1,000 clusters of 20


def test_unequal_clusters_have_the_variation_asked_for() -> None:
    out = study(Design("cluster_parallel", 40_000, clusters=400, cluster_cv=0.6), FLAT)
    sizes = np.bincount(out.cluster)

    assert sizes.min() >= 1
    assert sizes.std() / sizes.mean() == pytest.approx(0.6, abs=0.1)


def test_the_effect_of_a_binary_outcome_is_that_of_the_shifted_normal() -> None:
    out = study(PARALLEL, Outcome("y", "binary", baseline=0.6, effect=-0.3))
    expected = norm.cdf(norm.ppf(0.6) - 0.3) - 0.6

    assert out.population_effect("y") == pytest.approx(expected, abs=0.015)
    arms = out.truth["y"][:, 1][out.arm == 1].mean() - out.truth["y"][:, 1][out.arm == 0].mean()
    assert arms == pytest.approx(expected, abs=0.03)


def test_an_effect_may_fade() -> None:
    out = study(PARALLEL, replace(FLAT, effect=-1.0, fade=0.5))

    effects = [out.population_effect("y", wave) for wave in range(5)]
    assert effects == pytest.approx([0, -1, -0.5, -0.25, -0.125])


def test_each_design_exposes_whom_it_should() -> None:
    small = {"units": 24, "waves": ("T0", "T1", "T2", "T3", "T4")}
    single = study(Design("single_arm", **small), FLAT)  # type: ignore[arg-type]
    waiting = study(Design("waitlist", delay=2, **small), FLAT)  # type: ignore[arg-type]
    wedge = study(Design("stepped_wedge", clusters=8, **small), FLAT)  # type: ignore[arg-type]

    assert (single.exposed == [False, True, True, True, True]).all()
    assert (waiting.exposed[waiting.arm == 0] == [False, False, False, True, True]).all()
    assert not wedge.exposed[:, 0].any()
    assert wedge.exposed[:, -1].all()
    assert sorted(np.unique(wedge.arm[np.unique(wedge.cluster, return_index=True)[1]])) == [
        1, 2, 3, 4,
    ]  # fmt: skip


def test_blocks_are_balanced_within_site() -> None:
    out = study(Design("parallel", 120, sites=3, block_size=4), FLAT)

    for block in np.unique(out.block):
        assert out.arm[out.block == block].sum() == 2
        assert np.unique(out.site[out.block == block]).size == 1


def test_a_repeated_cross_section_asks_everybody_once() -> None:
    out = study(Design("repeated_cross_section", 50, clusters=10), FLAT)

    assert out.unit.size == 250
    assert (out.present["truth"].sum(axis=1) == 1).all()
    assert out.present["truth"].sum(axis=0).tolist() == [50] * 5


@pytest.mark.parametrize("mechanism", ["mcar", "mar", "mnar"])
def test_whatever_drives_it_the_share_lost_is_the_one_asked_for(mechanism: str) -> None:
    lost = Attrition(mechanism, share=0.378)  # type: ignore[arg-type]
    out = study(PARALLEL, FLAT, attrition=lost)

    assert near_share(~out.present["truth"][:, -1], 0.378)
    gone_for_good = np.diff(out.present["truth"].astype(int), axis=1) <= 0
    assert gone_for_good.all()


def test_only_a_loss_that_depends_on_the_truth_bends_the_mean_of_those_who_stay() -> None:
    def stayers(mechanism: str) -> float:
        out = study(PARALLEL, FLAT, attrition=Attrition(mechanism, 0.4))  # type: ignore[arg-type]
        return float(np.nanmean(out.report["y", "truth"][:, -1]))

    assert abs(stayers("mcar")) < SIGMAS / np.sqrt(0.6 * MANY)
    assert stayers("mnar") < -0.2


def test_the_loss_may_differ_between_arms_and_informants() -> None:
    lost = Attrition(share=0.2, share_treated=0.5)
    out = study(PARALLEL, FLAT, attrition=lost)

    gone = ~out.present["truth"][:, -1]
    assert near_share(gone[out.arm == 0], 0.2)
    assert near_share(gone[out.arm == 1], 0.5)


def test_informants_err_as_much_as_they_were_told_to() -> None:
    out = study(PARALLEL, Outcome("y", "binary", baseline=0.85), informants=couple())
    truth = out.truth["y"][:, 1]
    man = out.report["y", "man"][:, 1]
    partner = out.report["y", "partner"][:, 1]
    treated, answered = out.arm == 1, ~np.isnan(partner)

    assert near_share(man[(truth == 1) & treated] == 1, 0.35)
    assert near_share(man[(truth == 1) & ~treated] == 1, 0.75)
    assert near_share(partner[(truth == 1) & answered] == 1, 0.80)
    assert near_share(answered, 0.39)


def test_a_test_of_the_informants_would_notice_another_error() -> None:
    man = replace(couple()[0], sensitivity_exposed=(0.40,))
    out = study(PARALLEL, Outcome("y", "binary", baseline=0.85), informants=[man])
    told = out.report["y", "man"][:, 1]

    assert not near_share(told[(out.truth["y"][:, 1] == 1) & (out.arm == 1)] == 1, 0.35)


def test_each_event_of_a_count_is_told_or_not() -> None:
    half = Informant("man", sensitivity=(0.5,))
    out = study(PARALLEL, Outcome("y", "count", baseline=3.0), informants=[half])

    assert (out.report["y", "man"] <= out.truth["y"]).all()
    assert out.report["y", "man"].sum() / out.truth["y"].sum() == pytest.approx(0.5, abs=0.01)


def test_the_same_seed_gives_the_same_study_and_another_loss_the_same_truth() -> None:
    design = Design("parallel", 50)
    one, two = study(design, FLAT), study(design, FLAT)
    lossy = study(design, FLAT, attrition=Attrition(share=0.5))

    assert (one.truth["y"] == two.truth["y"]).all()
    assert (one.arm == two.arm).all()
    assert (lossy.truth["y"] == one.truth["y"]).all()
    assert not lossy.present["truth"].all()


def test_it_can_be_written_as_a_long_table(tmp_path: Path) -> None:
    out = study(Design("parallel", 3, waves=("T0", "T1")), FLAT, informants=couple())
    out.write_csv(tmp_path / "study.csv")
    lines = (tmp_path / "study.csv").read_text().splitlines()

    assert lines[0] == "unit,site,cluster,block,arm,wave,informant,exposed,y"
    assert len(lines) == 1 + sum(int(p.sum()) for p in out.present.values())


def test_one_person_and_one_wave_are_enough() -> None:
    out = study(Design("single_arm", 1, waves=("T0",)), FLAT, attrition=Attrition("mar", 0.5))

    assert out.present["truth"].tolist() == [[True]]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Design("cluster_parallel", 10), "say how many"),
        (lambda: Design("parallel", 0), "at least one person"),
        (lambda: Design("stepped_wedge", 10, waves=("a", "b"), clusters=2), "three waves"),
        (lambda: Design("parallel", 3, clusters=4), "one cluster and one for each"),
        (lambda: Outcome("y", "binary", baseline=0), "prevalence between"),
        (lambda: Outcome("y", shares=(0.5, 0.4)), "add up to 1"),
        (lambda: Outcome("y", "score"), "number of items"),
        (lambda: Informant("man", reach=2), "lie between 0 and 1"),
        (lambda: Attrition(share=1.0), "somebody must remain"),
        (lambda: simulate(PARALLEL, [FLAT, FLAT], seed=1), "its own name"),
    ],
)
def test_impossible_studies_are_errors(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()  # type: ignore[operator]


def test_every_number_says_where_it_comes_from() -> None:
    assert all(p.source and p.unit for p in parameters().values())
    assert not parameters()["sensitivity_man_after"].confirmed


def test_men_who_meet_come_after_the_lottery_and_resemble_each_other() -> None:
    design = Design("waitlist", 2400, ("T0", "T1", "T2", "T3"), delay=3, sites=2, group_size=12)
    one = study(design, replace(FLAT, icc=0.3))

    for group in np.unique(one.cluster):
        inside = one.cluster == group
        assert 10 <= inside.sum() <= 12
        assert len(set(one.arm[inside])) == len(set(one.site[inside])) == 1
    y = one.truth["y"][:, 1]
    means = np.array([y[one.cluster == g].mean() for g in np.unique(one.cluster)])
    # A mean of twelve who share 0.3 of their variance: 0.3 + 0.7 / 12.
    assert means.var() == pytest.approx(0.3 + 0.7 / 12, rel=0.3)
    with pytest.raises(ValueError, match="Groups"):
        Design("stepped_wedge", 100, clusters=10, group_size=12)


def test_who_is_in_the_programme_may_tell_less_whatever_he_does() -> None:
    quiet = Informant("man", shift_exposed=(-2.0,))
    one = study(PARALLEL, FLAT, informants=(quiet,))
    gap = one.report["y", "man"] - one.truth["y"]

    assert np.allclose(gap[one.exposed], -2.0)
    assert np.allclose(gap[~one.exposed], 0.0)
