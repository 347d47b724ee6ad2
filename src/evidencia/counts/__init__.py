"""Binary, count and ordinal outcomes: marginal models, penalised likelihood, exact tables."""

from __future__ import annotations

from evidencia.counts.gee import Gee, gee
from evidencia.counts.marginal import standardise
from evidencia.counts.ordinal import OrdinalGee, ordinal_gee
from evidencia.counts.penalised import Firth, firth
from evidencia.counts.tables import two_proportions

__all__ = [
    "Firth",
    "Gee",
    "OrdinalGee",
    "firth",
    "gee",
    "ordinal_gee",
    "standardise",
    "two_proportions",
]
