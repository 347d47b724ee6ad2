"""The tables of costs: what is assumed for a year, what was spent or given, and what came in."""

from __future__ import annotations

from tequio.costs.models.books import Entry, Income
from tequio.costs.models.terms import Terms

__all__ = ["Entry", "Income", "Terms"]
