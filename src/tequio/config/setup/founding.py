"""The part of set-up that needs the database: tables, pages, organisation, administrator."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management import call_command
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tequio.access.actions import NewUser, create_organisation, create_user
from tequio.config import say
from tequio.core.errors import DomainError


def run(argv: Sequence[str]) -> int:
    """Found the organisation that `./tequio setup` asked for."""
    words = json.load(sys.stdin)
    say.line(_("Preparando la base de datos…"))
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    new = found(words)
    say.line(_("La organización «%(name)s» está lista.") % {"name": words["organisation"]})
    say.line(_("Entra por primera vez en «Entra con el código», con:"))
    say.line(f"    {new.user.login}")
    say.line(f"    {new.code.code}")
    until = date_format(localtime(new.code.expires_at), "DATETIME_FORMAT")
    say.line(_("El código sirve una vez, hasta %(until)s.") % {"until": until})
    say.line(_("Da el rol de Administración a una segunda persona cuanto antes."))
    return 0


@transaction.atomic
def found(words: Mapping[str, str]) -> NewUser:
    """Write the organisation and its first administrator, both or none."""
    try:
        ZoneInfo(words["timezone"])
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise DomainError(
            _("No hay una zona horaria «%(zone)s».") % {"zone": words["timezone"]},
            hint=_("Escríbela como America/Mexico_City."),
        ) from error
    organisation = create_organisation(
        by=None, name=words["organisation"], timezone=words["timezone"]
    )
    return create_user(
        by=None,
        name=words["name"],
        handle=words["login"],
        roles=["administrator"],
        organisation=organisation,
    )
