"""`./tequio bench <what>`."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.config import say
from tequio.config.bench import web
from tequio.config.bench.evaluation import command as evaluation

KINDS = {"evaluation": evaluation.run, "web": web.run}


def run(argv: Sequence[str]) -> int:
    """Run one benchmark."""
    kind = KINDS.get(argv[0]) if argv else None
    if kind is None:
        say.line(f"Uso: ./tequio bench {'|'.join(KINDS)} [--write] [--seconds N]")
        return 2
    return kind(argv[1:])
