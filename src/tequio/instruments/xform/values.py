"""How forms read values: words, numbers, truth, and dates that count as days."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from typing import Any, Final

from elementpath.xpath_nodes import XPathNode

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def words(value: Any) -> str:
    """Return what XPath's string() gives; a whole number has no decimal point."""
    if isinstance(value, list):
        return words(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if math.isfinite(value) and value.is_integer() else repr(value)
    if isinstance(value, XPathNode):
        return str(value.string_value)
    return "" if value is None else str(value)


def number(value: Any) -> float:
    """Return a number; a date is its days since 1970 (ODK XForms), what is neither is NaN."""
    if isinstance(value, bool | int | float):
        return float(value)
    text = words(value).strip()
    try:
        return float(text)
    except ValueError:
        return days(text)


def days(text: str) -> float:
    """Return the days since 1970 of an ISO date or moment, or NaN."""
    try:
        if _MOMENT.match(text):
            moment = datetime.fromisoformat(text)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return (moment - _EPOCH).total_seconds() / 86_400
        if _DATE.fullmatch(text):
            return float((date.fromisoformat(text) - _EPOCH.date()).days)
    except ValueError:
        pass
    return math.nan


def truth(value: Any) -> bool:
    """Return what XPath's boolean() gives."""
    if isinstance(value, list):
        return bool(value) and (not isinstance(value[0], bool) or value[0])
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def each(value: Any) -> list[Any]:
    """Return the values of a node list, or the one value."""
    return value if isinstance(value, list) else [value]
