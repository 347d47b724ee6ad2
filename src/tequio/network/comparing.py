"""Year on year as tables: each number with what it is out of, what is missing, and its limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evidencia.publishing import PUBLIC, allowed
from tequio.network import definitions
from tequio.network.learning_words import CROSSED, group, year
from tequio.network.models import Sighting
from tequio.network.queries.learning import Asked, SeenLine, group_lines, question_lines
from tequio.network.rules import survey
from tequio.ui.parts import Column, Row, Table

# A difference of fewer points than this may be nothing but who opened the door.
_LEAST_CHANGE = 10
# Percent: fewer than one in four were reached.
_FEW = 25


@dataclass(frozen=True, slots=True)
class Comparison:
    """The questions through the years, and what must be read beside them."""

    tables: tuple[Table, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """Who is reached by two traits at a time."""

    title: str
    table: Table
    note: str
    # The groups of which nothing is told, not even whether anybody of them answered.
    untold: tuple[str, ...] = ()


def seen(years: Sequence[int], lines: Sequence[SeenLine]) -> Table:
    """Return what was seen year by year: times, and never people."""
    words = dict(Sighting.Domain.choices)
    rows = [
        Row(
            (
                str(words[line.domain]),
                *(
                    _("%(high)s de %(n)s veces") % {"high": high, "n": n} if n else _("No se anotó")
                    for n, high in line.years
                ),
            )
        )
        for line in lines
    ]
    columns = [Column(_("Qué cambia")), *(Column(year(one), number=True) for one in years)]
    return Table(_("Veces en que se vio mucho (4 o 5 de 5)"), columns, rows)


def questions(model: definitions.CommunityModel, by_year: Mapping[int, Asked]) -> Comparison:
    """Return one table for each domain, and the sentences that go with them."""
    years = sorted(by_year)
    lines = question_lines(model, years, dict(by_year))
    words = dict(Sighting.Domain.choices)
    columns = [
        Column(_("Cuántas personas contestaron como se espera")),
        *(Column(year(one)) for one in years),
        Column(_("Qué se puede decir")),
    ]
    tables = []
    for domain in definitions.DOMAINS:
        rows = [
            Row(
                (
                    _asked(line.question),
                    *(_cell(shown) for shown in line.shown),
                    _change(years, line.shown),
                )
            )
            for line in lines
            if line.question.domain == domain
        ]
        tables.append(Table(str(words[domain]), columns, rows))
    return Comparison(tuple(tables) if years else (), limits(by_year))


def groups(by_year: Mapping[int, Asked]) -> tuple[Crossed, ...]:
    """Return who is reached: two traits at a time, and no third one.

    A group of few has no line of its own. Where nobody of it answered there would be none, so a
    line would tell of each: of one person in a neighbourhood her age, her tongue and the rest.
    """
    years = sorted(by_year)
    found = []
    for traits, title in CROSSED.items():
        lines = group_lines(traits, years, dict(by_year))
        told = [line for line in lines if _may_be_told(line.shown)]
        rows = [
            Row((group(line.traits), *(_cell(shown) for shown in line.shown)), _is_low(line.shown))
            for line in told
        ]
        few = tuple(group(line.traits) for line in lines if line not in told)
        untold = sum(survey.untold(by_year[one].answered, traits) for one in years)
        note = _("Quien no dijo una de las dos cosas no está en ningún grupo: %(n)s en total.")
        columns = [Column(_("Grupo")), *(Column(year(one), number=True) for one in years)]
        table = Table(_("Fue a alguna actividad en el último año"), columns, rows)
        said = note % {"n": _about(untold)} if untold else ""
        found.append(Crossed(str(title), table, said, few))
    return tuple(found) if years else ()


def _may_be_told(shown: Sequence[survey.Shown | None]) -> bool:
    return any(allowed(one.of + one.missing) for one in shown if one is not None)


def limits(by_year: Mapping[int, Asked]) -> tuple[str, ...]:
    """Return what may not be concluded: how people were found, who refused, and the rule."""
    found = []
    for one in sorted(by_year):
        asked = by_year[one]
        found.append(
            _(
                "%(year)s: contestaron cerca de %(n)s y cerca de %(refused)s no quisieron. "
                "Se escogió así: %(how)s."
            )
            % {
                "year": year(one),
                "n": _about(len(asked.answered)),
                "refused": _about(asked.round.refused or 0),
                "how": asked.round.how.rstrip("."),
            }
        )
    if found:
        found.append(
            _(
                "Cada año contestaron otras personas: una diferencia puede venir de a quién se "
                "encontró. No dice que el programa la causó, ni cuánta violencia hay."
            )
        )
        found.append(
            _(
                "Entre paréntesis va lo que la suerte puede mover, 95 de cada 100 veces, si cada "
                "quien se escogió por sorteo. Preguntar por cuadras lo hace más ancho."
            )
        )
        found.append(
            _(
                "Aquí no aparece ninguna cuenta de %(few)s personas o menos; las demás están "
                "redondeadas a múltiplos de %(base)s. «No se publica» no quiere decir cero."
            )
            % {"few": PUBLIC.threshold, "base": PUBLIC.base}
        )
    return tuple(found)


def _asked(question: definitions.Question) -> str:
    wanted = _("sí") if question.counts == "yes" else _("no")
    return _("«%(asks)s» Se espera: %(wanted)s.") % {
        "asks": question.asks.value,
        "wanted": wanted,
    }


def _cell(shown: survey.Shown | None) -> str:
    if shown is None:
        return _("No se preguntó")
    if shown.percent is None:
        if not allowed(shown.of):
            return _("No se publica")
        return _("No se publica, de unas %(n)s") % {"n": shown.about}
    share = f"{shown.percent}\u00a0%"
    said = _("%(share)s de unas %(n)s") % {"share": share, "n": shown.about}
    if not shown.missing:
        return said
    return _("%(said)s; faltan %(missing)s") % {
        "said": said,
        "missing": _about(shown.missing),
    }


def _change(years: Sequence[int], shown: Sequence[survey.Shown | None]) -> str:
    """Say what two years allow to be said: a clear change, none that can be told apart, nothing.

    Never a change without how far luck may move it, nor without the two years that it compares.
    """
    told = [
        (number, one)
        for number, one in zip(years, shown, strict=True)
        if one is not None and one.percent is not None
    ]
    if len(told) < 2:
        return _("Todavía no se puede comparar")
    (before, first), (after, last) = told[0], told[-1]
    change = (last.percent or 0) - (first.percent or 0)
    noise = _noise(first, last)
    words = {
        "n": abs(change),
        "low": max(0, round(abs(change) - noise)),
        "high": min(100, round(abs(change) + noise)),
        "noise": round(noise),
        "before": before,
        "after": after,
    }
    if abs(change) < max(_LEAST_CHANGE, noise):
        text = _("Del año %(before)s al %(after)s no se distingue un cambio (margen: %(noise)s)")
    elif change > 0:
        text = _("Subió %(n)s puntos del año %(before)s al %(after)s (entre %(low)s y %(high)s)")
    else:
        text = _("Bajó %(n)s puntos del año %(before)s al %(after)s (entre %(low)s y %(high)s)")
    return text % words


def _noise(first: survey.Shown, last: survey.Shown) -> float:
    """Return how many points two samples of this size differ by luck, at the widest (95 %).

    From the rounded sizes, like everything that is shown.
    """
    return float(1.96 * 50 * (1 / max(first.about, 1) + 1 / max(last.about, 1)) ** 0.5)


def _is_low(shown: Sequence[survey.Shown | None]) -> bool:
    """Whether somebody has to go and look: few were reached, or it cannot be told of enough people.

    Where twenty or more were asked and nothing may be shown, it is nearly nobody or nearly
    everybody; which of the two, the page does not say.
    """
    last = shown[-1] if shown else None
    if last is None:
        return False
    if last.percent is None:
        return last.of >= PUBLIC.percent_from
    return last.percent < _FEW


def _about(n: int) -> str:
    """Return «7 o menos», or the number to the nearest five."""
    if not allowed(n):
        return _("%(n)s o menos") % {"n": PUBLIC.threshold}
    return f"{(n + PUBLIC.half) // PUBLIC.base * PUBLIC.base:,}"
