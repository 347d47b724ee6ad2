"""How amounts and hours stand on the pages of costs."""

from __future__ import annotations

from decimal import Decimal

from django import template

from tequio.core.money import written
from tequio.costs.models import Entry
from tequio.costs.queries.pages import weighs
from tequio.costs.rules.amounts import hours_text

register = template.Library()


@register.filter
def money(cents: int, currency: str) -> str:
    """``125050|money:"MXN"`` gives ``$1,250.50``."""
    return written(cents, currency)


@register.filter
def hours(minutes: int) -> str:
    """``750|hours`` gives ``12:30``."""
    return hours_text(minutes)


@register.filter
def weighing(row: Entry, year: int) -> int:
    """Return what a line weighs in a year: of an outlay over years, its part."""
    return weighs(row, year)


@register.filter
def plain(rate: Decimal) -> str:
    """``Decimal("18.350000")|plain`` gives ``18.35``."""
    return f"{rate:f}".rstrip("0").rstrip(".")
