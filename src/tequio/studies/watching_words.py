"""What the monitoring page says and draws: each share with its denominator, limits and silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tequio.circles.retention.figures import language, percent, sentences
from tequio.studies.models import Expectation
from tequio.studies.queries.monitoring import Board, Drift, Named, PresenceLine, Watch
from tequio.studies.rules.calendar import month_name
from tequio.studies.rules.monitoring import FEWEST, ICC, Panel
from tequio.studies.watching_drawing import chart
from tequio.ui.parts import ChartFigure, Column, Figure, Row, Table
from tequio.ui.templatetags.ui import day

M: Final = Expectation.Measure


@dataclass(frozen=True, slots=True)
class Told:
    """One place in a sentence: what may be said, what is missing, and how it is marked."""

    name: str
    sentence: str
    of: str
    notes: tuple[str, ...]
    kind: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One measure as the page shows it."""

    title: str
    means: str
    assumed: str
    told: tuple[Told, ...]
    chart: ChartFigure | None
    do: str
    limits: str
    key: str


_TITLES: Final[dict[str, str | Promise]] = {
    M.RETENTION: gettext_lazy("Hombres que siguen viniendo"),
    M.SESSIONS: gettext_lazy("Sesiones que se hicieron"),
    M.ROUNDS: gettext_lazy("Sesiones con la ronda anotada"),
    M.WAVES: gettext_lazy("Momentos contestados"),
}
_LIMITS: Final[dict[str, str | Promise]] = {
    M.RETENTION: gettext_lazy(
        "Venir no es haber dejado la violencia, y no dice nada de la seguridad de nadie."
    ),
    M.SESSIONS: gettext_lazy("No dice si la sesión se llevó como estaba planeada."),
    M.ROUNDS: gettext_lazy(
        "Que no esté anotada no quiere decir que no se hizo. Lo que se dijo en ella no está aquí."
    ),
    M.WAVES: gettext_lazy(
        "Quien no contesta suele ser distinto de quien sí. Aquí no está lo que contestaron."
    ),
}
_DO: Final[dict[str, str | Promise]] = {
    M.RETENTION: gettext_lazy(
        "Qué hacer: pregunta a quien faltó qué se lo impidió (trabajo, horario, dinero del "
        "pasaje), revisa el horario con el grupo, y si el plan supuso más hombres de los que "
        "llegarán, escribe una enmienda antes de mirar los resultados."
    ),
    M.SESSIONS: gettext_lazy(
        "Qué hacer: mira por qué no se hicieron y si fue siempre el mismo motivo. Una sesión que "
        "no hubo no es falta de nadie."
    ),
    M.ROUNDS: gettext_lazy(
        "Qué hacer: pregunta a quien facilita si la ronda se hizo y no se anotó, o si se dejó de "
        "hacer. Nadie tiene que hablar para que cuente como hecha."
    ),
    M.WAVES: gettext_lazy(
        "Qué hacer: busca también a quien dejó de venir; ofrece contestar en papel, solo o con "
        "alguien. Sin esas respuestas el resultado será «no se sabe»."
    ),
}


_TAGS: Final[dict[str, tuple[str, str | Promise]]] = {
    "below": ("look", gettext_lazy("Por debajo")),
    "above": ("", gettext_lazy("Por encima")),
    "open": ("still", gettext_lazy("No se sabe")),
}


def sections(board: Board) -> tuple[Section, ...]:
    """Return each measure with its sentences and its picture."""
    return tuple(_section(watch) for watch in board.watches)


def _section(watch: Watch) -> Section:
    told = tuple(_told(panel) for panel in watch.panels)
    title = str(_TITLES[watch.measure])
    alarm = any(panel.watched and panel.watched.verdict == "below" for panel in watch.panels)
    return Section(
        title=title,
        means=_means(watch),
        assumed=_assumed(watch),
        told=told,
        chart=chart(watch, title),
        do=str(_DO[watch.measure]) if alarm else "",
        limits=str(_LIMITS[watch.measure]),
        key=watch.measure,
    )


def _means(watch: Watch) -> str:
    since = {"since": day(watch.first)}
    if watch.measure == M.RETENTION:
        words = _(
            "De los hombres que empezaron y a quienes ya les tocó su sesión %(n)s desde %(since)s, "
            "cuántos estaban en ella. Quien se fue antes cuenta como que no estaba."
        )
        return words % {**since, "n": watch.session}
    means = {
        M.SESSIONS: _("De las sesiones cuyo día ya pasó desde %(since)s, cuántas se hicieron."),
        M.ROUNDS: _(
            "De las sesiones que se hicieron desde %(since)s, en cuántas alguien anotó la ronda. "
            "Las que llegaron de un registro importado no se preguntan."
        ),
        M.WAVES: _(
            "De los momentos de preguntar (T0 a T4) que ya cerraron desde %(since)s, en cuántos se "
            "contestó todo, de quien sigue y de quien se fue."
        ),
    }
    return means[M(watch.measure)] % since


def _assumed(watch: Watch) -> str:
    expected = watch.expected
    if expected is None:
        return ""
    words = {
        "percent": percent(expected.percent / 100),
        "who": expected.written_by.name,
        "day": day(expected.written_at),
    }
    said = _("Se supuso %(percent)s. Lo escribió %(who)s el %(day)s.") % words
    if timezone.localdate(expected.written_at) > expected.since:
        return said + " " + _("Se escribió después de que empezó lo que se cuenta: léelo con eso.")
    return said


def _told(panel: Panel) -> Told:
    name = panel.name or _("Todas las sedes")
    found = panel.watched
    if panel.withheld:
        few = _("Son menos de %(n)s y no se muestra, para que nadie sea reconocible.")
        return Told(name, few % {"n": FEWEST}, "", (), "still", _("No se muestra"))
    if found is None:
        return Told(name, _("Todavía no hay a quién contar."), "", (), "still", _("Nada todavía"))
    kind, tag = _TAGS[found.verdict]
    if found.target is None:
        kind, tag = "still", _("Sin comparar")
    known = int(found.asked[-1] - found.missing[-1])
    of = _("%(yes)s de %(n)s de quienes se sabe") % {
        "yes": f"{int(found.yes[-1]):,}",
        "n": f"{known:,}",
    }
    notes = sentences(found.notes)
    if panel.wide and found.verdict == "open":
        notes.append(_("Es muy poco todavía para decidir algo con ello."))
    if panel.since is not None:
        of += " · " + _("desde %(month)s") % {"month": month_name(panel.since, year=True)}
    return Told(name, found.said.text(language()), of, tuple(notes), kind, str(tag))


def drift(found: Drift) -> Told:
    """Return a plan's own assumption against what is seen, in a sentence."""
    whence = (
        _("lo que se vio aquí antes")
        if found.ours
        else _("una cifra publicada, porque aquí no había suficientes")
    )
    words = {
        "day": day(found.frozen_on),
        "share": percent(found.assumed),
        "wave": found.wave,
        "whence": whence,
    }
    assumed = _(
        "Al congelarlo, el %(day)s, se contaba con que %(share)s de quienes contestaron al empezar "
        "contestara en %(wave)s (%(whence)s)."
    )
    of = assumed % words
    seen = found.watched
    if seen is None:
        return Told(found.study.title, _("Todavía no hay a quién contar."), of, (), "still")
    n = {"yes": f"{found.answered:,}", "n": f"{found.asked:,}"}
    sentence = _("Han contestado %(yes)s de %(n)s.") % n + " " + seen.said.text(language())
    kind, tag = _TAGS[seen.verdict]
    return Told(found.study.title, sentence, of, (), kind, str(tag))


def presence(lines: Sequence[PresenceLine]) -> Table:
    """Return who was there at each of his own sessions, with who is unknown."""
    rows = []
    for line in lines:
        known = line.asked - line.missing
        share = percent(line.yes / known) if known else "—"
        rows.append(Row((str(line.number), line.yes, line.asked, line.missing, share)))
    columns = (
        Column(_("Su sesión")),
        Column(_("Estaban"), number=True),
        Column(_("De los que empezaron"), number=True),
        Column(_("Sin anotar"), number=True),
        Column(_("Parte de los que se sabe"), number=True),
    )
    return Table(_("Quién estaba en cada una de sus sesiones"), columns, rows)


def how(board: Board) -> list[str]:
    """Return how the limits are made and what they take for granted, for who wants to know."""
    places = max((len(watch.panels) for watch in board.watches), default=1)
    said = [
        _("Cada medida tiene su propio 5 %% de error, repartido entre sus lugares (%(n)s).")
        % {"n": places},
        _(
            "Se supone que los hombres de un mismo grupo se parecen (correlación de %(icc)s). Si "
            "se parecen más, la alarma puede sonar de más."
        )
        % {"icc": ICC},
    ]
    if board.guarded:
        said.append(
            _("Los meses con menos de %(n)s hombres se juntan con el siguiente.") % {"n": FEWEST}
        )
    return said


def naming(found: Named) -> Figure:
    """Return how often something was named, as what it is: a measure of the round itself."""
    answers = found.found.answers
    said = answers["yes"] + answers["no"]
    gone = found.found.gone
    name = _("Respuestas de la ronda en que se nombró alguna violencia")
    common = {
        "means": _(
            "En la ronda inicial cada hombre dice si ejerció violencia desde la última vez. Se "
            "cuenta cuántas veces alguien dijo que sí: si el grupo nombra o calla."
        ),
        "counts": _("Respuestas de «sí» o «no» desde %(since)s, no hombres.")
        % {"since": day(found.since)},
        "missing": " ".join(_left_out(answers["silent"] + answers["not_alone"], gone)),
        "caution": _(
            "No es un resultado. Que se nombre más puede ser confianza, y que se nombre menos, "
            "silencio. No se compara entre grupos ni dice nada de lo que ellas viven."
        ),
    }
    if not found.enough:
        unknown = _("Es muy poco para decirlo sin señalar a alguien")
        return Figure(name=name, unknown=unknown, **common)
    value = _("%(yes)s de %(n)s") % {"yes": f"{answers['yes']:,}", "n": f"{said:,}"}
    of = _("respuestas, de %(men)s hombres: %(share)s") % {
        "men": f"{found.found.men:,}",
        "share": percent(answers["yes"] / said),
    }
    return Figure(name=name, value=value, of=of, **common)


def _left_out(silent: int, gone: int) -> list[str]:
    found = []
    if silent:
        words = ngettext(
            "%(n)s vez alguien prefirió no hablar o no estaba solo.",
            "%(n)s veces alguien prefirió no hablar o no estaba solo.",
            silent,
        )
        found.append(words % {"n": f"{silent:,}"})
    if gone:
        words = ngettext(
            "De %(n)s respuesta las palabras ya se borraron.",
            "De %(n)s respuestas las palabras ya se borraron.",
            gone,
        )
        found.append(words % {"n": f"{gone:,}"})
    return found
