"""`./tequio bench wall`: listing, searching, turning the keys and opening, beside bare work."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.config.bench import apart


def run(argv: Sequence[str]) -> int:
    """Measure on a database of its own; `--write` keeps the table in the docs."""
    return apart.measured("wall", argv)
