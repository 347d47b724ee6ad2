"""What the people of an ally answered, as rows of the other arm."""

from __future__ import annotations

from uuid import UUID

from tequio.access.vault import key_of
from tequio.studies import recipe as names
from tequio.studies.datasets.table import Row, merged, scored
from tequio.studies.lottery_vault import open_rows
from tequio.studies.models import Comparison, Study
from tequio.studies.recipe import Recipe
from tequio.studies.rules.calendar import Due

ARM = "comparison"


def rows_of_ally(study: Study, recipe: Recipe, comparison_id: UUID, due: Due) -> list[Row]:
    """Return the rows that an ally handed over, until the end of the period."""
    found = Comparison.objects.filter(study=study, pk=comparison_id).first()
    if found is None:
        return []
    key, purpose = key_of(study.organisation_id), f"study-{study.pk}"
    rows = []
    for one in open_rows(found):
        if one.wave in recipe.waves and one.on <= due.period_to:
            cells = scored(recipe, found.instrument, found.version, one.answers)
            unit = key.blind_index(f"ally|{one.who}", purpose=purpose)[:16]
            rows.append(Row(unit, one.wave, {names.ARM: ARM, **cells}))
    return merged(rows)
