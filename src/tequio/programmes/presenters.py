"""How a model is read on a page: sentences with whose words they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tequio.core.text import join_names
from tequio.programmes.definitions import Guide, Intervention
from tequio.programmes.definitions.guides import Activity
from tequio.programmes.definitions.shape import Sourced

ORIGINS: Final = {
    "seed": gettext_lazy("Documento de origen"),
    "published": gettext_lazy("Otra publicación"),
    "ours": gettext_lazy("Propuesta nuestra"),
}
# How each looks as a tag: the founding documents stand out, our own proposals are outlined.
LOOKS: Final = {"seed": "", "published": "still", "ours": "line"}
_TRACKS: Final = {
    "workshop": gettext_lazy("taller"),
    "reflection_group": gettext_lazy("grupo de reflexión"),
    "psychotherapy": gettext_lazy("psicoterapia"),
}
_PREREQUISITES: Final = {
    "consent": gettext_lazy("consentimiento informado"),
    "diagnosis": gettext_lazy("diagnóstico y plan"),
    "sober": gettext_lazy("llegar sin haber consumido"),
    "no_untreated_psychosis": gettext_lazy("sin psicosis por atender"),
    "adult": gettext_lazy("ser mayor de edad"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a model says, in words, and whose words they are."""

    label: str
    value: str
    origin: str
    look: str
    note: str


def _said(label: str, value: object, sourced: Sourced[Any]) -> Said:
    return Said(
        label, str(value), str(ORIGINS[sourced.origin]), LOOKS[sourced.origin], sourced.note
    )


def _both(label: str, value: object, *sourced: Sourced[Any]) -> Said:
    """Say a sentence made of several values; it is ours as soon as one of them is."""
    ours = next((one for one in sourced if one.origin == "ours"), sourced[0])
    said = _said(label, value, ours)
    notes = " ".join(one.note for one in sourced if one.note)
    return Said(said.label, said.value, said.origin, said.look, notes)


def facts(model: Intervention) -> list[Said]:
    """Return what a model says, in the order in which a team reads it."""
    return [*_who(model), *_meetings(model), *_people(model), *_rules(model), *_beside(model)]


def _who(model: Intervention) -> Iterator[Said]:
    if model.population:
        yield _said(_("Para quiénes"), model.population.value, model.population)
    if model.tracks:
        tracks = join_names([str(_TRACKS[track]) for track in model.tracks.value])
        yield _said(_("Vías"), tracks, model.tracks)
    if model.prerequisites:
        wanted = join_names([str(_PREREQUISITES[p]) for p in model.prerequisites.value])
        yield _said(_("Antes de entrar"), wanted, model.prerequisites)


def _meetings(model: Intervention) -> Iterator[Said]:
    yield _said(_("Sesiones"), model.sessions.count.value, model.sessions.count)
    yield _said(_("Minutos por sesión"), model.sessions.minutes.value, model.sessions.minutes)
    days = model.sessions.every_days
    words = ngettext("cada %(n)s día", "cada %(n)s días", days.value) % {"n": days.value}
    yield _said(_("Cada cuándo"), words, days)
    if model.sessions.days_a_week:
        yield _said(
            _("Días a la semana con grupo"),
            model.sessions.days_a_week.value,
            model.sessions.days_a_week,
        )


def _people(model: Intervention) -> Iterator[Said]:
    sizes = model.group.smallest, model.group.largest
    yield _both(_("Hombres por grupo"), f"{sizes[0].value} – {sizes[1].value}", *sizes)
    if model.entry:
        yield _said(_("Entrada"), _entry(model), model.entry.kind)
    needed = model.facilitators.needed
    words = ngettext("%(n)s persona", "%(n)s personas", needed.value) % {"n": needed.value}
    yield _said(_("Cuántas facilitan"), words, needed)
    yield _said(_("Su formación"), model.facilitators.training.value, model.facilitators.training)


def _entry(model: Intervention) -> str:
    entry = model.entry
    if entry is None or entry.kind.value == "open":
        return _("Grupo abierto: se puede entrar en cualquier sesión")
    late = entry.late_until.value if entry.late_until else 1
    return _("Grupo cerrado: se puede entrar hasta la sesión %(n)s") % {"n": late}


def _rules(model: Intervention) -> Iterator[Said]:
    if model.opening:
        yield _said(_("La ronda pregunta"), model.opening.asks.value, model.opening.asks)
        yield _said(_("Todos responden"), model.opening.answer.value, model.opening.answer)
    if model.pause:
        minutes = model.pause.least_minutes
        yield _said(_("Retiro"), _("Al menos %(n)s minutos") % {"n": minutes.value}, minutes)
        yield _said(_("Sus reglas"), "; ".join(model.pause.rules.value), model.pause.rules)
    yield _absences(model)
    if model.dose:
        yield from _doses(model)


def _absences(model: Intervention) -> Said:
    absence = model.absence
    if absence.call_after and absence.talk_after and absence.review_after:
        steps = absence.call_after, absence.talk_after, absence.review_after
        words = _("llamar a la %(call)s, hablar en persona a la %(talk)s, revisar a la %(review)s")
        return _both(
            _("Faltas seguidas"),
            words
            % {
                "call": _nth(steps[0].value),
                "talk": _nth(steps[1].value),
                "review": _nth(steps[2].value),
            },
            *steps,
        )
    n = absence.quiet_after.value
    words = ngettext("llamar después de %(n)s falta", "llamar después de %(n)s faltas", n)
    return _said(_("Faltas seguidas"), words % {"n": n}, absence.quiet_after)


def _nth(n: int) -> str:
    return {1: _("primera"), 2: _("segunda"), 3: _("tercera")}.get(n, f"{n}.ª")


def _doses(model: Intervention) -> Iterator[Said]:
    dose = model.dose
    if dose is None:
        return
    yield _said(
        _("Cómo se cuenta el final"), _("Sesiones a las que fue, de las que hubo"), dose.make_up
    )
    if dose.bands:
        bands = "; ".join(
            _("%(name)s: de %(least)s a %(most)s")
            % {"name": b.name, "least": b.least, "most": b.most}
            if b.most
            else _("%(name)s: %(least)s o más") % {"name": b.name, "least": b.least}
            for b in dose.bands.value
        )
        yield _said(_("Nombres de la asistencia"), bands, dose.bands)
    if dose.high_above_percent:
        share = dose.high_above_percent
        words = _("más de %(n)s %% de las sesiones") % {"n": share.value}
        yield _said(_("Asistencia alta"), words, share)
    made_up = _("se puede reponer en otro grupo") if dose.make_up.value else _("no se repone")
    yield _said(_("Una sesión perdida"), made_up, dose.make_up)


def _beside(model: Intervention) -> Iterator[Said]:
    months = model.maintenance.every_months
    words = ngettext("cada mes", "cada %(n)s meses", months.value) % {"n": months.value}
    if model.maintenance.for_life and model.maintenance.for_life.value:
        words = _("%(every)s, toda la vida") % {"every": words}
    yield _said(_("Mantenimiento"), words, months)
    support = model.support
    if support:
        named = (
            (_("Compañeros"), support.peers),
            (_("Línea de ayuda"), support.helpline),
            (_("Terapia"), support.therapy),
        )
        yield from (_said(label, one.value, one) for label, one in named if one)
    if model.evaluation:
        waves = model.evaluation.waves
        yield _said(_("Se mide en"), ", ".join(waves.value), waves)
        if model.evaluation.reach:
            yield _said(
                _("Hasta dónde llegó"), model.evaluation.reach.value, model.evaluation.reach
            )


@dataclass(frozen=True, slots=True)
class Timed:
    """An activity with the minutes of the session at which it begins and ends."""

    activity: Activity
    begins: int
    ends: int


def timed(guide: Guide) -> list[Timed]:
    """Lay the activities of a session one after another."""
    laid, at = [], 0
    for activity in guide.activities:
        laid.append(Timed(activity, at, at + activity.minutes))
        at += activity.minutes
    return laid
