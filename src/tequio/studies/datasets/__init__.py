"""From a frozen plan to rows: where they come from is in its recipe, and nowhere else.

Outside the wall there are men's rows and those of the community. What women say is put together
behind the wall alone (`tequio.studies.datasets.women`), in memory.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.studies import recipe as recipes
from tequio.studies.datasets import community, men
from tequio.studies.datasets.table import (
    Built,
    Changed,
    Row,
    columns,
    difference,
    reaches_the_end,
)
from tequio.studies.models import Plan
from tequio.studies.rules.calendar import Due

__all__ = ["Built", "Changed", "Row", "build", "columns", "difference", "reaches_the_end"]


def build(plan: Plan, due: Due) -> Built:
    """Put together what a plan asks for, until the end of a closed period.

    Raises
    ------
    DomainError
        If it asks for what women say: that is not put together here.
    """
    recipe = recipes.read(plan.recipe)
    match recipe.source:
        case "men":
            return men.build(plan.study, recipe, due)
        case "community":
            return community.build(plan.study, recipe, due)
    raise DomainError(
        _("Lo que cuentan las mujeres no se junta de este lado."),
        hint=_("Lo hace el equipo del muro, el día que toca publicar."),
    )
