"""The printed guide: a telephone takes the authority's certificate and compares its fingerprint."""

from __future__ import annotations

import io
import ipaddress
from collections.abc import Mapping
from pathlib import Path

import segno
from django.utils.translation import gettext as _

from tequio.config.https import certificates, trust_page
from tequio.config.installation import LOCAL, Installation
from tequio.ui import printing


def pdf(data: Path, set_up: Installation, organisation: str, language: str = "es") -> bytes:
    """Return the sheet as a PDF."""
    words = content(data, set_up)
    picture = io.BytesIO()
    segno.make(str(words["address"]), error="m").save(picture, kind="svg", scale=4, border=2)
    return printing.pdf(
        "tequio.config:typst/trust.typ",
        {"organisation": organisation, "language": language, **words},
        {"qr": picture.getvalue().decode()},
    )


def content(data: Path, set_up: Installation) -> Mapping[str, object]:
    """Return what the sheet says."""
    host = reachable(set_up)
    mark = certificates.fingerprint(data).split()
    lines = [" ".join(mark[i : i + 8]) for i in range(0, len(mark), 8)]
    return {
        "title": _("Confiar en este servidor"),
        "subtitle": _("Una vez por teléfono o computadora; toma dos minutos."),
        "why": _(
            "Este servidor es de la casa y hizo su propio certificado. Por eso cada teléfono tiene "
            "que conocerlo antes de entrar. El certificado vale para este servidor y para ningún "
            "otro sitio."
        ),
        "first": _("1. Baja el certificado"),
        "scan": _("Conéctate a la red de la casa, apunta la cámara al código y abre la dirección."),
        "address": f"http://{host}:{trust_page.port_beside(set_up.port)}{trust_page.PATH}",
        "compare": _("2. Compara la huella"),
        "compare_why": _(
            "La página muestra una huella. Si una sola letra no es igual a esta, no lo instales y "
            "avisa: alguien está en medio."
        ),
        "fingerprint": "\n".join(lines),
        "parts": [
            {
                "title": _("3. En Android"),
                "steps": [
                    _("Abre Ajustes y busca «certificado»; elige «Certificado de CA»."),
                    _("Acepta el aviso y elige el archivo confianza.crt de las descargas."),
                ],
            },
            {
                "title": _("3. En iPhone"),
                "steps": [
                    _("Abre Ajustes › Perfil descargado, e instálalo."),
                    _("En Ajustes › General › Información › Certificados, actívalo."),
                ],
            },
        ],
        "then": _("4. Entra en"),
        "site": f"https://{host}:{set_up.port}/",
        "never": _(
            "Si después aparece un aviso de que la conexión no es segura, no lo aceptes: cierra la "
            "página y avisa a quien cuida el servidor."
        ),
    }


def reachable(set_up: Installation) -> str:
    """Return the host that most telephones find: an address, for many know no local names."""
    hosts = [host for host in set_up.hosts if host not in LOCAL]
    for host in hosts:
        try:
            ipaddress.ip_address(host.strip("[]"))
        except ValueError:
            continue
        return host
    return hosts[0]
