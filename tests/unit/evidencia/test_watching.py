"""Limits for who looks often: exact at small n, and simulated with groups and months of looking."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import beta

from evidencia import Refusal, wilson
from evidencia.clusters import design_effect
from evidencia.watching import PRIOR, _ends, against, alike, watch

Limits = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
ALPHA = 0.05
# Three standard errors of a share near 5 % among 2,000 simulated programmes.
LUCK = 3 * (0.05 * 0.95 / 2000) ** 0.5


def one_by_one(answers: list[int] | np.ndarray, **options: object):  # type: ignore[no-untyped-def]
    return watch(answers, np.ones(len(answers), dtype=int), **options)  # type: ignore[arg-type]


def test_every_path_of_eight_answers_together_errs_no_more_than_was_said() -> None:
    """Brute force: each of 256 paths with its probability; a look after every answer."""
    wrong = dict.fromkeys((0.1, 0.5, 0.93), 0.0)
    for path in product((0, 1), repeat=8):
        found = one_by_one(list(path), level=0.7)
        for p in wrong:
            if ((found.low > p) | (found.high < p)).any():
                wrong[p] += p ** sum(path) * (1 - p) ** (8 - sum(path))

    assert all(0 < share <= 0.3 for share in wrong.values()), wrong


def ends(yes: np.ndarray, asked: np.ndarray, effect: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Limits of `watch`, many at once; that they are the same is tested below."""
    s, n = yes.ravel(), asked.ravel()
    low, high = _ends(s / effect, (n - s) / effect, np.log(1 / ALPHA))
    return low.reshape(yes.shape), high.reshape(yes.shape)


def test_limits_many_at_once_are_those_of_one_look() -> None:
    low, high = ends(np.array([0, 5, 9]), np.array([9, 9, 9]), 1.5)

    for at, s in enumerate((0, 5, 9)):
        one = watch([s], [9], design_effect=1.5)
        assert (one.low[-1], one.high[-1]) == pytest.approx((low[at], high[at]), abs=1e-14)


def crossing(p: float, most: int, limits: Limits) -> float:
    """Return, exactly, how likely somebody who looks after each answer is ever to be wrong."""
    alive, wrong = np.array([1.0]), 0.0
    for n in range(1, most + 1):
        after = np.zeros(n + 1)
        after[:-1] += alive * (1 - p)
        after[1:] += alive * p
        low, high = limits(np.arange(n + 1), np.full(n + 1, n))
        out = (low > p) | (high < p)
        wrong += float(after[out].sum())
        alive = np.where(out, 0.0, after)
    return wrong


def usual(yes: np.ndarray, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The seeded defect: each look as if it were the only one."""
    both = [wilson(int(s), int(n)) for s, n in zip(yes, asked, strict=True)]
    return np.array([low for low, _ in both]), np.array([high for _, high in both])


@pytest.mark.parametrize("p", [0.3, 0.6])
def test_a_look_after_each_of_sixty_answers_keeps_the_promise_and_the_usual_interval_does_not(
    p: float,
) -> None:
    assert 0 < crossing(p, 60, ends) <= ALPHA
    assert crossing(p, 60, usual) > 3 * ALPHA


@given(st.integers(0, 30), st.integers(0, 30), st.floats(0.05, 0.95))
@settings(max_examples=60, deadline=None)
def test_the_evidence_is_a_fair_game(yes: int, no: int, p: float) -> None:
    now = against(yes, yes + no, p)
    after = p * against(yes + 1, yes + no + 1, p) + (1 - p) * against(yes, yes + no + 1, p)

    assert after == pytest.approx(now, rel=1e-9)


def test_the_mixture_is_the_integral_of_the_likelihood_ratio() -> None:
    def ratio(q: float) -> float:
        return float((q / 0.6) ** 7 * ((1 - q) / 0.4) ** 5 * beta.pdf(q, PRIOR, PRIOR))

    assert against(7, 12, 0.6) == pytest.approx(quad(ratio, 0, 1)[0], rel=1e-6)


@pytest.mark.parametrize(("yes", "asked"), [(0, 9), (9, 9), (4, 9), (300, 1257)])
def test_at_the_limits_the_evidence_is_exactly_one_in_twenty(yes: int, asked: int) -> None:
    found = watch([yes], [asked])
    low, high = float(found.low[-1]), float(found.high[-1])

    assert low <= yes / asked <= high
    for end, open_side in ((low, yes > 0), (high, yes < asked)):
        assert (against(yes, asked, end) == pytest.approx(20, rel=1e-6)) == open_side
        assert end in (0.0, 1.0) or open_side


def looked_at(rng: np.random.Generator, truth: float, icc: float) -> tuple[np.ndarray, np.ndarray]:
    """2,000 programmes of 30 groups of 12 men, a look after each group: yes added up, asked."""
    if icc:
        many = (1 - icc) / icc
        truth = rng.beta(truth * many, (1 - truth) * many, (2000, 30))  # type: ignore[assignment]
    came = rng.binomial(12, truth, (2000, 30))
    return came.cumsum(axis=1), np.broadcast_to(12 * np.arange(1, 31), (2000, 30))


def alarms(came: np.ndarray, asked: np.ndarray, target: float, effect: float) -> float:
    """Return the share of programmes in which some look puts `target` outside the limits."""
    low, high = ends(came, asked, effect)
    return float(((low > target) | (high < target)).any(axis=1).mean())


def test_months_of_looking_raise_no_more_false_alarms_than_were_promised() -> None:
    came, asked = looked_at(np.random.default_rng(5), 0.6, 0.0)

    assert alarms(came, asked, 0.6, 1.0) <= ALPHA + LUCK


def test_men_of_one_group_are_alike_and_the_design_effect_answers_for_it() -> None:
    came, asked = looked_at(np.random.default_rng(6), 0.6, 0.1)

    assert alarms(came, asked, 0.6, 1 + 11 * 0.1) <= ALPHA + LUCK
    # The seeded defect: the same men counted as strangers.
    assert alarms(came, asked, 0.6, 1.0) > 2 * ALPHA


def test_what_truly_falls_short_is_told() -> None:
    came, asked = looked_at(np.random.default_rng(7), 0.4, 0.0)

    assert alarms(came, asked, 0.6, 1.0) > 0.95


def test_what_nobody_wrote_down_widens_both_limits_and_never_raises_an_alarm() -> None:
    known = watch([10], [60], target=0.5)
    open_ones = watch([10], [60], missing=[40], target=0.5)

    assert (known.verdict, open_ones.verdict) == ("below", "open")
    assert open_ones.low[-1] == known.low[-1]
    assert open_ones.high[-1] > known.high[-1]
    assert open_ones.share[-1] == 0.5
    assert "watching.missing" in {note.code for note in open_ones.notes}


def test_more_shares_side_by_side_need_more_evidence_each() -> None:
    alone, among_ten = watch([20], [60]), watch([20], [60], family=10)

    assert among_ten.low[-1] < alone.low[-1] < alone.high[-1] < among_ten.high[-1]


def test_groups_of_other_sizes_have_the_design_effect_that_clusters_have() -> None:
    sizes = [4, 12, 9, 9, 1]

    expected = design_effect(0.05, float(np.mean(sizes)), float(np.std(sizes) / np.mean(sizes)))
    assert alike(sizes, 0.05) == pytest.approx(expected)
    assert (alike([], 0.05), alike([1, 1], 0.05)) == (1, 1)


def test_an_alarm_stays_and_says_since_when() -> None:
    found = watch([2, 2, 9], [20, 20, 20], target=0.6)

    assert (found.verdict, found.since) == ("below", 0)
    assert found.said.code == "watching.below"
    assert (np.diff(found.high) <= 0).all()


def test_a_share_that_moves_is_not_told_as_one() -> None:
    found = watch([0] * 4 + [20] * 8, [20] * 12, target=0.5)

    assert found.moved
    assert found.said.code == "watching.open_and_moved"


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"target": 0.9}, "watching.below"),
        ({"target": 0.05}, "watching.above"),
        ({"target": 0.35}, "watching.open"),
        ({}, "watching.no_target"),
    ],
)
def test_each_verdict_has_its_sentence(given_: dict[str, float], code: str) -> None:
    assert watch([40], [120], **given_).said.code == code  # type: ignore[arg-type]


def test_nobody_is_a_refusal_and_contradictions_are_mistakes() -> None:
    for looks in ([], [0, 0]):
        with pytest.raises(Refusal) as caught:
            watch(np.zeros(len(looks), dtype=int), np.array(looks, dtype=int))
        assert caught.value.note.code == "watching.nobody"
    for wrong, why in (
        ({"yes": [3], "asked": [2]}, "At each look"),
        ({"yes": [1], "asked": [2], "missing": [2]}, "At each look"),
        ({"yes": [1, 1], "asked": [2]}, "one number per look"),
        ({"yes": [0.5], "asked": [2]}, "whole numbers"),
        ({"yes": [1], "asked": [2], "target": 1.0}, "target"),
        ({"yes": [1], "asked": [2], "level": 1.0}, "level"),
        ({"yes": [1], "asked": [2], "family": 0}, "family"),
        ({"yes": [1], "asked": [2], "design_effect": 0.9}, "design_effect"),
    ):
        with pytest.raises(ValueError, match=why):
            watch(**wrong)  # type: ignore[arg-type]
