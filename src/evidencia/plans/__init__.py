"""The plan of an evaluation, written before the numbers are seen: ``PLAN.toml``."""

from __future__ import annotations

from evidencia.plans.model import (
    DELTAS,
    MISSING_METHODS,
    Data,
    Inference,
    Missing,
    MissingMethod,
    Plan,
)
from evidencia.plans.problems import DataError, InputError, PlanError, listed, nearest
from evidencia.plans.read import read_plan
from evidencia.plans.schema import plan_schema

__all__ = [
    "DELTAS",
    "MISSING_METHODS",
    "Data",
    "DataError",
    "Inference",
    "InputError",
    "Missing",
    "MissingMethod",
    "Plan",
    "PlanError",
    "listed",
    "nearest",
    "plan_schema",
    "read_plan",
]
