"""Disclosure control: rules R1–R8, through which every table of people leaves."""

from __future__ import annotations

from evidencia.disclosure.attackers import System, attack
from evidencia.disclosure.ledger import Ledger, Scope
from evidencia.disclosure.protect import Released, protect
from evidencia.disclosure.rules import (
    PUBLIC,
    Figure,
    Policy,
    allowed,
    count,
    mean,
    order_statistics,
    percentage,
)
from evidencia.disclosure.tables import Table, tabulate

__all__ = [
    "PUBLIC",
    "Figure",
    "Ledger",
    "Policy",
    "Released",
    "Scope",
    "System",
    "Table",
    "allowed",
    "attack",
    "count",
    "mean",
    "order_statistics",
    "percentage",
    "protect",
    "tabulate",
]
