"""The shape of a table of sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["es", "en"]
Value = int | float | str
Texts = Mapping[str, Mapping[Language, str]]
