"""One picture for whoever reads no table: of every ten men, how many came."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from evidencia import publishing
from tequio.reports.accounts.blocks import Block, Chart, Number
from tequio.reports.accounts.counting.men import Way
from tequio.reports.accounts.counting.scope import Scope, of_people, too_few
from tequio.ui import charts


def tens(_scope: Scope, ways: Sequence[Way]) -> list[Block]:
    """Return the sentence and its drawing; where they are few, the sentence says so.

    Who came at all, and not how far he came: in a closed quarter most have had no time for that.
    """
    started = sum(way.started for way in ways)
    found = publishing.percentage(started, len(ways)).value if ways else None
    filled = None if found is None else round(found / 10)
    number = Number(
        name=_("De cada diez hombres que llegaron, ya vinieron a un grupo"),
        value="" if filled is None else f"{filled}",
        unknown=too_few(),
        of=of_people(len(ways), _("Llegaron %(n)s.")),
        missing=_("Los demás esperan lugar, no han venido, o nadie anotó que vinieron."),
        caution=_("Venir no dice si alguien está a salvo."),
    )
    if filled is None:
        return [number]
    words = _("De cada diez hombres que llegaron, %(n)s ya vinieron a un grupo.") % {"n": filled}
    spec = charts.ten_seats(filled, title=words, description=words)
    return [Chart("tens", words, words, spec), number]
