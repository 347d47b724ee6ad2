"""The certificate of an erasure: what went, what stays and why, and what it cannot reach.

Every sentence is the same for every man. None depends on what lies behind the wall: nobody on
this side can look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tequio.core.safekeeping import forgotten_by
from tequio.reports.models import Erasure
from tequio.reports.rights.erasing import STAYS
from tequio.reports.rights.tables import TITLES
from tequio.reports.wording import long_day
from tequio.ui import printing

_LEFT: Final[dict[str, str | Promise]] = {
    "certificate": gettext_lazy("Constancias impresas con su nombre"),
    "rights.file.pdf": gettext_lazy("Su expediente en papel, entregado a quien lo pidió"),
    "answers.csv": gettext_lazy("Tablas de respuestas"),
    "problemas.xlsx": gettext_lazy("Listas de problemas de un registro importado"),
    "rights.answer": gettext_lazy("Respuestas en papel a lo que pidió"),
    "session_sheet": gettext_lazy("Hojas de sesión impresas"),
    "rights.file.json": gettext_lazy("Su expediente en archivo, entregado a quien lo pidió"),
}


@dataclass(frozen=True, slots=True)
class Truth:
    """What the certificate says, in sentences."""

    title: str
    head: str
    went: tuple[str, ...]
    stays: tuple[str, ...]
    beyond: tuple[str, ...]


def truth(erasure: Erasure) -> Truth:
    """Return the certificate's sentences."""
    return Truth(
        title=_("Certificado de borrado"),
        head=_(
            "El %(day)s se borraron los datos de la persona con folio %(folio)s. Motivo: "
            "%(reason)s."
        )
        % {
            "day": long_day(erasure.erased_on),
            "folio": erasure.folio,
            "reason": str(erasure.get_reason_display()).lower(),
        },
        went=_went(erasure),
        stays=_stays(erasure),
        beyond=_beyond(erasure),
    )


def _went(erasure: Erasure) -> tuple[str, ...]:
    lines = [
        ngettext("%(title)s: %(n)s registro", "%(title)s: %(n)s registros", n)
        % {"title": TITLES[label], "n": n}
        for label, n in erasure.counts.items()
        if label in TITLES
    ]
    if "circles.RegisterImport" in erasure.counts:
        lines.append(_("Los archivos importados en los que venía su nombre."))
    return tuple(lines)


def _stays(erasure: Erasure) -> tuple[str, ...]:
    lines = []
    if STAYS & set(erasure.counts):
        lines.append(
            _(
                "Asistencias, pasos y motivos en códigos, bajo un folio nuevo que no lleva a él: "
                "así las cuentas del programa siguen siendo verdad. Quien estuvo en el mismo grupo "
                "podría reconocer su asistencia por memoria."
            )
        )
    if "reports.Certificate" in erasure.counts:
        lines.append(
            _("El renglón de cada constancia, sin nombre, para que se pueda comprobar el papel.")
        )
    if "reports.RightsRequest" in erasure.counts:
        lines.append(
            _("Que hubo una solicitud, su fecha y su respuesta, sin nombre y sin palabras.")
        )
    return (
        *lines,
        _(
            "La bitácora: qué se hizo y quién del equipo lo hizo, con su folio y sin su "
            "nombre. No se "
            "puede cambiar, para que nadie pueda esconder lo que hizo; el folio ya no lleva "
            "a nadie."
        ),
        _(
            "Registros internos sellados, iguales para todos los participantes, que llevan "
            "folio y no "
            "nombre. Se destruyen a más tardar en catorce meses."
        ),
        _("Este certificado: folio, fecha, motivo y cuentas."),
    )


def _beyond(erasure: Erasure) -> tuple[str, ...]:
    lines = [
        _(
            "Las copias de respaldo de este sistema todavía lo tienen, cifrado, hasta el "
            "%(day)s. Si antes se repone una de esas copias, el sistema lo borra otra vez por sí "
            "solo, con la lista de olvidados que va junto a los respaldos; sin esa lista, hay que "
            "borrarlo a mano."
        )
        % {"day": long_day(forgotten_by(erasure.erased_on))},
        _(
            "Copias que alguien haya llevado a otro disco por su cuenta no se conocen ni se "
            "alcanzan."
        ),
        _(
            "Otros servicios de la organización llevan sus propios registros; desde el "
            "programa nadie "
            "los puede ver ni borrar."
        ),
        _(
            "El papel no se alcanza: hojas de sesión, constancias, cartas y lo que alguien "
            "escribió."
        ),
    ]
    if erasure.left:
        said = "; ".join(f"{_name(what)}: {n}" for what, n in sorted(erasure.left.items()))
        lines.append(
            _("Antes del borrado salieron del sistema, y algunas pueden incluirlo: %(list)s.")
            % {"list": said}
        )
    if connection.vendor == "postgresql":
        lines.append(
            _("El servidor de base de datos guarda restos internos hasta su siguiente limpieza.")
        )
    return tuple(lines)


def _name(what: str) -> str:
    return str(_LEFT.get(what, what))


def pdf(erasure: Erasure) -> bytes:
    """Compile the certificate for paper."""
    with translation.override("es-mx"):
        said = truth(erasure)
        data = {
            "title": said.title,
            "organisation": erasure.organisation.name,
            "language": "es",
            "dated": _("Folio %(folio)s") % {"folio": erasure.folio},
            "head": said.head,
            "parts": [
                {"title": _("Lo que se borró"), "lines": list(said.went)},
                {"title": _("Lo que queda, y por qué"), "lines": list(said.stays)},
                {"title": _("Lo que este borrado no alcanza"), "lines": list(said.beyond)},
            ],
            "signed": _("Nombre y firma de quien lo entrega"),
        }
    return printing.pdf("tequio.reports:typst/erasure.typ", data)
