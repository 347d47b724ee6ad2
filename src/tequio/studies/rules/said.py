"""A plan in ordinary words, line by line, and what is different between one plan and the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidencia.plans import Plan
from tequio.studies.recipe import Recipe
from tequio.studies.rules.designs import DESIGNS

WAVES: Final = {
    "T0": gettext_lazy("al empezar"),
    "T1": gettext_lazy("después de las primeras sesiones"),
    "T2": gettext_lazy("a la mitad"),
    "T3": gettext_lazy("al terminar el programa, también si lo dejó"),
    "T4": gettext_lazy("seis meses después"),
    "year": gettext_lazy("cada año"),
}
# Hers hang on the day of her own consent and on nothing of his.
HER_WAVES: Final = {
    "T0": gettext_lazy("el día en que dio su permiso"),
    "T1": gettext_lazy("al mes"),
    "T2": gettext_lazy("a las siete semanas"),
    "T3": gettext_lazy("a los tres meses"),
    "T4": gettext_lazy("a los nueve meses"),
}
STRATEGIES: Final = {
    "treatment_policy": gettext_lazy("cuenta igual"),
    "hypothetical": gettext_lazy("se calcula como si no hubiera pasado"),
    "composite": gettext_lazy("es parte del resultado"),
    "while_on_treatment": gettext_lazy("cuenta hasta ese día"),
    "principal_stratum": gettext_lazy("solo cuentan a quienes no les pasaría"),
}
EVERY: Final = {"year": gettext_lazy("cada año"), "half": gettext_lazy("cada medio año")}
COVARIATES: Final = {
    "route": gettext_lazy("por dónde llegó"),
    "motive": gettext_lazy("qué espera"),
    "site": gettext_lazy("la sede"),
    "place": gettext_lazy("el lugar"),
}
VIOLENCE: Final = {
    "reported": gettext_lazy("lo que se cuenta"),
    "true": gettext_lazy(
        "lo que pasa; como solo se tiene lo que se cuenta, se muestra qué cambiaría si no se "
        "cuenta todo"
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a plan says: what about, and what."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as before; empty where it was not there, or is no longer."""

    label: str
    before: str
    after: str


def lines(plan: Plan, recipe: Recipe) -> tuple[Line, ...]:
    """Say a plan in words."""
    return tuple(Line(label, value) for label, value in _lines(plan, recipe) if value)


def changes(before: Sequence[Line], after: Sequence[Line]) -> tuple[Change, ...]:
    """Return what is different, in the order in which a plan says it."""
    was = {line.label: line.value for line in before}
    now = {line.label: line.value for line in after}
    labels = dict.fromkeys([*now, *was])
    return tuple(
        Change(label, was.get(label, ""), now.get(label, ""))
        for label in labels
        if was.get(label) != now.get(label)
    )


def waves_of(informant: str) -> Mapping[str, Promise]:
    """Return the moments in words: his, or hers."""
    return HER_WAVES if informant == "women" else WAVES


def design_name(plan: Plan, recipe: Recipe) -> str:
    """Return the name of a plan's design as the assistant calls it."""
    kinds = {"lottery": "lottery", "comparison": "comparison", "sites": "sites"}
    needs = kinds[recipe.arm.kind] if recipe.arm else ""
    for one in DESIGNS.values():
        same = one.shape == plan.study.design and one.needs == needs
        if same and (one.slug == "hers") == (recipe.source == "women"):
            return str(one.name)
    return plan.study.design


def _lines(plan: Plan, recipe: Recipe) -> Iterator[tuple[str, str]]:
    asked = plan.study.estimand
    yield _("Pregunta"), plan.study.question
    yield _("Diseño"), design_name(plan, recipe)
    yield _("Quiénes"), asked.population
    yield (
        _("Desde y hasta cuándo entran"),
        _("del %(first)s al %(last)s")
        % {"first": _day(recipe.population.first), "last": _day(recipe.population.last)},
    )
    if recipe.source == "men":
        n = len(recipe.population.editions)
        yield _("De qué ediciones"), str(n) if n else _("todas")
    yield _("Qué reciben"), asked.treatment
    yield _("Qué se mide"), asked.variable
    primaries = [one for one in plan.outcomes if one.primary]
    yield _("De lo que depende la respuesta"), _joined([one.label for one in primaries])
    others = [one.label for one in plan.outcomes if not one.primary]
    yield _("Además se mira"), _joined(others)
    yield _("La última respuesta"), _wave(recipe)
    yield _("Cómo se resume"), asked.summary
    if any(one.informant for one in plan.outcomes):
        yield _("De qué habla el número"), _word(VIOLENCE, asked.violence)
    for event in asked.intercurrent_events:
        yield _("Si %(event)s") % {"event": _lower(event.event)}, _word(STRATEGIES, event.strategy)
    known = [_word(COVARIATES, one) for one in recipe.covariates]
    yield _("Se toma en cuenta"), _joined(known)
    yield (
        _("Cuándo se publica"),
        _("el %(day)s, y después %(every)s")
        % {"day": _day(recipe.calendar.first), "every": _word(EVERY, recipe.calendar.every)},
    )


def _wave(recipe: Recipe) -> str:
    last = recipe.waves[-1]
    if recipe.source == "community":
        return _("cada año, de %(first)s a %(last)s") % {"first": recipe.waves[0], "last": last}
    return _word(waves_of(recipe.source), last)


def _word(words: Mapping[str, Promise], name: str) -> str:
    return str(words.get(name, name))


def _joined(words: Sequence[str]) -> str:
    return "; ".join(words)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _day(day: object) -> str:
    return formats.date_format(day, "j b Y")  # type: ignore[arg-type]
