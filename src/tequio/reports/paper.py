"""A certificate as a PDF: the fixed words, the register's folio, and how to check it."""

from __future__ import annotations

import io

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from tequio.reports import vault, wording
from tequio.reports.models import Certificate
from tequio.ui import printing


def pdf(certificate: Certificate, *, check_url: str) -> bytes:
    """Compile the certificate for paper. `check_url` is empty where nobody could reach it."""
    # The paper is Spanish whatever language its printer reads in.
    with translation.override("es-mx"):
        facts = facts_of(certificate)
        data = {
            "title": _("Constancia de asistencia"),
            "organisation": facts.organisation,
            "language": "es",
            "dated": _("Folio %(folio)s") % {"folio": certificate.folio},
            "sentences": list(wording.sentences(facts, certificate.wording)),
            "limits": list(wording.limits()),
            "issued": _("Se expide el %(day)s.") % {"day": wording.long_day(certificate.issued_on)},
            "signed_name": certificate.signed_name,
            "signed_as": certificate.signed_as,
            "folio": certificate.folio,
            "check_url": check_url,
            "voided": _("ANULADA") if certificate.voided_at else "",
            "words": {
                "folio": _("Folio"),
                "check": _("Cualquiera puede comprobar este folio en:"),
                "ask": _("Para comprobar este folio, pregunta a la organización que la expide."),
                "says": _("Lo que esta constancia no dice"),
                "code": _("Código para abrir la página de comprobación"),
            },
        }
    return printing.pdf(
        "tequio.reports:typst/certificate.typ",
        data,
        {"check": _code(check_url or certificate.folio)},
    )


def facts_of(certificate: Certificate) -> wording.Facts:
    """Return what the certificate says, with the name opened."""
    return wording.Facts(
        name=vault.open_name(certificate) or _("una persona cuyos datos ya se borraron"),
        programme=certificate.edition.name,
        organisation=certificate.organisation.name,
        attended=certificate.attended,
        held=certificate.held,
        made_up=certificate.made_up,
        unrecorded=certificate.unrecorded,
        first_on=certificate.first_on,
        last_on=certificate.last_on,
    )


def _code(text: str) -> str:
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", scale=4, border=2, xmldecl=False)
    return drawn.getvalue().decode()
