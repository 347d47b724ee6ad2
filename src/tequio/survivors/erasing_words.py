"""The certificate of an erasure behind the wall, in sentences. It tells what it does not reach."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.access.models import Organisation
from tequio.core.safekeeping import forgotten_by
from tequio.survivors.actions.erasing import Erased, day_of
from tequio.survivors.paper import head_of
from tequio.ui.printing import pdf_in_memory
from tequio.ui.templatetags.ui import day


@dataclass(frozen=True, slots=True)
class Truth:
    """Three lists: what went, what stays and why, what is beyond reach."""

    went: tuple[str, ...]
    stays: tuple[str, ...]
    beyond: tuple[str, ...]


def truth(organisation: Organisation, erasure: Erased) -> Truth:
    """Return the sentences of one certificate."""
    return Truth(_went(erasure), _stays(), _beyond(organisation, erasure))


def _went(erasure: Erased) -> tuple[str, ...]:
    found = [
        _("La llave de su expediente: sin ella nada de lo suyo se puede volver a leer aquí."),
        ngettext("%(n)s hoja de su expediente.", "%(n)s hojas de su expediente.", erasure.sheets)
        % {"n": erasure.sheets},
    ]
    if erasure.letters:
        found.append(
            ngettext(
                "%(n)s carta guardada con él.", "%(n)s cartas guardadas con él.", erasure.letters
            )
            % {"n": erasure.letters}
        )
    return (*found, _("Lo que alguien había escrito a medias y las peticiones de sacar copia."))


def _stays() -> tuple[str, ...]:
    return (
        _("Una línea sellada en la bitácora del muro: que se borró, cuándo, quién y por qué."),
        _(
            "Las líneas de antes en esa bitácora: quién abrió o escribió algo, sin decir de quién "
            "era. No se pueden quitar, para que nadie esconda lo que hizo."
        ),
    )


def _beyond(organisation: Organisation, erasure: Erased) -> tuple[str, ...]:
    until = day(forgotten_by(day_of(erasure, organisation.timezone)))
    found = [
        _(
            "Las copias de respaldo lo tienen, sellado, hasta el %(day)s. Hasta entonces, quien "
            "tuviera una de esas copias y las llaves del muro podría leerlo. Si se repone una "
            "copia anterior, hay que borrarlo otra vez."
        )
        % {"day": until},
        _("Copias que alguien haya llevado a otro disco por su cuenta no se alcanzan."),
        _("El papel no se alcanza, ni lo que otras personas recuerdan o anotaron."),
    ]
    if erasure.copies:
        found.append(
            ngettext(
                "Salió %(n)s copia cifrada de su expediente. Quien la tenga y sepa su frase "
                "la lee.",
                "Salieron %(n)s copias cifradas de su expediente. Quien las tenga y sepa su frase "
                "las lee.",
                erasure.copies,
            )
            % {"n": erasure.copies}
        )
    if erasure.referrals:
        found.append(
            ngettext(
                "Se le canalizó %(n)s vez: ese servicio conserva lo que recibió.",
                "Se le canalizó %(n)s veces: esos servicios conservan lo que recibieron.",
                erasure.referrals,
            )
            % {"n": erasure.referrals}
        )
    return tuple(found)


def pdf(organisation: Organisation, erasure: Erased) -> bytes:
    """Return the certificate on paper, made in memory."""
    said = truth(organisation, erasure)
    return pdf_in_memory(
        "tequio.survivors:typst/erased.typ",
        {
            **head_of(organisation),
            "title": _("Certificado de borrado"),
            "subtitle": erasure.folio,
            "parts": [
                {"title": _("Lo que se borró"), "lines": list(said.went)},
                {"title": _("Lo que queda, y por qué"), "lines": list(said.stays)},
                {"title": _("Lo que este borrado no alcanza"), "lines": list(said.beyond)},
            ],
        },
    )
