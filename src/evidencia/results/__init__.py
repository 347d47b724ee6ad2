"""Everything that an evaluation found: the Python side of ``result.json``.

A :class:`Result` holds numbers and notes, never prose: sentences are made from notes in the
language of whoever reads. :func:`as_json` writes the document that ``result.schema.json``
(beside this file) describes.
"""

from __future__ import annotations

from evidencia.results.described import (
    Attrition,
    AttritionRow,
    Baseline,
    BaselineDifference,
    BaselineRow,
    Flow,
    FlowArm,
    FlowStep,
    LeaverRow,
    MeanPoint,
    RetentionCurve,
)
from evidencia.results.document import as_document, as_json
from evidencia.results.reading import read_result
from evidencia.results.told import (
    Adjusted,
    Agreement,
    Caution,
    Finding,
    GridPoint,
    Multiplicity,
    Strength,
    Tipping,
    TippingStep,
    Verdict,
)
from evidencia.results.whole import SCHEMA_VERSION, Result

__all__ = [
    "SCHEMA_VERSION",
    "Adjusted",
    "Agreement",
    "Attrition",
    "AttritionRow",
    "Baseline",
    "BaselineDifference",
    "BaselineRow",
    "Caution",
    "Finding",
    "Flow",
    "FlowArm",
    "FlowStep",
    "GridPoint",
    "LeaverRow",
    "MeanPoint",
    "Multiplicity",
    "Result",
    "RetentionCurve",
    "Strength",
    "Tipping",
    "TippingStep",
    "Verdict",
    "as_document",
    "as_json",
    "read_result",
]
