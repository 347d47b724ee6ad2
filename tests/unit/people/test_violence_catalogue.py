"""The catalogue of violence knows what the law called it on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from tequio.people.catalogues import violence
from tequio.people.catalogues.files import BadCatalogue, read


def _codes(kinds: tuple[violence.Kind, ...]) -> set[str]:
    return {kind.code for kind in kinds}


@pytest.mark.parametrize(
    ("code", "day_before"),
    [
        ("vicarious", date(2024, 1, 17)),
        ("digital", date(2021, 6, 1)),
        ("media", date(2021, 6, 1)),
        ("political", date(2020, 4, 13)),
    ],
)
def test_a_reform_holds_from_the_day_after_it_is_published(code: str, day_before: date) -> None:
    before, after = violence.in_force(day_before), violence.in_force(date(2026, 1, 1))
    assert code not in _codes(before.types) | _codes(before.modalities)
    assert code in _codes(after.types) | _codes(after.modalities)


def test_on_every_day_each_code_has_one_meaning() -> None:
    for day in (date(2010, 1, 1), date(2024, 1, 26), date(2024, 1, 27), date(2026, 11, 21)):
        types = [kind.code for kind in violence.in_force(day).types]
        assert len(types) == len(set(types))
        assert "sexual" in types


def test_before_the_law_there_is_nothing_to_choose() -> None:
    assert violence.in_force(date(2007, 2, 1)).types == ()


def test_what_she_must_hear_of_is_what_harms_the_body_or_goes_through_others() -> None:
    day = date(2026, 1, 1)
    named = {k.code for k in violence.in_force(day).types if k.letter}
    assert named == {"physical", "sexual", "vicarious"}
    assert violence.calls_for_a_letter("physical", on=day)
    assert not violence.calls_for_a_letter("economic", on=day)


def test_codes_are_said_in_the_language_of_the_reader_and_unknown_ones_come_back() -> None:
    assert violence.label("vicarious", on=date(2025, 1, 1)).startswith("Vicaria")
    with translation.override("en"):
        assert violence.label("physical") == "Physical"
        assert violence.whom("ex_partner") == "My ex-partner"
    assert violence.label("partner") == "Mi pareja"
    assert violence.label("a-code-of-the-future") == "a-code-of-the-future"


def test_a_pair_that_the_day_does_not_know_is_refused() -> None:
    today = violence.in_force(date(2026, 1, 1))
    assert today.knows("vicarious", "children")
    assert not today.knows("vicarious", "neighbour")
    assert not violence.in_force(date(2020, 1, 1)).knows("vicarious", "children")


def test_no_relation_names_a_person_or_her_gender() -> None:
    for whom in violence.in_force(date(2026, 1, 1)).against:
        assert "ella" not in whom.name.es.split()


def test_two_entries_for_one_day_are_found(tmp_path: Path) -> None:
    body = violence.FILE.read_text(encoding="utf-8")
    bad = tmp_path / "violence.toml"
    bad.write_text(body.replace("until = 2024-01-26\n", ""), encoding="utf-8")
    with pytest.raises(BadCatalogue, match="sexual: two entries hold"):
        read(bad, violence.Catalogue)


def test_a_field_that_the_schema_does_not_name_is_found(tmp_path: Path) -> None:
    body = violence.FILE.read_text(encoding="utf-8")
    bad = tmp_path / "violence.toml"
    bad.write_text(body.replace('slug = "', 'slogan = "x"\nslug = "'), encoding="utf-8")
    with pytest.raises(BadCatalogue, match="slogan"):
        read(bad, violence.Catalogue)
