"""Who is not reached, year on year, without anybody being put together from several tables."""

from __future__ import annotations

from collections.abc import Mapping

from tequio.network import comparing
from tequio.network.models import SurveyRound
from tequio.network.queries.learning import Asked
from tequio.network.rules.survey import Answered

MANY = {"gender": "woman", "age": "30-44", "language": "no", "disability": "no"}
FEW = (
    {"gender": "woman", "age": "60+", "language": "yes", "disability": "yes"},
    {"gender": "man", "age": "18-29", "language": "yes", "disability": "yes"},
)
ALONE = {"gender": "other", "age": "45-59", "language": "yes", "disability": "yes"}


def _sheets(traits: Mapping[str, str], yes: int, no: int) -> list[Answered]:
    return [Answered({}, traits, "yes")] * yes + [Answered({}, traits, "no")] * no


def _asked(*more: Answered) -> dict[int, Asked]:
    sheets = [*_sheets(MANY, 20, 20), *(one for few in FEW for one in _sheets(few, 2, 1)), *more]
    return {1: Asked(SurveyRound(year=1), tuple(sheets))}


def test_one_person_is_not_put_together_from_three_tables() -> None:
    """Lines of few would say of a single person her age, her tongue and the rest."""
    without = comparing.groups(_asked())
    assert comparing.groups(_asked(Answered({}, ALONE, "no"))) == without
    for table in without:
        assert [row.cells[1] for row in table.table.rows] == ["50\u00a0% de unas 40"]


def test_groups_of_few_are_named_without_saying_whether_anybody_answered() -> None:
    by_age = comparing.groups(_asked())[0]
    # Three genders by four ages, and one group that may be told.
    assert len(by_age.untold) == 11


def test_a_group_that_may_be_told_in_one_year_has_its_line_in_all() -> None:
    later = Asked(SurveyRound(year=2), tuple(_sheets(FEW[0], 15, 15)))
    by_age = comparing.groups({**_asked(), 2: later})[0]
    (first, second) = by_age.table.rows
    assert second.cells[1:] == ("No se publica", "50\u00a0% de unas 30")
    assert first.cells[2] == "No se publica"
