"""Mixed models: repeated measures with drop-out, nested groups, analysis of covariance."""

from __future__ import annotations

from evidencia.mixed.ancova import Ancova, ancova
from evidencia.mixed.covariance import Covariance
from evidencia.mixed.inference import DfMethod
from evidencia.mixed.lmm import LMM, lmm
from evidencia.mixed.mmrm import MMRM, mmrm
from evidencia.mixed.wedge import SteppedWedge, stepped_wedge

__all__ = [
    "LMM",
    "MMRM",
    "Ancova",
    "Covariance",
    "DfMethod",
    "SteppedWedge",
    "ancova",
    "lmm",
    "mmrm",
    "stepped_wedge",
]
