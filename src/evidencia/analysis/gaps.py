"""The primary's sensitivity set: the same question under each honest guess about the missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.analysis.cells import cells
from evidencia.analysis.collect import Collector
from evidencia.analysis.question import Labels, Question, arms_first, independent
from evidencia.analysis.resampled import clusters_as_rows
from evidencia.analysis.tipping import enough_clusters, tip
from evidencia.clusters import least_squares
from evidencia.estimate import Effect
from evidencia.missing import (
    Imputations,
    Kind,
    analyse,
    analyse_ancova,
    complete_case,
    extreme_value_bounds,
    impute_chained,
    impute_normal,
    impute_reference,
    lee_bounds,
    weighted_difference,
)
from evidencia.plans import MissingMethod
from evidencia.words import Note, Refusal

Numbers = npt.NDArray[np.float64]

# Below this share of answers within reach of the baseline's values, the two are not one scale.
_SAME_SCALE: Final = 0.5


def sensitivity(asked: Question, found: Collector) -> None:
    """Add, for the last wave, what the plan asks for and the data allow.

    Nothing is imputed where nothing is missing. Ordinal outcomes are compared here by their mean
    score.
    """
    _Gaps(asked, found).all()


@dataclass(slots=True)
class _Gaps:
    asked: Question
    found: Collector
    imputed: Imputations | None = None

    def all(self) -> None:
        missing = bool(np.isnan(self.asked.y[:, -1]).any())
        self._complete_case()
        if not missing:
            self.found.caution(Note.of("analysis.nothing_missing"), self.asked)
            return
        steps: dict[MissingMethod, Callable[[], None]] = {
            "ipw": self._weighted,
            "mi": self._imputed,
            "delta": self._tipping,
            "jump_to_reference": partial(self._reference, "jump_to_reference"),
            "returns_to_baseline": partial(self._reference, "returns_to_baseline"),
            "lee_bounds": self._lee,
            "extreme_bounds": self._extreme,
        }
        for method, step in steps.items():
            if method in self.asked.plan.missing.methods:
                self.found.attempt(self.asked, method, step)

    def _add(self, method: str, contrast: str, effect: Effect) -> None:
        self.found.add(self.asked, method, contrast, self.asked.wave(-1), "sensitivity", effect)

    # --- Those who answered --------------------------------------------------------------------

    def _complete_case(self) -> None:
        """Only those who answered; beside the primary even if nobody asks for it."""
        asked = self.asked
        if asked.cluster is not None:
            return  # The cluster methods are those who answered, and they know of clusters.
        effects = self.found.attempt(
            asked,
            "complete_case",
            lambda: complete_case(
                asked.y[:, -1],
                asked.labels,
                control=asked.arms[0],
                covariates=_some(asked.adjusted),
                level=asked.level,
            ),
        )
        for arm, contrast in asked.contrasts:
            if effects is not None and arm in effects:
                self._add("complete_case", contrast, effects[arm])

    def _weighted(self) -> None:
        asked = self.asked
        for arm, contrast in asked.contrasts:
            rows = asked.pair(arm)
            predictors = independent(asked.adjusted[rows])
            if not predictors.shape[1]:
                raise Refusal(Note.of("analysis.no_predictors"))
            found = weighted_difference(
                asked.y[rows, -1],
                asked.treated(arm)[rows],
                predictors,
                covariates=predictors,
                cluster=None if asked.cluster is None else asked.cluster[rows],
                level=asked.level,
            )
            self._add("ipw", contrast, found.effect)

    # --- Imputed -------------------------------------------------------------------------------

    def _imputations(self) -> Imputations:
        if self.imputed is None:
            self.imputed = _impute(self.asked)
        return self.imputed

    def _imputed(self) -> None:
        self._analysed("mi", self._imputations())

    def _analysed(self, method: str, imputations: Imputations) -> None:
        """Compare the last wave in every completed data set, with errors that know of clusters."""
        asked = self.asked
        if asked.cluster is not None:
            self._analysed_by_cluster(method, imputations, asked.cluster)
            return
        pooled = analyse_ancova(
            imputations,
            asked.labels,
            control=asked.arms[0],
            covariates=_some(asked.adjusted),
            level=asked.level,
        )
        for arm, contrast in asked.contrasts:
            self._add(method, contrast, pooled[arm].effect)

    def _analysed_by_cluster(self, method: str, imputations: Imputations, cluster: Labels) -> None:
        asked, k = self.asked, len(self.asked.contrasts)
        treated = [asked.treated(arm).astype(np.float64) for arm, _ in asked.contrasts]
        design = arms_first(treated, asked.adjusted)
        labels, n_clusters = cluster.astype(str), enough_clusters(cluster, k)

        def one(completed: Numbers) -> tuple[Numbers, Numbers]:
            fit = least_squares(
                completed[:, -1], design, labels, weights=asked.weights, variance="CR1"
            )
            return fit.coefficients[:k], np.diag(fit.covariance)[:k].copy()

        pooled = analyse(
            imputations,
            one,
            df_complete=float(n_clusters - k - 1),
            n_units=asked.n,
            n_obs=int(np.isfinite(asked.y[:, -1]).sum()),
            n_clusters=n_clusters,
            level=asked.level,
        )
        for (_, contrast), one_arm in zip(asked.contrasts, pooled, strict=True):
            self._add(method, contrast, one_arm.effect)

    def _reference(self, strategy: str) -> None:
        asked = self.asked
        if asked.outcome.kind != "continuous":
            raise Refusal(Note.of("analysis.only_continuous"))
        returns = strategy == "returns_to_baseline"
        if returns and (asked.baseline is None or not _one_scale(asked.baseline, asked.y)):
            raise Refusal(Note.of("analysis.no_baseline_to_return_to"))
        imputations = impute_reference(
            asked.y,
            asked.labels,
            reference=asked.arms[0],
            strategy="returns_to_baseline" if returns else "jump_to_reference",
            covariates=_some(asked.adjusted),
            baseline=asked.baseline if returns else None,
            imputations=asked.plan.missing.imputations,
            seed=asked.seed(strategy),
        )
        self._analysed(strategy, imputations)

    def _tipping(self) -> None:
        tip(self.asked, self.found, self._imputations())

    # --- Bounds --------------------------------------------------------------------------------

    def _lee(self) -> None:
        asked = self.asked
        for arm, contrast in asked.contrasts:
            rows = asked.pair(arm)
            bounds = lee_bounds(
                asked.y[rows, -1],
                asked.treated(arm)[rows],
                randomised=asked.plan.study.randomised,
                level=asked.level,
            )
            self.found.notes(asked, "lee_bounds", bounds.notes)
            alone = () if asked.cluster is None else (Note.of("analysis.without_clusters"),)
            self._add("lee_bounds_low", contrast, bounds.lower.with_notes(*alone))
            self._add("lee_bounds_high", contrast, bounds.upper.with_notes(*alone))

    def _extreme(self) -> None:
        """Give clusters (or people) without an answer the lowest and highest value seen."""
        asked = self.asked
        for arm, contrast in asked.contrasts:
            y, treated, x = _lost_as_rows(asked, arm)
            if not np.isnan(y).any():
                if asked.cluster is not None:
                    self.found.caution(Note.of("analysis.no_cluster_lost"), asked, "extreme_bounds")
                continue
            seen = y[np.isfinite(y)]
            if not seen.size or seen.min() == seen.max():
                raise Refusal(Note.of("analysis.all_the_same"))
            bounds = extreme_value_bounds(
                y,
                treated,
                low=float(seen.min()),
                high=float(seen.max()),
                covariates=_some(x),
                level=asked.level,
            )
            self.found.notes(asked, "extreme_bounds", bounds.notes)
            self._add("extreme_bounds_low", contrast, bounds.lower)
            self._add("extreme_bounds_high", contrast, bounds.upper)


def _some(x: Numbers) -> Numbers | None:
    return x if x.shape[1] else None


def _one_scale(baseline: Numbers, y: Numbers) -> bool:
    """Whether the outcome could be the baseline asked again, and not a change or an index."""
    seen = y[np.isfinite(y)]
    slack = float(baseline.std())
    inside = (seen >= baseline.min() - slack) & (seen <= baseline.max() + slack)
    return bool(seen.size) and float(inside.mean()) >= _SAME_SCALE


def _impute(asked: Question) -> Imputations:
    """Multivariate normal for continuous outcomes, chained equations for the others."""
    m, generator = asked.plan.missing.imputations, asked.seed("mi")
    if asked.outcome.kind == "continuous":
        return impute_normal(
            asked.y,
            asked.labels,
            covariates=_some(asked.adjusted),
            imputations=m,
            seed=generator,
        )
    k = asked.adjusted.shape[1]
    kind: Kind = "logistic" if asked.outcome.kind == "binary" else "pmm"
    first: Kind = "normal"
    kinds = [first] * k + [kind] * asked.y.shape[1]
    made = impute_chained(
        np.column_stack([asked.adjusted, asked.y]),
        kinds,
        arm=asked.labels,
        imputations=m,
        seed=generator,
    )
    return Imputations(made.completed[:, :, k:], made.imputed[:, k:], made.method, made.notes)


def _lost_as_rows(asked: Question, arm: str) -> tuple[Numbers, npt.NDArray[np.bool_], Numbers]:
    """Return one row per cluster (per person without clusters), NaN where all is lost."""
    rows = asked.pair(arm)
    treated = asked.treated(arm)[rows]
    if asked.cluster is None:
        return asked.y[rows, -1], treated, independent(asked.adjusted[rows])
    names, place = np.unique(asked.cluster[rows].astype(str), return_inverse=True)
    y = np.full(names.size, np.nan)
    answered = np.isfinite(asked.y[rows, -1])
    kept = clusters_as_rows(cells(asked, arm))
    y[np.searchsorted(names, kept.cluster.astype(str))] = kept.y
    # What a cluster was before: the mean of those who answered, of all where nobody did.
    weight = answered.astype(np.float64)
    alone = np.bincount(place, weights=weight) == 0
    weight[alone[place]] = 1.0
    size = np.bincount(place, weights=weight)
    x = asked.adjusted[rows]
    means = [np.bincount(place, weights=weight * column) / size for column in x.T]
    first = np.zeros(names.size, dtype=np.int64)
    first[place[::-1]] = np.arange(place.size)[::-1]
    return y, treated[first], independent(np.column_stack([np.empty((names.size, 0)), *means]))
