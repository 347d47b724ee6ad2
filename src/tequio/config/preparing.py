"""What `./tequio serve` has done by a process of its own before it opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from tequio.config import installation, say
from tequio.config.doctor.command import show
from tequio.config.doctor.faults import find
from tequio.config.doctor.looking import look
from tequio.config.https import certificates


def run(argv: Sequence[str]) -> int:
    """Renew, gather the pages' files, and refuse to open on a machine that is not fit."""
    folder = Path(settings.DATA)
    set_up = installation.read(folder)
    if set_up and set_up.way == "house":
        certificates.renew_if_due(folder, set_up.hosts)
    found = find(look())
    show(found)
    if any(fault.refuses for fault in found):
        say.line(_("No se abre hasta arreglar lo marcado con ✗."))
        return 1
    call_command("collectstatic", verbosity=0, interactive=False)
    return 0
