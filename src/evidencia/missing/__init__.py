"""Who left, and what the answer would be under each honest guess about them."""

from __future__ import annotations

from evidencia.missing.ancova import analyse_ancova, complete_case
from evidencia.missing.attrition import ArmFlow, AttritionFlow, attrition_flow, attrition_gap
from evidencia.missing.bounds import ExtremeBounds, LeeBounds, extreme_value_bounds, lee_bounds
from evidencia.missing.chained import KINDS, Kind, impute_chained
from evidencia.missing.imputations import Imputations
from evidencia.missing.leavers import BaselineGap, WhoLeft, who_left
from evidencia.missing.normal import impute_normal
from evidencia.missing.reference import STRATEGIES, Strategy, impute_reference
from evidencia.missing.rubin import Pooled, analyse, barnard_rubin, pool
from evidencia.missing.tipping import TippingPoint, tipping_point, tipping_point_of
from evidencia.missing.weighted import WeightedDifference, weighted_difference
from evidencia.missing.weighting import RetentionWeights, retention_weights

__all__ = [
    "KINDS",
    "STRATEGIES",
    "ArmFlow",
    "AttritionFlow",
    "BaselineGap",
    "ExtremeBounds",
    "Imputations",
    "Kind",
    "LeeBounds",
    "Pooled",
    "RetentionWeights",
    "Strategy",
    "TippingPoint",
    "WeightedDifference",
    "WhoLeft",
    "analyse",
    "analyse_ancova",
    "attrition_flow",
    "attrition_gap",
    "barnard_rubin",
    "complete_case",
    "extreme_value_bounds",
    "impute_chained",
    "impute_normal",
    "impute_reference",
    "lee_bounds",
    "pool",
    "retention_weights",
    "tipping_point",
    "tipping_point_of",
    "weighted_difference",
    "who_left",
]
