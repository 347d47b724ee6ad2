"""`./tequio https`: the certificates of a server in the house."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tequio.access.models import Organisation
from tequio.config import installation, say
from tequio.config.https import certificates, guide
from tequio.core.errors import DomainError


def run(argv: Sequence[str]) -> int:
    """Say how the certificates stand; print the guide; renew them."""
    parser = argparse.ArgumentParser(prog="./tequio https", description=__doc__)
    parser.add_argument("--guide", help="escribe la hoja para los teléfonos (PDF)")
    parser.add_argument("--language", choices=["es", "en"], default="es")
    parser.add_argument("--renew", action="store_true", help="renueva ya el certificado")
    parser.add_argument("--again", action="store_true", help="otra autoridad: hay que repetir todo")
    chosen = parser.parse_args(argv)
    data = Path(settings.DATA)
    set_up = installation.read(data)
    if set_up is None or set_up.way != "house":
        raise DomainError(
            "Esto es para un servidor de la casa.", hint="Corre ./tequio setup --way house."
        )
    if chosen.again:
        certificates.begin_again(data, set_up.hosts)
        say.line("Hay otra autoridad: cada teléfono tiene que confiar de nuevo.")
    elif chosen.renew:
        certificates.issue(data, set_up.hosts)
        say.line("El certificado se renovó; los teléfonos no notan nada.")
    if chosen.guide:
        first = Organisation.objects.order_by("created_at").first()
        with translation.override("en" if chosen.language == "en" else "es-mx"):
            sheet = guide.pdf(data, set_up, first.name if first else "Tequio", chosen.language)
        Path(chosen.guide).expanduser().write_bytes(sheet)
        say.line(
            _("Hoja escrita: %(file)s. Imprímela y cuélgala junto al servidor.")
            % {"file": chosen.guide}
        )
    say.line(f"Nombres: {', '.join(set_up.hosts)}")
    say.line(f"Al certificado le quedan {certificates.days_left(data)} días; se renueva solo.")
    say.line(f"Huella de la autoridad:\n    {certificates.fingerprint(data)}")
    return 0
