"""What neighbours answered, as rows: other people each year, without name, day or who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tequio.access.vault import key_of
from tequio.network.models import SurveyAnswer
from tequio.studies import recipe as names
from tequio.studies.datasets.comparison import rows_of_ally
from tequio.studies.datasets.table import Built, Row, as_file, scored
from tequio.studies.models import Study
from tequio.studies.recipe import Recipe
from tequio.studies.rules.calendar import Due

# The sheet of a neighbourhood asks these in the words of its model; the questionnaire of the
# library asks the same by its own names.
_SAME: Final[Mapping[str, str]] = {
    "right_to_refuse": "negarse",
    "hitting_ok": "golpe_justo",
    "control_is_violence": "sabe_tipos",
    "knows_where": "donde",
    "could_listen": "hablar",
    "did_something": "hizo",
}
INSTRUMENT: Final = "sasa-rapida"


def build(study: Study, recipe: Recipe, due: Due) -> Built:
    """Put together the sheets of the closed surveys until the end of a closed period."""
    sheets = SurveyAnswer.objects.filter(
        round__organisation=study.organisation_id,
        round__closed_on__lte=due.period_to,
        round__closed_on__gte=recipe.population.first,
    ).select_related("round__community")
    key, purpose = key_of(study.organisation_id), f"study-{study.pk}"
    rows, fresh, refused = [], 0, {}
    for sheet in sheets:
        wave = str(sheet.round.year)
        if wave not in recipe.waves:
            continue
        unit = key.blind_index(str(sheet.pk), purpose=purpose)[:16]
        said = {_SAME[name]: value for name, value in sheet.answers.items() if name in _SAME}
        cells = {"place": sheet.round.community.name, **_scored(recipe, said)}
        if recipe.arm is not None:
            cells[names.ARM] = "programme"
        rows.append(Row(unit, wave, cells))
        refused[sheet.round_id] = sheet.round.refused or 0
        closed = sheet.round.closed_on
        fresh += closed is not None and (due.before is None or closed > due.before)
    if recipe.arm is not None and recipe.arm.of is not None:
        rows += rows_of_ally(study, recipe, recipe.arm.of, due)
    return Built(as_file(recipe, rows), len(rows), len(rows), sum(refused.values()), fresh)


def _scored(recipe: Recipe, said: Mapping[str, str]) -> Mapping[str, str]:
    return scored(recipe, INSTRUMENT, "1", said)
