"""`./tequio rescue`: a code for an administrator who lost password, telephone and paper.

Whoever can run it holds the machine, and with it everything that is not sealed by a passphrase;
so it opens nothing new. It is written into the log of the organisation.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tequio.access.actions import rescue_administrator
from tequio.config import say


def run(argv: Sequence[str]) -> int:
    """Issue the code."""
    parser = argparse.ArgumentParser(prog="./tequio rescue", description=__doc__)
    parser.add_argument("login", help="como ana@casa-clara")
    issued = rescue_administrator(by=None, login=parser.parse_args(argv).login)
    say.line(
        _("Código para %(login)s: %(code)s") % {"login": issued.user.login, "code": issued.code}
    )
    until = date_format(localtime(issued.expires_at), "DATETIME_FORMAT")
    say.line(_("Sirve una vez, hasta %(until)s, en «Entra con el código».") % {"until": until})
    say.line(_("Con él elige otra contraseña y vincula otro teléfono. Quedó en la Bitácora."))
    return 0
