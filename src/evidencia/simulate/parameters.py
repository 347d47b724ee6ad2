"""Numbers of a simulated study, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).with_name("parameters.toml")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number with its unit and where it comes from.

    Attributes
    ----------
    value
        The number.
    unit, source
        In words.
    confirmed
        False for proposals and general knowledge.
    """

    value: float
    unit: str
    source: str
    confirmed: bool


@cache
def parameters(path: Path = FILE) -> Mapping[str, Parameter]:
    """Return the parameters of a file by name.

    Raises
    ------
    ValueError
        If an entry lacks its unit, its source, or whether it is confirmed.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return MappingProxyType(
            {
                name: Parameter(**{**facts, "value": float(facts["value"])})
                for name, facts in entries.items()
            }
        )
    except (KeyError, TypeError) as wrong:
        raise ValueError(f"{path.name}: every number needs value, unit, source, confirmed.") from (
            wrong
        )


def value(name: str) -> float:
    """Return one parameter's number."""
    return parameters()[name].value
