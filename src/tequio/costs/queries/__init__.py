"""What pages and rooms above read."""

from __future__ import annotations

from tequio.costs.queries.effects import beside_effect
from tequio.costs.queries.summaries import CategoryLine, CostSummary, summary
from tequio.costs.rules.results import Money, Per
from tequio.costs.rules.sharing import Scope

__all__ = ["CategoryLine", "CostSummary", "Money", "Per", "Scope", "beside_effect", "summary"]
