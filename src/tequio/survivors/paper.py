"""What of the wall is put on paper. Printed in memory: nothing of it touches the disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from tequio.access.models import Organisation, User
from tequio.core import clock, phrases
from tequio.survivors.actions.cases import OpenCase
from tequio.survivors.actions.sheets import in_hand
from tequio.survivors.actions.two_people import Asked
from tequio.survivors.rules.sheets import Held
from tequio.survivors.spelling import answers_of, lines_of, title_of
from tequio.ui.printing import pdf_in_memory
from tequio.ui.templatetags.ui import day


def envelopes(organisation: Organisation, words: Sequence[str]) -> bytes:
    """Return two pages, one for each envelope; the first says how to recover, step by step."""
    numbered = [f"{n}. {word}" for n, word in enumerate(words, start=1)]
    half = phrases.PAPER_WORDS // 2
    return pdf_in_memory(
        "tequio.survivors:typst/envelopes.typ",
        {
            **head_of(organisation),
            "title": _("Llave de papel"),
            "envelopes": [
                _envelope(_("Sobre 1 de 2"), _("Palabras 1 a 12"), numbered[:half]),
                _envelope(_("Sobre 2 de 2"), _("Palabras 13 a 24"), numbered[half:]),
            ],
            "what": _("Qué es esto"),
            "about": _(
                "Con las 24 palabras de los dos sobres, juntas, se abre lo que cuida el equipo de "
                "mujeres cuando nadie más puede abrirlo. Un sobre solo no sirve de nada. Guárdalos "
                "cerrados, con dos personas distintas y en dos lugares: por ejemplo la dirección y "
                "alguien del consejo, o una abogada. No los fotografíes ni los copies."
            ),
            "how": _("Cómo recuperar, aunque la computadora se haya perdido"),
            "steps": _steps(),
            "other": _("Este sobre solo no abre nada. Los pasos están en el sobre 1."),
        },
    )


def _envelope(name: str, which: str, words: Sequence[str]) -> dict[str, object]:
    return {"name": name, "which": which, "words": list(words)}


def _steps() -> list[str]:
    return [
        _("Reúne los dos sobres y ábrelos: hacen falta las 24 palabras."),
        _(
            "Si la computadora se perdió: instala Tequio en otra y recupera el respaldo más "
            "reciente. Hacen falta el archivo del respaldo, el del llavero y la frase del llavero: "
            "«./tequio restore RESPALDO --kit LLAVERO» y después «./tequio serve»."
        ),
        _(
            "Entra con una cuenta que tenga el rol de Acompañamiento. Si nadie puede entrar, "
            "«./tequio rescue» da un código a quien administra, y esa persona da el rol."
        ),
        _("Después de la dirección del sitio escribe /muro/recuperar/ y ábrelo."),
        _("Escribe las 24 palabras en orden: primero el sobre 1, después el sobre 2."),
        _(
            "Aparecen una frase de siete palabras y un código, nuevos y tuyos. Cópialos en papel: "
            "se muestran una sola vez. Escribe la frase y el muro se abre."
        ),
        _(
            "En «Equipo», haz otra llave de papel, imprímela en sobres nuevos y destruye estos: "
            "ya los vio más de una persona."
        ),
    ]


def code_sheet(user: User, code: str) -> bytes:
    """Return the sheet with a person's recovery code."""
    return pdf_in_memory(
        "tequio.survivors:typst/code.typ",
        {
            **head_of(user.organisation),
            "title": _("Código de recuperación"),
            "subtitle": user.login,
            "code": code,
            "about": _(
                "Si olvidas tu frase del muro, este código la reemplaza una vez. Guárdalo lejos de "
                "tu computadora y de tu teléfono. No es la llave de papel: abre solo con tu cuenta."
            ),
            "how": _("Cómo usarlo"),
            "steps": [
                _("Entra con tu cuenta y abre el muro."),
                _("Elige «Perdí mi frase» y escribe el código, con guiones o sin ellos."),
                _(
                    "Copia en papel la frase y el código nuevos, y escribe la frase. Desde ahí "
                    "este código ya no sirve: destrúyelo."
                ),
            ],
        },
    )


def case_sheet(organisation: Organisation, opened: OpenCase, asked: Asked) -> bytes:
    """Return a case as a person reads it."""
    zone = organisation.timezone
    parts = [{"title": _("Carátula"), "lines": lines_of(opened.cover, zone)}]
    parts += [
        {"title": title_of(held.body), "lines": _lines(held, zone)} for held in in_hand(opened)
    ]
    return pdf_in_memory(
        "tequio.survivors:typst/case.typ",
        {
            **head_of(organisation),
            "title": opened.cover.alias,
            "subtitle": opened.cover.folio,
            "why": _("Copia pedida por %(by)s y permitida por %(allowed)s. Motivo: %(reason)s")
            % {"by": asked.by, "allowed": asked.allowed_by, "reason": asked.reason},
            "parts": parts,
        },
    )


def bundle(files: Mapping[str, bytes]) -> bytes:
    """Put files together in memory."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def head_of(organisation: Organisation) -> dict[str, object]:
    """Return what stands at the head and foot of every paper of the wall."""
    today = clock.today(organisation.timezone)
    return {
        "organisation": organisation.name,
        "world": "jacaranda",
        "dated": day(today),
        "footer": _("Confidencial. Guárdalo como lo que es."),
    }


def _lines(held: Held, zone: str) -> list[dict[str, object]]:
    return [*lines_of(held.body, zone), *answers_of(held)]
