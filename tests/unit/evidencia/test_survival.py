"""Kaplan–Meier: defined answers at the edges, invariants, coverage. R is in tests/reference.

ROUNDING: products of at most some dozens of fractions in double precision.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia import KaplanMeier, Refusal, kaplan_meier

ROUNDING = 1e-12

PEOPLE = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


def curve_of(people: list[tuple[int, bool]]) -> KaplanMeier:
    return kaplan_meier([t for t, _ in people], [e for _, e in people])


def codes(curve: KaplanMeier) -> set[str]:
    return {note.code for note in curve.notes}


def all_finite(curve: KaplanMeier) -> bool:
    return bool(np.isfinite([curve.survival, curve.se, curve.ci_low, curve.ci_high]).all())


def test_nobody_is_a_refusal_with_a_sentence() -> None:
    with pytest.raises(Refusal) as refusal:
        kaplan_meier([], [])

    assert refusal.value.note.text("es").startswith("No hay curva porque")


def test_few_people_get_a_warning() -> None:
    assert "few_people" in codes(kaplan_meier([1, 2, 3, 4], [1, 1, 0, 0]))
    assert "few_people" not in codes(kaplan_meier([1, 2, 3, 4, 5], [1, 1, 0, 0, 0]))


def test_without_events_the_curve_stays_and_the_lower_limit_is_exact() -> None:
    curve = kaplan_meier([3, 5, 5, 7, 9], [0] * 5)

    assert (curve.survival == 1).all()
    assert (curve.ci_high == 1).all()
    assert curve.ci_low == pytest.approx(0.025 ** (1 / np.array([5, 4, 2, 1])), abs=ROUNDING)
    assert (curve.median, curve.median_ci_low, curve.median_ci_high) == (None, None, None)
    assert codes(curve) == {"survival.no_events"}


def test_without_events_men_who_enter_late_do_not_vouch_for_the_beginning() -> None:
    curve = kaplan_meier([2, 9, 9, 9, 9, 9], [0] * 6, entry=[0, 0, 5, 5, 5, 5])

    assert curve.n_at_risk.tolist() == [2, 5]
    assert curve.ci_low == pytest.approx([0.025**0.5] * 2, abs=ROUNDING)


def test_all_events_at_the_first_time_still_have_an_interval() -> None:
    curve = kaplan_meier([4] * 10, [1] * 10)

    assert (curve.survival.tolist(), curve.se.tolist()) == ([0.0], [0.0])
    assert curve.ci_low.tolist() == [0.0]
    assert curve.ci_high == pytest.approx([1 - 0.025**0.1], abs=ROUNDING)
    assert curve.median == 4
    assert "survival.reached_zero" in codes(curve)


def test_where_the_curve_ends_at_zero_the_upper_limit_is_carried_on() -> None:
    curve = kaplan_meier([1, 2, 3, 4, 5, 6], [1] * 6)

    assert curve.survival[-1] == 0
    assert curve.ci_low[-1] == 0
    assert curve.ci_high[-1] == curve.ci_high[-2] > 0
    assert all_finite(curve)


def test_a_censoring_and_an_event_at_one_time_count_the_censored_man_as_at_risk() -> None:
    curve = kaplan_meier([2, 2, 3, 3], [1, 0, 0, 0])

    assert curve.n_at_risk.tolist() == [4, 2]
    assert curve.survival[0] == 0.75


def test_events_at_zero_are_men_who_never_came() -> None:
    curve = kaplan_meier([0, 0, 5, 5, 5], [1, 1, 0, 0, 0])

    assert (curve.time[0], curve.n_at_risk[0]) == (0, 5)
    assert curve.survival[0] == pytest.approx(0.6)


def test_a_risk_set_that_empties_before_others_enter_is_called_unusable() -> None:
    curve = kaplan_meier([1, 9, 9, 9, 9], [1, 0, 1, 0, 0], entry=[0, 4, 4, 4, 4])

    assert curve.survival.tolist() == [0.0, 0.0]
    assert "survival.zero_too_soon" in codes(curve)
    assert all_finite(curve)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([1, 2], [1]), "one number per person"),
        (([[1, 2]], [[1, 0]]), "one number per person"),
        (([1, np.nan], [1, 0]), "finite numbers from 0"),
        (([1, -1], [1, 0]), "finite numbers from 0"),
        (([1, 2], [1, 2]), "event is 1"),
        (([1, 2], [1, 0], [0, 2]), "Person 1 enters at 2"),
        (([1, 2], [1, 0], [0, np.nan]), "Person 1 enters at nan"),
        (([1, 2], [1, 0], None, 95), "between 0 and 1"),
    ],
)
def test_bad_input_gets_a_sentence(arguments: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        kaplan_meier(*arguments)


@given(PEOPLE, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_curve_falls_within_zero_and_one_and_order_does_not_matter(people, random) -> None:  # type: ignore[no-untyped-def]
    curve = curve_of(people)
    shuffled = list(people)
    random.shuffle(shuffled)

    assert all_finite(curve)
    assert (np.diff(curve.survival, prepend=1.0) <= ROUNDING).all()
    assert (curve.ci_low >= 0).all()
    assert (curve.ci_high <= 1).all()
    assert (curve.ci_low <= curve.survival).all()
    assert (curve.survival <= curve.ci_high).all()
    assert (curve_of(shuffled).survival == curve.survival).all()


@given(PEOPLE)
@settings(deadline=None)
def test_without_censoring_the_curve_is_the_plain_share(people: list[tuple[int, bool]]) -> None:
    t = np.array([time for time, _ in people])
    curve = kaplan_meier(t, np.ones(t.size))
    later = (t[None, :] > curve.time[:, None]).mean(axis=1)

    assert np.allclose(curve.survival, later, atol=ROUNDING, rtol=0)
    assert np.allclose(curve.se**2, later * (1 - later) / t.size, atol=ROUNDING, rtol=0)


@given(PEOPLE)
@settings(deadline=None)
def test_a_man_who_enters_after_the_end_changes_nothing_before(
    people: list[tuple[int, bool]],
) -> None:
    before = curve_of(people)
    end = before.time[-1]
    t, e = [*(t for t, _ in people), end + 5], [*(e for _, e in people), 0]
    after = kaplan_meier(t, e, entry=[-1.0] * len(people) + [end])

    assert np.array_equal(after.survival[:-1], before.survival)
    assert np.array_equal(after.ci_high[:-1], before.ci_high)
    assert np.array_equal(after.ci_low[:-1], before.ci_low)


@given(PEOPLE)
@settings(deadline=None)
def test_a_man_censored_before_anything_happened_changes_nothing(
    people: list[tuple[int, bool]],
) -> None:
    later = [(t + 1, e) for t, e in people]

    assert np.array_equal(curve_of([*later, (0, False)]).survival[1:], curve_of(later).survival)


SETS = 400
MONTE_CARLO = 3 * np.sqrt(0.95 * 0.05 / SETS)
"""Three Monte-Carlo errors of a coverage of 95 % over 400 sets: 0.033."""


def coverage(level: float) -> float:
    """Share of simulated groups of 60 men whose interval at meeting 4 holds the truth."""
    rng = np.random.default_rng(12572010)
    hazard, at = 0.12, 4
    truth = (1 - hazard) ** at
    hits = 0
    for _ in range(SETS):
        leave, end = rng.geometric(hazard, 60), rng.integers(2, 13, 60)
        curve = kaplan_meier(np.minimum(leave, end), leave <= end, level=level)
        k = np.searchsorted(curve.time, at, side="right") - 1
        hits += bool(curve.ci_low[k] <= truth <= curve.ci_high[k])
    return hits / SETS


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    assert abs(coverage(0.95) - 0.95) <= MONTE_CARLO


def test_an_interval_of_another_level_would_not_pass_for_95_percent() -> None:
    """Seeded defect: the judge above must notice an interval that is too short."""
    assert abs(coverage(0.85) - 0.95) > MONTE_CARLO
