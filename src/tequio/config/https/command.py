"""`./tequio https`: the certificates of a server in the house."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.access.models import Organisation
from tequio.config import installation, say
from tequio.config.https import certificates, guide
from tequio.config.options import Options
from tequio.core.errors import DomainError


def run(argv: Sequence[str]) -> int:
    """Say how the certificates stand; print the guide; renew them."""
    parser = Options("https", _("Los certificados de un servidor de la casa."))
    parser.add_argument("--guide", help=_("escribe la hoja para los teléfonos (PDF)"))
    parser.add_argument("--language", choices=["es", "en"], default="es")
    parser.add_argument("--renew", action="store_true", help=_("renueva ya el certificado"))
    parser.add_argument(
        "--again", action="store_true", help=_("otra autoridad: hay que repetir todo")
    )
    chosen = parser.parse_args(argv)
    data = Path(settings.DATA)
    set_up = installation.read(data)
    if set_up is None or set_up.way != "house":
        raise DomainError(
            _("Esto es para un servidor de la casa."), hint=_("Corre ./tequio setup --way house.")
        )
    if chosen.again:
        certificates.begin_again(data, set_up.hosts)
        say.line(_("Hay otra autoridad: cada teléfono tiene que confiar de nuevo."))
    elif chosen.renew:
        certificates.issue(data, set_up.hosts)
        say.line(_("El certificado se renovó; los teléfonos no notan nada."))
    if chosen.guide:
        first = Organisation.objects.order_by("created_at", "pk").first()
        with translation.override("en" if chosen.language == "en" else "es-mx"):
            sheet = guide.pdf(data, set_up, first.name if first else "Tequio", chosen.language)
        Path(chosen.guide).expanduser().write_bytes(sheet)
        say.line(
            _("Hoja escrita: %(file)s. Imprímela y cuélgala junto al servidor.")
            % {"file": chosen.guide}
        )
    say.line(_("Nombres: %(names)s") % {"names": ", ".join(set_up.hosts)})
    left = certificates.days_left(data)
    say.line(
        ngettext(
            "Al certificado le queda %(days)s día; se renueva solo.",
            "Al certificado le quedan %(days)s días; se renueva solo.",
            left,
        )
        % {"days": left}
    )
    say.line(_("Huella de la autoridad:"))
    say.line(f"    {certificates.fingerprint(data)}")
    return 0
