"""`./tequio bench community`: what the pages of the community cost at the server."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.config.bench import apart


def run(argv: Sequence[str]) -> int:
    """Measure on a database of its own; `--write` keeps the table in the docs."""
    return apart.measured("community", argv, ["manage", "collectstatic", "--noinput"])
