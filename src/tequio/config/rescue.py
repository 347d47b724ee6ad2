"""`./tequio rescue`: a code for an administrator who lost password, telephone and paper.

Whoever can run it holds the machine, and with it everything that is not sealed by a passphrase;
so it opens nothing new. It is written into the log of the organisation.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tequio.access.actions import rescue_administrator
from tequio.config import say
from tequio.config.options import Options


def run(argv: Sequence[str]) -> int:
    """Issue the code."""
    parser = Options("rescue", _("Da un código de entrada a quien administra y perdió todo."))
    parser.add_argument("login", help=_("como ana@casa-clara"))
    issued = rescue_administrator(by=None, login=parser.parse_args(argv).login)
    say.line(
        _("Código para %(login)s: %(code)s") % {"login": issued.user.login, "code": issued.code}
    )
    until = date_format(localtime(issued.expires_at), "DATETIME_FORMAT")
    say.line(_("Sirve una vez, hasta %(until)s, en «Entra con el código».") % {"until": until})
    say.line(_("Con él elige otra contraseña y vincula otro teléfono. Quedó en la Bitácora."))
    return 0
