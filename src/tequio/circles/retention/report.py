"""The retention report: the same content for the page and for paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from evidencia import (
    Departures,
    KaplanMeier,
    Note,
    Refusal,
    departure,
    dose,
    funnel,
    gone_quiet,
    kaplan_meier,
    summarise_dose,
)
from tequio.circles.models import Group
from tequio.circles.retention import charts, figures
from tequio.circles.retention.collect import Collected, Facts, Place, Records, collect, read
from tequio.programmes.definitions import shipped
from tequio.ui.parts import ChartFigure, Figure

QUIET_AFTER = 2
_LEFT_AFTER = 3
# What was worked out last, by what it was worked out from; at 600 men some 600 kB each.
_MOST_KEPT: Final = 8
_kept: dict[tuple[object, ...], Report] = {}


@dataclass(frozen=True, slots=True)
class Quiet:
    """A man who has been missing lately: somebody should ask him how he is."""

    place: Place
    missed: int
    unknown: int
    never_came: bool


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """Everything that the retention page says. `refusal` replaces it where nothing can be said.

    A report is equal only to itself: what was drawn of it is kept by it.
    """

    n_people: int
    n_groups: int
    n_meetings: int
    figures: tuple[Figure, ...] = ()
    charts: tuple[tuple[str, ChartFigure], ...] = ()
    quiet: tuple[Quiet, ...] = ()
    cannot_know: tuple[str, ...] = ()
    running: bool = False
    refusal: str = ""


def of_groups(groups: Sequence[Group], *, today: date) -> Report:
    """Build the report of some groups. A man with a place in two groups has two places in it.

    With several groups, what part of the programme men came to is counted in the groups that
    have finished: those that run would flatter it, each in its own measure.
    """
    facts = tuple(Facts(g.pk, g.name, g.gaps, g.edition.model_slug) for g in groups)
    records = read(groups)
    # Every row that a report depends on is read and compared each time: nothing can be stale.
    key = (facts, records.sessions, records.rows, records.stamp(), today, get_language())
    found = _kept.get(key)
    if found is None:
        found = _work_out(records, facts, today)
        if len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = found
    return found


def _work_out(records: Records, groups: Sequence[Facts], today: date) -> Report:
    collected = collect(records, groups, today=today)
    finished = [group for group in groups if group.pk not in collected.running]
    ended = collected if len(groups) == 1 else collect(records, finished, today=today)
    try:
        return _report(collected, ended, _left_after(groups))
    except Refusal as refused:
        return Report(
            n_people=collected.matrix.n_people,
            n_groups=collected.n_groups,
            n_meetings=collected.matrix.n_sessions,
            refusal=refused.note.text(figures.language()),
        )


def _report(collected: Collected, ended: Collected, left_after: int) -> Report:
    whole = funnel(collected.matrix)
    gone, curve = _curve(collected, left_after)
    parts = [("survival", charts.survival(curve))] if curve is not None else []
    return Report(
        n_people=collected.matrix.n_people,
        n_groups=collected.n_groups,
        n_meetings=collected.matrix.n_sessions,
        figures=(
            *_doses(collected, ended),
            figures.half_left(curve, gone),
            figures.never_came(whole),
            figures.sessions_held(collected),
        ),
        charts=(*_dose_charts(ended), *parts, ("sessions", charts.sessions(collected))),
        quiet=quiet_men(collected),
        running=bool(collected.running),
        cannot_know=_cannot_know(collected, ended, gone, curve),
    )


def _doses(collected: Collected, ended: Collected) -> tuple[Figure, ...]:
    """Return the figures about how much of the programme men came to."""
    if not ended.matrix.n_people:
        return (figures.over_75(None, None),)
    summary = summarise_dose(ended.matrix)
    strict_75 = next(t for t in summary.thresholds if t.percent == 75 and t.strict)
    if ended.running:
        headline = figures.over_75(None, strict_75)
    else:
        headline = figures.over_75(strict_75, None)
    return headline, figures.typical_dose(summary, ended)


def _dose_charts(ended: Collected) -> list[tuple[str, ChartFigure]]:
    if not ended.matrix.n_people:
        return []
    so_far = bool(ended.running)
    return [
        ("funnel", charts.funnel(funnel(ended.matrix), so_far=so_far)),
        ("dose", charts.dose(dose(ended.matrix), so_far=so_far)),
    ]


def _curve(collected: Collected, left_after: int) -> tuple[Departures | None, KaplanMeier | None]:
    gone = departure(collected.matrix, quiet_after=left_after)
    try:
        return gone, kaplan_meier(gone.time, gone.event)
    except Refusal:
        return gone, None


def quiet_men(collected: Collected) -> tuple[Quiet, ...]:
    """Return the men missing from the last meetings of groups that go on.

    Who left by agreement is not among them; and where the programme is over, nobody is missed.
    """
    found = gone_quiet(collected.matrix, after=QUIET_AFTER)
    men = [
        Quiet(collected.places[i], int(missed), int(unknown), bool(never))
        for i, missed, unknown, never in zip(
            found.person, found.missed, found.unknown, found.never_came, strict=True
        )
        if not collected.places[i].over and collected.places[i].group_id in collected.running
    ]
    # The most recently lost first: a call reaches him more easily.
    return tuple(sorted(men, key=lambda man: (man.never_came, man.missed, man.place.alias)))


def _cannot_know(
    collected: Collected,
    ended: Collected,
    gone: Departures | None,
    curve: KaplanMeier | None,
) -> tuple[str, ...]:
    said = figures.sentences(_notes(collected, ended))
    # How many never came has its own figure, of all men and not only of those in the curve.
    of_curve = tuple(n for n in (gone.notes if gone else ()) if n.code != "departure.never_came")
    for more in (of_curve, curve.notes if curve else ()):
        said += [text for text in figures.sentences(more) if text not in said]
    if collected.n_groups > 1:
        said.append(
            _(
                "Un hombre que estuvo en dos grupos cuenta dos veces, una por cada lugar; y cada "
                "reunión cuenta como una sesión, porque los grupos no cubren lo mismo."
            )
        )
    if collected.n_groups > 1 and collected.running:
        said.append(
            ngettext(
                "De %(total)s grupos, %(n)s ha terminado: solo de él se cuenta a qué parte del "
                "programa vinieron.",
                "De %(total)s grupos, %(n)s han terminado: solo de ellos se cuenta a qué parte "
                "del programa vinieron.",
                ended.n_groups,
            )
            % {"n": f"{ended.n_groups:,}", "total": f"{collected.n_groups:,}"}
        )
    elif collected.running:
        said.append(
            _("El grupo sigue: lo que se cuenta aquí es hasta hoy, y al final puede ser menos.")
        )
    if collected.sessions_undated:
        said.append(
            ngettext(
                "De %(n)s reunión no se sabe la fecha: su lugar en el orden es el del registro. Si "
                "fue otro, cambian la curva, la última sesión y a quién llamar.",
                "De %(n)s reuniones no se sabe la fecha: su orden es el del registro. Si fue otro, "
                "cambian la curva, la última sesión y a quién llamar.",
                collected.sessions_undated,
            )
            % {"n": f"{collected.sessions_undated:,}"}
        )
    if collected.sessions_pending:
        said.append(
            ngettext(
                "De %(n)s sesión que ya pasó no se ha dicho si se realizó: no cuenta.",
                "De %(n)s sesiones que ya pasaron no se ha dicho si se realizaron: no cuentan.",
                collected.sessions_pending,
            )
            % {"n": f"{collected.sessions_pending:,}"}
        )
    said.append(
        _("La asistencia no dice si la violencia paró. Eso solo lo pueden decir ellas, y no aquí.")
    )
    return tuple(dict.fromkeys(said))


def _notes(collected: Collected, ended: Collected) -> tuple[Note, ...]:
    notes = collected.matrix.notes()
    if not ended.matrix.n_people:
        return notes
    # Said once, of all the groups: the same sentence with a smaller number only confuses.
    said = {note.code for note in notes}
    return notes + tuple(note for note in funnel(ended.matrix).notes if note.code not in said)


def _left_after(groups: Sequence[Facts]) -> int:
    known = shipped()
    rules = {
        known[group.model_slug].model.absence.quiet_after.value
        for group in groups
        if group.model_slug in known
    }
    return max(rules, default=_LEFT_AFTER)
