"""What was found in a controlled study beside what it cost: published numbers and the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Final

from django.utils.translation import gettext as _

from evidencia.costing import Economic
from evidencia.designs import DESIGNS
from evidencia.estimate import Effect
from evidencia.words import Refusal
from tequio.access.models import User
from tequio.costs.queries import CostSummary, Scope, beside_effect, summary
from tequio.costs.queries.ledger import ledger
from tequio.studies import recipe as recipes
from tequio.studies.models import Lottery, Study
from tequio.studies.queries.releases import OpenRelease
from tequio.studies.recipe import Recipe
from tequio.studies.rules.findings import language

_NUMBERS: Final = ("estimate", "se", "df", "ci_low", "ci_high", "p")


@dataclass(frozen=True, slots=True)
class Priced:
    """One finding beside its cost; or the sentence that says why that may not be asked."""

    label: str
    # Of what one is gained: a point, or one man more of each hundred.
    binary: bool
    economic: Economic | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class EffectCosts:
    """The page: what each man who entered cost, and each finding of the question beside it."""

    cost: CostSummary
    compared_with: str
    priced: Sequence[Priced]


def controlled(found: OpenRelease) -> bool:
    """Tell whether a release has an effect that men's costs may stand beside.

    What a neighbourhood answers has no man who entered, and women's support is never compared.
    """
    if found.result is None or found.line.informant != Study.Informant.MEN:
        return False
    design = DESIGNS.get(found.result.get("study", {}).get("design", "single_arm"))
    return design is not None and design.compares


def effect_costs(user: User, found: OpenRelease, worths: Sequence[float] = ()) -> EffectCosts:
    """Set what was found of the main question beside the year in which its period ended."""
    recipe, book = recipes.read(found.plan.recipe), ledger(user)
    only = recipe.population.editions
    edition = only[0] if len(only) == 1 and only[0] in book.names else None
    scope = Scope(found.line.period_to.year, edition=edition)
    cost = summary(user, scope=scope, book=book)
    if not controlled(found) or found.result is None:
        return EffectCosts(cost, "", ())
    compared_with, why_not = _comparison(recipe)
    result = found.result
    outcomes = {one["name"]: one for one in result["outcomes"]}
    return EffectCosts(
        cost,
        compared_with,
        [
            _priced(cost, result, one, outcomes[one["outcome"]], worths, why_not)
            for one in result["estimates"]
            if one["role"] == "primary"
        ],
    )


def _priced(
    cost: CostSummary,
    result: dict[str, Any],
    one: dict[str, Any],
    outcome: dict[str, Any],
    worths: Sequence[float],
    why_not: str,
) -> Priced:
    economic = None
    if not why_not:
        try:
            economic = beside_effect(
                cost,
                _effect(one),
                design=DESIGNS[result["study"]["design"]],
                direction=outcome["direction"],
                worths=worths,
            )
        except Refusal as refusal:
            why_not = refusal.note.text(language())
    return Priced(outcome["label"], outcome["kind"] == "binary", economic, why_not)


def _effect(one: dict[str, Any]) -> Effect:
    """Return a published estimate as it was; a limit that the data did not set has no number."""
    numbers = {name: one[name] for name in _NUMBERS}
    numbers["ci_low"] = -inf if one["ci_low"] is None else one["ci_low"]
    numbers["ci_high"] = inf if one["ci_high"] is None else one["ci_high"]
    return Effect(
        **numbers,
        n_units=one["n_units"],
        n_obs=one["n_obs"],
        level=one["level"],
        scale=one["scale"],
    )


def _comparison(recipe: Recipe) -> tuple[str, str]:
    """Return with whom it is compared, and why no cost may stand beside it where none may."""
    arm = recipe.arm
    if arm is not None and arm.kind == "comparison":
        return _(
            "Se compara con personas de otra organización. Lo que ellas costaron no está en este "
            "libro y no se resta nada."
        ), ""
    lottery = arm.of if arm is not None and arm.kind == "lottery" else None
    if lottery and Lottery.objects.filter(pk=lottery, kind=Lottery.Kind.CALLS).exists():
        return "", _(
            "Se sortearon llamadas, no lugares: lo que costó cada hombre no es lo que costaron "
            "esas llamadas. No hay costo por efecto."
        )
    return _(
        "Se compara con quienes todavía esperaban su lugar. De ellos no se resta ningún costo."
    ), ""
