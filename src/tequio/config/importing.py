"""`./tequio import <what> <file>`."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.circles.cli import import_attendance
from tequio.config import say
from tequio.config.words import gettext as _

KINDS = {"attendance": import_attendance, "asistencia": import_attendance}


def run(argv: Sequence[str]) -> int:
    """Bring in a file of some kind."""
    kind = KINDS.get(argv[0]) if argv else None
    if kind is None:
        say.line(_("Uso: ./tequio import attendance ARCHIVO.xlsx --organisation … --by …"))
        return 2
    return kind(argv[1:])
