"""`./tequio import <what> <file>`."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.circles.cli import add_arguments, import_attendance
from tequio.config import say
from tequio.config.options import Options
from tequio.config.words import gettext as _

_ATTENDANCE = ("attendance", "asistencia")


def run(argv: Sequence[str]) -> int:
    """Bring in a file of some kind."""
    if not argv or argv[0] not in _ATTENDANCE:
        say.line(_("Uso: ./tequio import attendance ARCHIVO.xlsx --organisation … --by …"))
        return 2
    parser = Options("import attendance", _("Importa un registro."))
    add_arguments(parser)
    return import_attendance(parser.parse_args(argv[1:]))
