"""A diagnosis in the parts that the page and the paper share: figures, tables, drawings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tequio.territory import charts
from tequio.territory.indicators import HOW_WORDS
from tequio.territory.queries.diagnosis import Compared, Diagnosis
from tequio.territory.rules.numbers import count, percent, rate_words
from tequio.ui.parts import ChartFigure, Column, Row, Table


def compared(found: Diagnosis, rows: Sequence[Compared], caption: str) -> Table:
    """Each share here, in the state and in the country, with how it came about."""
    columns = (
        Column(_("Dato")),
        Column(found.of.place, number=True),
        Column(found.of.state, number=True),
        Column(_("País"), number=True),
        Column(_("Entre todos los municipios")),
        Column(_("Cómo se sabe")),
    )
    return Table(
        caption,
        columns,
        [
            Row(
                [
                    str(one.indicator.name),
                    percent(one.here) if one.here is not None else _("no se publicó"),
                    percent(one.state),
                    percent(one.country),
                    fifth(one.fifth),
                    str(HOW_WORDS[one.indicator.how]),
                ]
            )
            for one in rows
        ],
    )


def fifth(which: int | None) -> str:
    """Say a fifth of all municipalities in words; 5 is the one with most."""
    if which is None:
        return "—"
    words = {
        1: _("en la quinta parte que menos tiene"),
        2: _("por debajo de en medio"),
        3: _("en medio"),
        4: _("por encima de en medio"),
        5: _("en la quinta parte que más tiene"),
    }
    return words[which]


def years(found: Diagnosis) -> Table:
    """The files by year with their rates; what nobody reported is said."""
    columns = (
        Column(_("Año")),
        Column(_("Carpetas"), number=True),
        Column(_("%(place)s, por 100 mil") % {"place": found.of.place}, number=True),
        Column(_("%(state)s, por 100 mil") % {"state": found.of.state}, number=True),
        Column(_("País, por 100 mil"), number=True),
    )
    return Table(
        _("Carpetas por violencia familiar, por año"),
        columns,
        [
            Row(
                [
                    str(year.year),
                    count(year.count) if year.count is not None else _("no se reportó"),
                    rate_words(year.here),
                    rate_words(year.state),
                    rate_words(year.country),
                ]
            )
            for year in found.years
        ],
    )


def calls(found: Diagnosis) -> Table:
    """The calls of the state by month with their rates; what nobody reported is said."""
    columns = (
        Column(_("Mes")),
        Column(_("Llamadas"), number=True),
        Column(_("%(state)s, por 100 mil") % {"state": found.of.state}, number=True),
        Column(_("País, por 100 mil"), number=True),
    )
    return Table(
        charts.calls_title(found),
        columns,
        [
            Row(
                [
                    date_format(date(one.year, one.month, 1), "F Y"),
                    count(one.count) if one.count is not None else _("no se reportó"),
                    rate_words(one.state),
                    rate_words(one.country),
                ]
            )
            for one in found.calls
        ],
    )


def drawings(found: Diagnosis) -> list[tuple[str, ChartFigure]]:
    """The drawings with their tables, by the name that each has on paper."""
    shares = ChartFigure(
        charts.shares_title(found),
        charts.shares(found),
        compared(found, found.compared, charts.shares_title(found)),
        _("De cada 100. Los datos son de 2020. La cifra de la derecha es la de aquí."),
    )
    made = [("shares", shares)]
    if any(year.state is not None or year.here is not None for year in found.years):
        rates = ChartFigure(
            charts.rates_title(),
            charts.rates(found),
            years(found),
            _(
                "Los tres tienen la misma escala. La raya de cada barra de aquí es su margen. Un "
                "«×» es un año que no se reportó, o con menos de 20 carpetas."
            ),
        )
        made.append(("rates", rates))
    months = charts.months(found)
    if months is not None:
        note = _(
            "Cada punto es un mes; los de menos de 5 carpetas se dibujan a una misma altura. La "
            "línea es la dirección de los años sin la forma del año, con su intervalo de 95 %."
        )
        made.append(
            ("months", ChartFigure(charts.months_title(), months, years(found), _cut(found, note)))
        )
    of_calls = charts.calls(found)
    if of_calls is not None:
        note = _(
            "Son de toda la entidad: por municipio no se publican. Un mes que no se reportó queda "
            "vacío."
        )
        made.append(("calls", ChartFigure(charts.calls_title(found), of_calls, calls(found), note)))
    return made


def _cut(found: Diagnosis, note: str) -> str:
    """Say where the files jumped, and that the line does not cross it."""
    if found.since == found.years[0].year:
        return note
    said = _(
        "En %(year)s las carpetas dieron un salto (raya punteada): lo de antes no se compara con "
        "lo de después, y ninguna línea lo cruza."
    )
    return f"{note} {said % {'year': found.since}}"
