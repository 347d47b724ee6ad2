"""The tables of studies, one module for each part.

Django finds a table only if this module names it.
"""

from __future__ import annotations

from tequio.studies.models.comparisons import Comparison
from tequio.studies.models.datasets import DataSet, DataSetRows, Run
from tequio.studies.models.lotteries import ExtraCall, Lottery, Ticket, Turn
from tequio.studies.models.monitoring import Expectation
from tequio.studies.models.pooling import PoolAgreement, PoolPacket
from tequio.studies.models.releases import Release
from tequio.studies.models.studies import Plan, Study

__all__ = [
    "Comparison",
    "DataSet",
    "DataSetRows",
    "Expectation",
    "ExtraCall",
    "Lottery",
    "Plan",
    "PoolAgreement",
    "PoolPacket",
    "Release",
    "Run",
    "Study",
    "Ticket",
    "Turn",
]
