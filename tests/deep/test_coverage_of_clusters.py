"""How often the intervals for comparisons of clusters hold the truth, with eight and with thirty.

Half of the clusters are treated, between 6 and 18 people each, intraclass correlation 0.1.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from evidencia.clusters import cluster_means, least_squares, randomisation_test, wild_bootstrap
from evidencia.counts import gee, standardise
from evidencia.estimate import Effect

pytestmark = pytest.mark.deep

STUDIES, LEVEL, TRUTH = 2000, 0.95, 0.3
MONTE_CARLO = 3 * float(np.sqrt(LEVEL * (1 - LEVEL) / STUDIES))
LEAST = LEVEL - MONTE_CARLO - 0.01  # the margin: large-sample parts of GEE and bootstrap
SIZES = (8, 30)
Method = Callable[[np.ndarray, np.ndarray, np.ndarray, int], Effect]

CONTINUOUS: dict[str, Method] = {
    "CR2, Satterthwaite": lambda y, t, c, s: least_squares(y, t, c).effect(),
    "cluster means, t": lambda y, t, c, s: cluster_means(y, t, c),
    "wild bootstrap, 999 draws": lambda y, t, c, s: (
        wild_bootstrap(y, t, c, seed=s, draws=999).effect
    ),
    "randomisation, 999 draws": lambda y, t, c, s: (
        randomisation_test(y, t, clusters=c, seed=s, draws=999).effect
    ),
}
BINARY: dict[str, Method] = {
    "GEE difference, Mancl–DeRouen": lambda y, t, c, s: standardise(gee(y, t, c)),
    "GEE difference, Kauermann–Carroll": lambda y, t, c, s: standardise(
        gee(y, t, c, correction="kauermann_carroll")
    ),
}
NAIVE: dict[str, Method] = {
    "rows as if independent": lambda y, t, c, s: least_squares(y, t).effect()
}

KINDS = {"continuous": CONTINUOUS, "binary": BINARY}


def study(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a latent outcome of variance 1, the arm and the cluster of each person."""
    clusters = np.repeat(np.arange(n), rng.integers(6, 19, n))
    arm = (np.arange(n) % 2)[clusters].astype(float)
    latent = 0.1**0.5 * rng.normal(size=n)[clusters] + 0.9**0.5 * rng.normal(size=len(clusters))
    return latent, arm, clusters


def covered(n: int, methods: dict[str, Method], *, binary: bool) -> dict[str, tuple[float, float]]:
    """Return the share of intervals that hold the truth and the median width of each method."""
    rng = np.random.default_rng(20200302 + n)
    hits, widths = ({name: [] for name in methods} for _ in range(2))
    for seed in range(STUDIES):
        latent, arm, clusters = study(rng, n)
        y = (latent > 0.3) * 1.0 if binary else latent + TRUTH * arm
        truth = 0.0 if binary else TRUTH
        for name, method in methods.items():
            effect = method(y, arm, clusters, seed)
            hits[name].append(effect.ci_low <= truth <= effect.ci_high)
            widths[name].append(effect.ci_high - effect.ci_low)
    return {name: (float(np.mean(hits[name])), float(np.median(widths[name]))) for name in methods}


@cache
def studied(n: int, kind: str) -> dict[str, tuple[float, float]]:
    return covered(n, KINDS[kind], binary=kind == "binary")


@pytest.mark.parametrize("kind", ["continuous", "binary"])
@pytest.mark.parametrize("n", SIZES)
def test_intervals_hold_the_truth_as_often_as_they_say(n: int, kind: str) -> None:
    short = {name: share for name, (share, _) in studied(n, kind).items() if share < LEAST}

    assert short == {}


def test_the_result_is_kept(proofs: Path) -> None:
    lines = [
        f"{STUDIES:,} simulated studies of each size; half of the clusters treated, 6 to 18 people",
        "in each, intraclass correlation 0.1 (of the latent outcome where it is binary).",
        f"Monte-Carlo error of a coverage of 95 %: ± {MONTE_CARLO:.3f} (three errors).",
        "",
        "| clusters | method | coverage | median width |",
        "|--:|---|--:|--:|",
    ]
    for n in SIZES:
        for name, (share, width) in (studied(n, "continuous") | studied(n, "binary")).items():
            lines.append(f"| {n} | {name} | {share:.3f} | {width:.2f} |")
    (proofs / "cluster-coverage.md").write_text(
        "# Coverage of the intervals for clusters\n\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )


def test_intervals_that_forget_the_clusters_are_found_out() -> None:
    """Seeded defect."""
    for n in SIZES:
        share, _ = covered(n, NAIVE, binary=False)["rows as if independent"]
        assert share < LEAST
