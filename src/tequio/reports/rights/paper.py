"""What is handed over on paper or as a file: his whole file, and the answer to a request."""

from __future__ import annotations

import json
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from tequio.reports.models import RightsRequest
from tequio.reports.rights import sealed
from tequio.reports.rights.whole import File
from tequio.reports.wording import long_day
from tequio.ui import printing


def not_in_it() -> tuple[str, ...]:
    """Return what the file leaves out: the same sentences for every man."""
    return (
        _("Claves internas del sistema y huellas de los mismos datos que ya están aquí."),
        _("Nombres de quienes lo atienden y de cualquier otra persona."),
        _("Notas que solo lee quien las escribió."),
        _(
            "Valoraciones del equipo sobre riesgos y decisiones sobre avisos a una "
            "autoridad: pueden "
            "poner en peligro a otras personas. Sobre ellas decide la abogada de la organización."
        ),
        _("La bitácora de quién abrió su expediente; se puede pedir aparte."),
    )


def file_pdf(request: RightsRequest, file: File) -> bytes:
    """Compile his file for paper."""
    with translation.override("es-mx"):
        data = {
            "title": _("Lo que se guarda de usted"),
            "organisation": request.organisation.name,
            "language": "es",
            "dated": _("Solicitud %(folio)s") % {"folio": request.folio},
            "lead": [
                _("Solicitud de acceso recibida el %(day)s.")
                % {"day": long_day(request.received_on)},
                _(
                    "Antes de entregarlo, una persona del equipo leyó los textos libres y tachó "
                    "lo que nombra a otras personas."
                ),
            ],
            "sections": [
                {
                    "title": section.title,
                    "rows": [
                        {"lines": [{"label": one.label, "value": one.value} for one in row.lines]}
                        for row in section.rows
                    ],
                }
                for section in file.sections
            ],
            "not": {"title": _("Lo que no está aquí, y por qué"), "lines": list(not_in_it())},
        }
    return printing.pdf("tequio.reports:typst/his_file.typ", data)


def file_json(request: RightsRequest, file: File) -> bytes:
    """Return his file for a machine."""
    body = {
        "schema": 1,
        "request": request.folio,
        "received_on": request.received_on.isoformat(),
        "sections": [
            {
                "title": section.title,
                "rows": [
                    [{"label": one.label, "value": one.value} for one in row.lines]
                    for row in section.rows
                ],
            }
            for section in file.sections
        ],
        "left_out": list(not_in_it()),
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def answer_lines(request: RightsRequest, until: date | None) -> tuple[str, ...]:
    """Return the answer in sentences."""
    words = sealed.words_of(request)
    said = [
        _("El %(day)s se recibió su solicitud: %(right)s.")
        % {
            "day": long_day(request.received_on),
            "right": str(request.get_right_display()).lower(),
        },
        _("Respuesta: %(decision)s.") % {"decision": str(request.get_decision_display()).lower()},
    ]
    if words.get("answer"):
        said.append(words["answer"])
    if until is not None:
        said.append(
            _("Lo que procede se cumple a más tardar el %(day)s.") % {"day": long_day(until)}
        )
    said.append(
        _(
            "Si no está de acuerdo, puede acudir a la Secretaría Anticorrupción y Buen "
            "Gobierno, que "
            "vigila la protección de datos personales."
        )
    )
    return tuple(said)


def answer_pdf(request: RightsRequest, until: date | None) -> bytes:
    """Compile the answer for paper."""
    with translation.override("es-mx"):
        data = {
            "title": _("Respuesta a su solicitud"),
            "organisation": request.organisation.name,
            "language": "es",
            "dated": _("Solicitud %(folio)s") % {"folio": request.folio},
            "lines": [
                long_day(request.answered_on) if request.answered_on else "",
                *answer_lines(request, until),
            ],
            "signed": _("Nombre y firma de quien responde por la organización"),
        }
    return printing.pdf("tequio.reports:typst/answer.typ", data)
