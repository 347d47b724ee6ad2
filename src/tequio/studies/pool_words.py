"""What the pages of several organisations together say, draw, and say that nobody may say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from evidencia.estimate import Effect
from evidencia.pooling import Own, Together
from tequio.circles.retention.figures import percent, sentences
from tequio.studies.models import PoolPacket
from tequio.studies.pool_terms import Unit
from tequio.studies.rules import pooling as rules
from tequio.ui.charts import Line, forest
from tequio.ui.parts import ChartFigure, Column, Fact, Row, Table

# A mean that leaves this much to the differences between organisations.
_MUCH: Final = 0.5
_NOTHING: Final = 0.005
_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """The pooled answer as the page shows it."""

    sentence: str
    known: bool
    facts: tuple[Fact, ...]
    differ: tuple[str, ...]
    ours: str
    chart: ChartFigure
    never: tuple[str, ...]
    notes: tuple[str, ...]


def shown(packets: Sequence[PoolPacket], own: PoolPacket | None) -> dict[str, str]:
    """Return how each packet is called on the page."""
    names = rules.shown_names([packet.label for packet in packets])
    if own is not None:
        names[own.label] = _("Tu organización")
    return names


def answer(found: Together, unit: Unit, names: dict[str, str], own: PoolPacket | None) -> Answer:
    """Return the answer in words and picture."""
    main = found.main
    mine = next(
        (one for one in found.own if own is not None and one.organisation == own.label), None
    )
    return Answer(
        sentence=_sentence(found, unit),
        known=main.ci_low > 0 or main.ci_high < 0,
        facts=_facts(found, unit),
        differ=_differ(found, unit, names),
        ours=_ours(mine, unit),
        chart=_chart(found, unit, names, own),
        never=_never(found, unit),
        notes=tuple(sentences(found.notes)),
    )


def _sentence(found: Together, unit: Unit) -> str:
    main = found.main
    words = {
        "measure": unit.name,
        "since": found.since,
        "wave": found.wave,
        "size": unit.size(main.estimate),
        "low": unit.number(main.ci_low),
        "high": unit.number(main.ci_high),
        "k": len(found.own),
        "n": f"{found.n_units:,}",
    }
    if main.ci_low <= 0 <= main.ci_high:
        said = _(
            "No se sabe si «%(measure)s» bajó o subió de %(since)s a %(wave)s: la verdad puede "
            "estar entre %(low)s y %(high)s. Son %(k)s organizaciones y %(n)s hombres."
        )
        return said % words
    if found.question == "change":
        return " ".join(part(main, unit) % words for part in (_change, _change_limits))
    return " ".join(part(main, unit) % words for part in (_difference, _difference_limits))


def _change(main: Effect, unit: Unit) -> str:
    if main.estimate < 0:
        return _(
            "En promedio entre %(k)s organizaciones, lo que %(n)s hombres cuentan de "
            "«%(measure)s» bajó %(size)s de %(since)s a %(wave)s (de %(low)s a %(high)s)."
        )
    return _(
        "En promedio entre %(k)s organizaciones, lo que %(n)s hombres cuentan de «%(measure)s» "
        "subió %(size)s de %(since)s a %(wave)s (de %(low)s a %(high)s)."
    )


def _change_limits(main: Effect, unit: Unit) -> str:
    if main.estimate > 0 and unit.violence:
        return _("Puede ser que haya más, o que se reconozca más: aquí no se distingue.")
    return _("Es un cambio: no dice que el programa lo causó.")


def _difference(main: Effect, unit: Unit) -> str:
    if main.estimate < 0:
        return _(
            "En promedio entre %(k)s organizaciones, de %(since)s a %(wave)s «%(measure)s» quedó "
            "%(size)s más abajo entre quienes tuvieron el programa que entre los demás (de "
            "%(low)s a %(high)s), según %(n)s hombres."
        )
    return _(
        "En promedio entre %(k)s organizaciones, de %(since)s a %(wave)s «%(measure)s» quedó "
        "%(size)s más arriba entre quienes tuvieron el programa que entre los demás (de %(low)s a "
        "%(high)s), según %(n)s hombres."
    )


def _difference_limits(main: Effect, unit: Unit) -> str:
    harm = (main.estimate > 0) == unit.worse
    if harm:
        return _("Puede ser daño: no se deja para después. Miren qué pasa en cada una.")
    return _("Es lo que ellos cuentan.")


def _facts(found: Together, unit: Unit) -> tuple[Fact, ...]:
    facts = []
    if found.between is not None:
        facts.append(
            Fact(_("Promedio entre organizaciones"), unit.between(found.between.effect)),
        )
    facts += [
        Fact(_("Como si fueran una sola"), unit.between(found.stacked)),
        Fact(_("Hombres detrás de las sumas"), f"{found.n_units:,}"),
        Fact(_("Respuestas contadas"), f"{found.stacked.n_obs:,}"),
    ]
    return tuple(facts)


def _differ(found: Together, unit: Unit, names: dict[str, str]) -> tuple[str, ...]:
    between = found.between
    said = []
    if between is not None:
        share = percent(between.i2)
        if between.i2 < _NOTHING:
            said.append(_("Lo que difieren cabe todo en el azar."))
        elif between.i2 >= _MUCH:
            said.append(
                _(
                    "Las organizaciones difieren de verdad: %(share)s de lo que varía no es azar. "
                    "El promedio esconde que en unas pasa una cosa y en otras, otra."
                )
                % {"share": share}
            )
        else:
            said.append(
                _("Lo que difieren cabe casi todo en el azar (%(share)s no es azar).")
                % {"share": share}
            )
        if between.k < _FEW:
            said.append(_("Con menos de cinco organizaciones eso apenas se conoce."))
        if between.prediction_low is not None and between.prediction_high is not None:
            said.append(
                _("En otra organización parecida podría estar entre %(low)s y %(high)s.")
                % {
                    "low": unit.number(between.prediction_low),
                    "high": unit.number(between.prediction_high),
                }
            )
    if found.fragile:
        who = ", ".join(names.get(label, label) for label in found.fragile)
        said.append(
            _("La respuesta cambia de lado si se quita a: %(who)s. No descansa en todas.")
            % {"who": who}
        )
    elif len(found.own) > 2:
        said.append(_("Quitando a cualquiera de ellas, la respuesta queda del mismo lado."))
    return tuple(said)


def _ours(mine: Own | None, unit: Unit) -> str:
    if mine is None:
        return _("Tu organización no ha puesto su paquete: esto es lo que dicen las demás.")
    if mine.effect is None:
        why = mine.refused.text("es") if mine.refused else ""
        return _("La tuya sola no tiene respuesta propia, y suma a la de todas. %s") % why
    words = {"own": unit.between(mine.effect), "n": f"{mine.n_units:,}"}
    said = _("La tuya sola, con %(n)s hombres: %(own)s.") % words
    if mine.without is not None:
        said += " " + _("Las demás sin la tuya: %s.") % unit.between(mine.without)
    return said


def _never(found: Together, unit: Unit) -> tuple[str, ...]:
    said = [
        _("Que ellas están más seguras: son palabras de los hombres, y nunca lo prueban."),
        _("Que una organización es mejor que otra: atienden a hombres distintos."),
    ]
    if unit.violence:
        said.append(
            _("Que bajó «la violencia»: es un solo tipo, y otro puede haber subido mientras.")
        )
    else:
        said.append(_("Que por eso hay menos violencia: lo que se midió es otra cosa."))
    if found.question == "change":
        said.append(_("Que fue por el programa: sin con quién comparar, pudo pasar igual sin él."))
    return tuple(said)


def _chart(
    found: Together, unit: Unit, names: dict[str, str], own: PoolPacket | None
) -> ChartFigure:
    title = _("Cada organización y el promedio")
    scale = 100.0 if unit.share else 1.0
    lines = [_line(one, unit, scale, names, own) for one in found.own]
    if found.between is not None:
        lines.append(_mean(_("Promedio"), found.between.effect, unit, scale))
    lines.append(_mean(_("Todas juntas"), found.stacked, unit, scale))
    axis = (
        _("cambio en puntos de cada cien; a la izquierda, bajó")
        if unit.share
        else _("cambio en puntos; a la izquierda, bajó")
    )
    spec = forest(lines, title=title, description=_sentence(found, unit), x_title=axis)
    note = _("La raya es el intervalo al 95 %; el punto, más grande cuanto más pesa.")
    return ChartFigure(title=title, spec=spec, table=_table(title, found, unit, names), note=note)


def _line(
    one: Own, unit: Unit, scale: float, names: dict[str, str], own: PoolPacket | None
) -> Line:
    label = names.get(one.organisation, one.organisation)
    if one.effect is None:
        return Line(label, _("sin respuesta propia"))
    return Line(
        label=label,
        text=unit.between(one.effect),
        at=scale * one.effect.estimate,
        low=scale * one.effect.ci_low,
        high=scale * one.effect.ci_high,
        weight=one.weight or 0.0,
        ours=own is not None and one.organisation == own.label,
    )


def _mean(label: str, effect: Effect, unit: Unit, scale: float) -> Line:
    return Line(
        label=label,
        text=unit.between(effect),
        at=scale * effect.estimate,
        low=scale * effect.ci_low,
        high=scale * effect.ci_high,
        weight=None,
    )


def _table(title: str, found: Together, unit: Unit, names: dict[str, str]) -> Table:
    columns = (
        Column(_("Organización")),
        Column(_("Hombres"), number=True),
        Column(_("Cambio (95 %)"), number=True),
        Column(_("Peso en el promedio"), number=True),
        Column(_("Todas sin ella"), number=True),
    )
    rows = [
        Row(
            (
                names.get(one.organisation, one.organisation),
                one.n_units,
                "—" if one.effect is None else unit.between(one.effect),
                "—" if one.weight is None else percent(one.weight),
                "—" if one.without is None else unit.between(one.without),
            )
        )
        for one in found.own
    ]
    return Table(title, columns, rows)
