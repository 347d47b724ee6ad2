"""What was mended in a line of a directory, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[Mapping[str, str | Promise]] = {
    "telephone_prefix": _("se quitó el 01, 044 o 045 de antes"),
    "telephone_postal": _("se apartó un código postal del teléfono"),
    "telephone_several": _("traía varios teléfonos juntos"),
    "telephone_left": _("sobraron dígitos que no completan un teléfono"),
    "state_joined": _("el estado estaba partido en dos columnas"),
    "state_glued": _("el estado y la localidad estaban pegados"),
    "state_from_name": _("el estado se tomó del nombre"),
    "state_doubtful": _("el estado es dudoso: quedó vacío"),
    "state_missing": _("no dice en qué estado está"),
    "mail_glued": _("el correo traía pegada otra palabra, o no era un correo"),
    "address_in_mail": _("parte de la dirección estaba dentro del correo"),
    "odd_spaces": _("el renglón no se podía leer por espacios que no se ven"),
    "refuge_address": _("es un refugio: se le quitó la dirección"),
    "cut": _("un texto muy largo se cortó"),
}


def said(codes: Iterable[str]) -> list[str]:
    """Return the words of some codes."""
    return [str(WORDS[code]) for code in codes if code in WORDS]
