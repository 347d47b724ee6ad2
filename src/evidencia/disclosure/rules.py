"""The rules of publication, which stand apart: a page that asks only them loads no solver."""

from __future__ import annotations

from evidencia.publishing import (
    PUBLIC,
    RELEASED,
    Figure,
    Policy,
    allowed,
    count,
    mean,
    order_statistics,
    percentage,
)

__all__ = [
    "PUBLIC",
    "RELEASED",
    "Figure",
    "Policy",
    "allowed",
    "count",
    "mean",
    "order_statistics",
    "percentage",
]
