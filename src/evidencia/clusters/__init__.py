"""Comparisons of clusters: robust errors, wild bootstrap, randomisation, cluster means."""

from __future__ import annotations

from evidencia.clusters.bootstrap import wild_bootstrap
from evidencia.clusters.inversion import Resampled
from evidencia.clusters.likeness import Icc, design_effect, icc
from evidencia.clusters.means import cluster_means
from evidencia.clusters.permutation import randomisation_test
from evidencia.clusters.regression import LeastSquares, least_squares

__all__ = [
    "Icc",
    "LeastSquares",
    "Resampled",
    "cluster_means",
    "design_effect",
    "icc",
    "least_squares",
    "randomisation_test",
    "wild_bootstrap",
]
