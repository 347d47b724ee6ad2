"""What exactly a man was asked, and red flags in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.instruments import definitions
from tequio.instruments.definitions import Instrument
from tequio.people.models import Assessment


def asked_in(row: Assessment) -> Instrument:
    """Return exactly what was asked; a published file that changed is a broken installation."""
    found = definitions.find(row.instrument, row.version)
    if found is None or found.sha256 != row.sha256:
        raise DomainError(
            _("Falta el cuestionario «%(slug)s», versión %(version)s, como se preguntó.")
            % {"slug": row.instrument, "version": row.version},
            hint=_("Avisa a quien cuida el sistema: las versiones publicadas no cambian."),
        )
    return found.instrument


def flag_in_words(kind: str) -> str:
    """Say a red flag without saying what was answered."""
    words = {
        "self_harm": _("pensó en hacerse daño"),
        "weapons": _("un arma"),
        "strangulation": _("apretar del cuello"),
        "children": _("niñas, niños o adolescentes"),
        "danger": _("peligro de muerte o violencia que sigue"),
    }
    return words[kind]
