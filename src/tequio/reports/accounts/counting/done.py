"""What was done with the men: the funnel of those who came in the period, and where they stood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from tequio.programmes.states import State
from tequio.reports.accounts.blocks import HIDDEN, Block, Chart, Table
from tequio.reports.accounts.counting.men import Way, by_state
from tequio.reports.accounts.counting.scope import Scope, of_people, people, share
from tequio.ui import charts

Step = tuple[str, int]
_STANDS: Final[tuple[tuple[str, tuple[State, ...]], ...]] = (
    ("on_his_way", (State.ENQUIRY, State.ACCEPTED, State.WAITING, State.IN_GROUP)),
    ("ended", (State.COMPLETED, State.MAINTENANCE)),
    ("withdrawn", (State.WITHDRAWN,)),
    ("excluded", (State.EXCLUDED,)),
    ("referred", (State.REFERRED,)),
)


def done(_scope: Scope, ways: Sequence[Way]) -> list[Block]:
    """Return the funnel, its drawing where it may be drawn, and where each stood at the end."""
    steps = funnel(ways)
    whole = len(ways)
    rows = tuple(
        (label, people(n), share(n, whole) if at else "—") for at, (label, n) in enumerate(steps)
    )
    table = Table(
        name=_("Embudo"),
        caption=_("De quienes llegaron en el periodo, hasta dónde vinieron"),
        columns=(_("Paso"), _("Hombres"), _("Parte")),
        rows=rows,
        of=of_people(whole, _("Hombres cuyo camino empezó en el periodo: %(n)s.")),
        missing=_(
            "Las sesiones sin fecha en el registro no se cuentan. Quien llegó al final del periodo "
            "ha tenido menos tiempo que los demás."
        ),
        caution=_(
            "Cada paso cuenta a los mismos hombres. Venir, o llegar al final, no dice nada de la "
            "seguridad de nadie."
        ),
    )
    return [*_drawn(rows, table), table, _stands(ways)]


def funnel(ways: Sequence[Way]) -> tuple[Step, ...]:
    """Count how many came how far."""
    asked: tuple[tuple[str, Callable[[Way], bool]], ...] = (
        (_("Llegaron"), lambda _way: True),
        (_("Con diagnóstico terminado"), lambda way: way.diagnosed),
        (_("Aceptados"), lambda way: way.accepted),
        (_("Vinieron al menos una vez"), lambda way: way.started),
        (_("Vinieron a la mitad de las sesiones o más"), lambda way: way.half),
        (_("Llegaron al final del ciclo"), lambda way: way.ended),
    )
    return tuple((label, sum(map(test, ways))) for label, test in asked)


def _drawn(rows: Sequence[tuple[str, str, str]], table: Table) -> list[Block]:
    """Draw it where every step is published: a funnel without its last steps would flatter."""
    if any(n == HIDDEN for _label, n, _share in rows):
        return []
    shown = [(label, int(n.replace(",", ""))) for label, n, _share in rows]
    words = "; ".join(f"{label}: {n}" for label, n, _share in rows)
    spec = charts.funnel_bars(shown, title=table.caption, description=words, shares=False)
    return [Chart("funnel", table.caption, words, spec)]


def _stands(ways: Sequence[Way]) -> Table:
    counts, whole = by_state(ways), len(ways)
    labels = {
        "on_his_way": _("Siguen en camino"),
        "ended": _("Llegaron al final, o siguen cada mes"),
        "withdrawn": _("Se retiraron"),
        "excluded": _("Salieron por decisión del equipo"),
        "referred": _("Aquí no, pero allá sí"),
    }
    found = [(labels[key], sum(counts.get(one, 0) for one in states)) for key, states in _STANDS]
    return Table(
        name=_("Cómo estaban"),
        caption=_("Cómo estaban el último día del periodo"),
        columns=(_("Dónde estaba cada uno"), _("Hombres"), _("Parte")),
        rows=tuple((label, people(n), share(n, whole)) for label, n in found),
        of=of_people(whole, _("Los mismos hombres: %(n)s.")),
        missing=_("De nadie falta: cada uno está en un renglón."),
        caution=_("Irse no es un fracaso de nadie por sí solo; los motivos se cuentan aparte."),
    )
