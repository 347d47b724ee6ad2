"""The pictures of a release: each measure with its interval, against no change."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tequio.studies.rules.findings import Number
from tequio.ui.charts import Line, forest
from tequio.ui.parts import ChartFigure, Column, Row, Table


def charts(numbers: Sequence[Number], *, hue: str) -> list[ChartFigure]:
    """Return one picture for all shares together, and one for each measure with its own unit."""
    main = [
        one
        for one in numbers
        # A level has no line of «no change» to lie beside.
        if one.role != "sensitivity" and one.at_low is not None and not one.level
    ]
    shares = [one for one in main if one.percent]
    found = []
    if shares:
        found.append(_chart(_("Diferencias en puntos porcentuales"), shares, _("puntos"), hue))
    for label, ratio in dict.fromkeys((one.label, one.ratio) for one in main if not one.percent):
        own = [one for one in main if (one.label, one.ratio) == (label, ratio) and not one.percent]
        title = label[:1].upper() + label[1:]
        if ratio:
            title = _("%(label)s, como razón") % {"label": title}
        found.append(_chart(title, own, _("razón") if ratio else _("diferencia"), hue))
    return found


def _chart(title: str, numbers: Sequence[Number], unit: str, hue: str) -> ChartFigure:
    lines = [
        Line(_name(one, numbers), one.value, one.at, one.at_low, one.at_high) for one in numbers
    ]
    description = "; ".join(f"{line.label}: {line.text}" for line in lines)
    ratio = any(one.ratio for one in numbers)
    spec = forest(
        lines,
        title=title,
        description=description,
        x_title=unit,
        hue=hue,
        nothing=1.0 if ratio else 0.0,
    )
    table = Table(
        caption=title,
        columns=[
            Column(_("Medida")),
            Column(_("Razón") if ratio else _("Diferencia"), number=True),
            Column(_("De"), number=True),
            Column(_("A"), number=True),
        ],
        rows=[Row([_name(one, numbers), one.value, one.low, one.high]) for one in numbers],
    )
    note = _("La raya es el intervalo: lo que cabe. A la línea punteada llega «no hay cambio».")
    return ChartFigure(title=title, spec=spec, table=table, note=note)


def _name(one: Number, among: Sequence[Number]) -> str:
    """Name a line by measure and moment, and by its method where two would be called the same."""
    name = f"{one.label}, {one.wave}" if one.wave else one.label
    twice = [other for other in among if (other.label, other.wave) == (one.label, one.wave)]
    return f"{name} ({one.method})" if len(twice) > 1 else name
