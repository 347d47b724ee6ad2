"""`./tequio doctor`: says what is wrong with this machine and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tequio.config import say, tidiness
from tequio.config.doctor.faults import Fault, find
from tequio.config.doctor.looking import look
from tequio.config.options import Options


def run(argv: Sequence[str]) -> int:
    """Show every fault; 1 if one of them refuses, as a script may want to know."""
    parser = Options("doctor", _("Dice qué está mal en esta computadora y cómo se arregla."))
    parser.add_argument(
        "--fix", action="store_true", help=_("cierra los archivos abiertos a otros")
    )
    chosen = parser.parse_args(argv)
    if chosen.fix:
        count = tidiness.close(Path(settings.DATA))
        say.line(_("Archivos que se cerraron: %(count)s.") % {"count": count})
    found = find(look())
    show(found)
    return 1 if any(fault.refuses for fault in found) else 0


def show(found: Sequence[Fault]) -> None:
    """Print the faults, what refuses first."""
    if not found:
        say.line(_("Todo está en orden en esta computadora."))
    for fault in found:
        say.line(f"{'✗' if fault.refuses else '!'} {fault.what}")
        say.line(f"    {fault.do}")
