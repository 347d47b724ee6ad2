"""From a plan and its data to a result: the primary answer, always beside its sensitivity set."""

from __future__ import annotations

from evidencia.analysis.collect import StoppedError
from evidencia.analysis.multiplicity import adjust
from evidencia.analysis.run import evaluate

__all__ = ["StoppedError", "adjust", "evaluate"]
