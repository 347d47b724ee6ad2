"""`./tequio bench <what>`."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.config import say
from tequio.config.bench import studies, web
from tequio.config.bench.community import command as community
from tequio.config.bench.evaluation import command as evaluation
from tequio.config.bench.forms import command as forms
from tequio.config.bench.wall import command as wall

KINDS = {
    "community": community.run,
    "evaluation": evaluation.run,
    "forms": forms.run,
    "studies": studies.run,
    "wall": wall.run,
    "web": web.run,
}


def run(argv: Sequence[str]) -> int:
    """Run one benchmark."""
    kind = KINDS.get(argv[0]) if argv else None
    if kind is None:
        say.line(f"Uso: ./tequio bench {'|'.join(KINDS)} [--write] [--seconds N]")
        return 2
    return kind(argv[1:])
