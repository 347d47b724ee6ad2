"""The pictures of the monitoring page, and the tables that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from tequio.circles.retention.figures import percent
from tequio.studies.queries.monitoring import Watch
from tequio.studies.rules.calendar import month_name
from tequio.studies.rules.monitoring import Look, Panel, months
from tequio.ui.charts import Point, Strip, limits_in_time
from tequio.ui.parts import ChartFigure, Column, Row, Table

_A_YEAR: Final = 12


def chart(watch: Watch, title: str) -> ChartFigure | None:
    """Draw each place of a measure that may be shown, month by month; None where there is none."""
    shown = [panel for panel in watch.panels if panel.watched is not None]
    if not shown:
        return None
    target = None if watch.expected is None else watch.expected.percent / 100
    label = "" if target is None else _("- - lo supuesto: %(share)s") % {"share": percent(target)}
    moments = _moments(shown)
    # Two Novembers need their year.
    long = len(moments) > _A_YEAR
    strips = [
        Strip(panel.name or _("Todas las sedes"), _points(panel, long=long), target, label)
        for panel in shown
    ]
    spec = limits_in_time(
        strips,
        moments=[month_name(month, year=long) for month in moments],
        title=title,
        description=" ".join(map(_in_words, shown)),
    )
    note = _(
        "El punto es la parte hasta ese mes; la barra, los límites que valen aunque se mire "
        "cada mes."
    )
    return ChartFigure(title=title, spec=spec, table=_table(title, shown), note=note)


def _moments(shown: Sequence[Panel]) -> list[date]:
    """Return every month from the first in which anybody was asked about, anywhere."""
    found = sorted({look.month for panel in shown for look, _at in _asked(panel)})
    return list(months(found[0], found[-1])) if found else []


def _points(panel: Panel, *, long: bool = False) -> list[Point]:
    found = panel.watched
    if found is None:
        return []
    known = [None if share != share else float(share) for share in found.share]
    return [
        Point(
            month_name(look.month, year=long),
            known[at],
            float(found.low[at]),
            float(found.high[at]),
        )
        for look, at in _asked(panel)
    ]


def _asked(panel: Panel) -> list[tuple[Look, int]]:
    """Return each look with its place; before anybody was asked about there is none to draw."""
    found = panel.watched
    if found is None:
        return []
    return [(look, at) for at, look in enumerate(panel.looks) if found.asked[at]]


def _in_words(panel: Panel) -> str:
    points = [point for point in _points(panel) if point.share is not None]
    name = panel.name or _("Todas las sedes")
    if not points or points[-1].share is None:
        return _("%(place)s: no se sabe.") % {"place": name}
    last = points[-1]
    return _("%(place)s: %(share)s, entre %(low)s y %(high)s.") % {
        "place": name,
        "share": percent(last.share or 0.0),
        "low": percent(last.low),
        "high": percent(last.high),
    }


def _table(title: str, shown: Sequence[Panel]) -> Table:
    rows = []
    for panel in shown:
        found = panel.watched
        if found is None:
            continue
        place = panel.name or _("Todas las sedes")
        for at, look in enumerate(panel.looks):
            share = float(found.share[at])
            rows.append(
                Row(
                    (
                        _("%(place)s, %(month)s")
                        % {"place": place, "month": month_name(look.month, year=True)},
                        int(found.yes[at]),
                        int(found.asked[at]),
                        int(found.missing[at]),
                        "—" if share != share else percent(share),
                        f"{percent(float(found.low[at]))} – {percent(float(found.high[at]))}",
                    )
                )
            )
    columns = (
        Column(_("Dónde y hasta cuándo")),
        Column(_("Sí"), number=True),
        Column(_("De"), number=True),
        Column(_("Sin anotar"), number=True),
        Column(_("Parte"), number=True),
        Column(_("Límites"), number=True),
    )
    return Table(title, columns, rows)
