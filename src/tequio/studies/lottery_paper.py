"""The papers of a lottery: the sheet for the wall of the office, and the slips with codes."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from tequio.studies import lottery_checking
from tequio.studies.models import Lottery
from tequio.studies.queries.lotteries import Entry
from tequio.ui import printing
from tequio.ui.templatetags.ui import day


def sheet(lottery: Lottery, *, url: str) -> bytes:
    """Compile the public sheet. It holds what the public page holds, and no name."""
    # Paper is Spanish whatever language its printer reads in.
    with translation.override("es-mx"):
        data = {
            **_head(lottery, _("Sorteo %(code)s") % {"code": lottery.code}),
            "facts": [
                [_("Compromiso, %(day)s") % {"day": day(lottery.committed_on)}, lottery.commitment],
                [_list_label(lottery), lottery.list_sha256 or "—"],
                [
                    _("Premio mayor de la Lotería Nacional del %(day)s")
                    % {"day": day(lottery.beacon_on)},
                    lottery.beacon or "—",
                ],
                [
                    _("Semilla, pública desde el sorteo"),
                    lottery_checking.seed_of(lottery) or "—",
                ],
            ],
            "codes": [
                {"code": row.code, "start": _said(lottery, row)}
                for row in lottery_checking.rows_of(lottery)
            ],
            "url": url,
            "words": {
                "why": _(
                    "El compromiso se publicó antes de cerrar la lista y la lista antes de "
                    "conocer el número: nadie pudo escoger el resultado."
                ),
                "codes": _("Por clave"),
                "check": _("Cualquiera puede comprobarlo, sin dar su nombre, en:"),
                "ask": _("Para comprobarlo, pide el registro en la recepción."),
                "alt": _("Código para abrir la página del sorteo"),
            },
        }
        return printing.pdf("tequio.studies:typst/lottery.typ", data, {"page": _code(lottery, url)})


def slips(lottery: Lottery, entries: Sequence[Entry], *, url: str) -> bytes:
    """Compile the slips: the stub says whose each is and stays in the office."""
    with translation.override("es-mx"):
        data = {
            **_head(lottery, _("Papeletas del sorteo %(code)s") % {"code": lottery.code}),
            "slips": [{"alias": one.alias, "code": one.ticket.code} for one in entries],
            "lottery": lottery.code,
            "url": url,
            "words": {
                "stub": _("Se queda en la oficina"),
                "yours": _("Tu clave"),
                "lottery": _("Sorteo"),
                "look": _("Busca tu clave en la hoja de la pared%(or)s.")
                % {"or": _(" o en esta página") if url else ""},
                "care": _(
                    "Recorta por la línea y entrega solo la parte derecha. Cuando termines, guarda "
                    "o destruye los talones: dicen de quién es cada clave."
                ),
                "none": _("La lista todavía no se cierra."),
            },
        }
        return printing.pdf_in_memory("tequio.studies:typst/slips.typ", data)


def _head(lottery: Lottery, title: str) -> dict[str, object]:
    return {
        "title": title,
        "organisation": lottery.organisation.name,
        "language": "es",
        "dated": lottery.code,
    }


def _list_label(lottery: Lottery) -> str:
    if lottery.closed_on is None:
        return _("La lista se cierra el %(day)s") % {"day": day(lottery.closes_on)}
    return _("Lista cerrada, %(day)s") % {"day": day(lottery.closed_on)}


def _said(lottery: Lottery, row: lottery_checking.Row) -> str:
    if not lottery.of_men:
        return _("lugar %(n)s") % {"n": row.rank} if row.rank else ""
    if row.start == "exempt":
        return _("sin sorteo")
    calls = lottery.kind == Lottery.Kind.CALLS
    words = {
        "now": _("con llamadas") if calls else _("empieza ahora"),
        "later": _("como siempre") if calls else _("espera"),
    }
    return words.get(row.start, "")


def _code(lottery: Lottery, url: str) -> str:
    drawn = io.BytesIO()
    segno.make(url or lottery.code, error="m").save(
        drawn, kind="svg", scale=4, border=2, xmldecl=False
    )
    return drawn.getvalue().decode()
