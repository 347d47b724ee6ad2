"""Organisations with a known truth, through the real path; the thousand are a long proof."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from tests.judging import PRAISE, Cell, cell, judge, judge_many
from tests.organisations import (
    HERS,
    HIS,
    WAVES,
    DesignName,
    TruthName,
    draw,
    frame,
    plan,
    reported,
)

from evidencia.analysis import evaluate

DESIGNS: Sequence[DesignName] = ("single_arm", "waitlist", "stepped_wedge")


def cells(name: DesignName, truth: TruthName, studies: int) -> tuple[Cell, Cell]:
    """Return what was concluded from hers and from his."""
    judged = judge_many((name, truth, seed, False) for seed in range(studies))
    return cell(judged, HERS), cell(judged, HIS)


def test_an_organisation_is_of_the_size_and_loses_whom_organisations_lose() -> None:
    drawn = [draw("single_arm", "null", seed) for seed in range(40)]
    men = [one.study.unit.size for one in drawn]
    assert min(men) >= 100 and max(men) <= 160
    his = np.vstack([one.told[HIS] for one in drawn])
    hers = np.vstack([one.told[HERS] for one in drawn])
    assert np.isfinite(his[:, 0]).all()
    assert np.isfinite(hers[:, 0]).mean() == pytest.approx(0.39, abs=0.03)
    # Published: 67 % of the men and 80 % of the women who were reached answer at nine months.
    assert np.isfinite(his[:, 4]).mean() == pytest.approx(0.67 ** (51 / 39.1), abs=0.03)
    sessions = np.concatenate([one.sessions for one in drawn])
    assert (sessions > 0.75 * 25).mean() == pytest.approx(0.05, abs=0.015)
    # Who left is lost more, and so is who told of more violence.
    first = his[:, 0]
    gone = np.isnan(his[:, 4])
    assert first[gone].mean() > first[~gone].mean()


def test_the_same_seed_is_the_same_men_in_any_truth() -> None:
    null, benefit = draw("waitlist", "null", 5), draw("waitlist", "benefit", 5)
    assert (null.study.arm == benefit.study.arm).all()
    assert np.array_equal(
        null.study.truth["frequency"][:, 0], benefit.study.truth["frequency"][:, 0]
    )
    treated = null.study.arm == 1
    assert np.array_equal(
        null.study.truth["frequency"][~treated, :4], benefit.study.truth["frequency"][~treated, :4]
    )


def test_what_is_reported_in_a_whole_population_is_what_was_put_in() -> None:
    assert np.allclose(reported("null").within[HERS], reported("null").without[HERS])
    words = reported("only_his_words")
    assert words.effect("waitlist", HERS) == pytest.approx(0.0, abs=1e-9)
    assert words.effect("waitlist", HIS) / words.spread < -0.3
    assert len(words.within[HIS]) == len(WAVES)


def test_without_a_comparison_a_change_is_never_praised() -> None:
    one = judge("single_arm", "null", 1)
    for told in one.told:
        assert told.verdict == "change"
        assert "findings.not.thanks_to" in told.says
    # The seeded defect: read as an effect, the same change would be praise.
    assert one.by(HIS).naive_high < 0


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("single_arm", "mixed.error_by_circle"),
        ("single_arm_unnamed", "mixed.error_by_person"),
    ],
)
def test_a_change_says_whether_its_band_knows_who_sat_together(name: DesignName, code: str) -> None:
    found = evaluate(plan(name), frame(draw(name, "null", 1)))
    changes = [one.effect for one in found.estimates if one.method == "change"]
    assert changes
    for one in changes:
        assert code in [note.code for note in one.notes]
        assert (one.n_clusters is not None) == (name == "single_arm")


def test_what_only_men_say_is_told_as_their_word() -> None:
    judged = judge_many(("waitlist", "only_his_words", seed, False) for seed in range(4))
    praised = [one.by(HIS) for one in judged if one.by(HIS).verdict in PRAISE]
    assert praised
    for told in praised:
        assert {"findings.not.his_word", "findings.because.own_account"} <= told.says


@pytest.mark.thorough
@pytest.mark.parametrize("name", DESIGNS)
def test_a_hundred_organisations_are_judged_as_often_wrongly_as_is_said(name: DesignName) -> None:
    hers, his = cells(name, "null", 100)
    for one in (hers, his):
        assert one.coverage >= 0.95 - one.error
        assert one.praised <= 0.05 + one.error / 2
    strong, _ = cells(name, "benefit", 100)
    assert strong.harm == 0
    assert strong.coverage >= 0.95 - strong.error
