"""What it cost, as the room of costs adds it up."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.reports.accounts.blocks import Block, Box, Table
from tequio.reports.accounts.sources import Spent


def costs(spent: Spent | None) -> list[Block]:
    """Return the sums, or that nobody wrote any down."""
    if spent is None:
        return [
            Box(
                _("No se sabe"),
                _(
                    "No hay costos anotados de este periodo; se anotan por año entero. No quiere "
                    "decir que no costó: quiere decir que nadie los ha anotado."
                ),
            )
        ]
    found: list[Block] = [
        Table(
            name=_("Costos"),
            caption=_("Lo que costó, y entre cuántos"),
            columns=(_("Qué"), _("Cuánto"), _("Entre cuántos")),
            rows=spent.lines,
            of=spent.of,
            missing=spent.missing,
            caution=spent.caution,
        )
    ]
    if spent.by_category:
        found.append(
            Table(
                name=_("Por rubro"),
                caption=_("En qué se gastó"),
                columns=(_("Rubro"), _("Se pagó"), _("Se dio sin cobrar")),
                rows=spent.by_category,
                of=spent.of,
                missing=spent.missing,
                caution=_("Lo que dieron voluntarias y voluntarios cuenta a un salario supuesto."),
            )
        )
    return found
