"""Templates, periods and blocks: what an account cannot be made of."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tequio.core import datafiles
from tequio.core.datafiles import BadDataFile, faults, fingerprints
from tequio.reports.accounts import consent, definitions, periods
from tequio.reports.accounts.blocks import Bare, Box, Number, Said, Table
from tequio.reports.accounts.counting import answers, released
from tequio.reports.accounts.counting.scope import people, share
from tequio.reports.accounts.sources import MEN, WOMEN, Release, Sentence

HEAD = """schema = 1
slug = "mala"
version = "1"
from = "ours"
source = "x"
name = "x"
purpose = "x"
audience = "funders"
of = "organisation"
"""


def template(tmp_path: Path, *kinds: str) -> definitions.Template:
    body = HEAD + "".join(
        f'[[section]]\nkey = "s_{chr(97 + at)}"\ntitle = "x"\nblock = "{kind}"\n'
        for at, kind in enumerate(kinds)
    )
    (tmp_path / "mala").mkdir()
    path = tmp_path / "mala" / "1.toml"
    path.write_text(body)
    return definitions.read(path).content


def test_what_was_published_stays_as_it_was(tmp_path: Path) -> None:
    found = fingerprints(definitions.FOLDER, consent.FOLDER)
    assert list(faults(found, datafiles.locked(definitions.LOCK))) == []
    copy = tmp_path / "library"
    shutil.copytree(definitions.FOLDER, copy)
    with (copy / "anual" / "1.toml").open("a") as file:
        file.write("# more\n")
    changed = faults(fingerprints(copy, consent.FOLDER), datafiles.locked(definitions.LOCK))
    assert any("has changed" in line for line in changed)


def test_every_template_that_ships_says_what_may_not_be_said() -> None:
    shipped = definitions.newest()
    assert set(shipped) == {
        "anual",
        "financiadora",
        "lo-que-sabemos",
        "marco-logico",
        "sede",
        "tablas-estandar",
    }
    assert all("limits" in one.content.kinds for one in shipped.values())


@pytest.mark.parametrize(
    ("kinds", "word"),
    [
        (("testimonies", "done", "limits"), "testimonio"),
        (("testimonies", "words"), "testimonio"),
        (("words", "costs", "testimonies"), "testimonio"),
        (("done", "words"), "limits"),
        (("behaviours", "limits"), "missing"),
    ],
)
def test_a_template_that_would_mislead_is_refused(
    tmp_path: Path, kinds: tuple[str, ...], word: str
) -> None:
    with pytest.raises(BadDataFile, match=word):
        template(tmp_path, *kinds)


def test_numbers_before_testimonies_and_limits_at_the_end_are_taken(tmp_path: Path) -> None:
    assert template(tmp_path, "done", "testimonies", "limits").quotes


@pytest.mark.parametrize("gap", ["of", "missing", "caution"])
def test_a_number_without_its_denominator_its_gaps_or_its_limits_is_refused(gap: str) -> None:
    whole = {"of": "De 40.", "missing": "Nada.", "caution": "No es seguridad."}
    with pytest.raises(Bare):
        Number("Vinieron", "30", **{**whole, gap: " "})
    with pytest.raises(Bare):
        Table("x", "Vinieron", ("a",), (("1",),), **{**whole, gap: ""})
    with pytest.raises(Bare):
        Said("Bajó", (), (), (), "", "ellas")


def test_only_years_and_halves_that_are_over_are_told() -> None:
    keys = [one.key for one in periods.closed(date(2026, 11, 20))]
    assert keys[:6] == ["2026-Q3", "2026-1", "2026-Q2", "2026-Q1", "2025", "2025-2"]
    assert not {"2026", "2026-2", "2026-Q4"}.intersection(keys)
    assert all(periods.of(key) in periods.closed(date(2026, 11, 20)) for key in keys)
    assert next(one.key for one in periods.closed(date(2027, 1, 1))) == "2026"
    assert periods.of("2026-3") is None is periods.of("2026-Q5") and periods.of("ayer") is None


def test_few_people_are_not_published() -> None:
    assert (people(7), people(0), people(13)) == ("*", "*", "15")
    assert share(3, 30) == share(29, 30) == share(9, 19) == "*"


@pytest.mark.parametrize(
    ("fell", "says"),
    [
        ({"physical": True, "control": False}, "y el control no"),
        ({"physical": True}, "no se sabe"),
        ({"physical": True, "control": True}, ""),
        ({"physical": False, "control": False}, ""),
    ],
)
def test_physical_violence_that_falls_alone_is_never_told_alone(
    fell: dict[str, bool], says: str
) -> None:
    found = answers.mandatory(fell)
    assert [says in block.text for block in found if isinstance(block, Box)] == (
        [True] if says else []
    )


def test_nothing_of_the_men_takes_the_place_of_what_women_tell() -> None:
    told = (Sentence("Bajó", must_not=("Que ellas están bien.",), measure="impacto-ella"),)
    his = Release("k", "De ellos", MEN, "2026", date(2027, 1, 31), True, told)
    (box,) = released.hers([his], "partner")
    assert isinstance(box, Box) and "no se llena con lo que dicen los hombres" in box.text


def test_a_release_in_which_there_was_not_enough_is_printed_too() -> None:
    hers = Release("k", "De ellas", WOMEN, "2026", date(2027, 1, 31), False)
    said = released.releases([hers])
    assert any(isinstance(block, Box) and block.title == "No alcanza" for block in said)
    (unknown,) = released.releases([])
    assert isinstance(unknown, Box) and unknown.title == "Todavía no se sabe"


def test_a_wall_reads_one_sentence_of_a_release_and_what_must_not_be_said() -> None:
    told = tuple(Sentence(f"Frase {n}", must_not=("Que ellas están bien.",)) for n in range(9))
    one = Release("k", "x", MEN, "2026", date(2027, 1, 31), True, told, ("Una nota",))
    (said,) = [block for block in released.in_short([one]) if isinstance(block, Said)]
    assert (said.headline, said.must_not) == ("Frase 0", ("Que ellas están bien.",))
    assert released.in_short([]) == released.releases([])


def test_two_informants_are_read_side_by_side_and_each_under_its_own_name() -> None:
    his, hers = (
        Release("k", who, who, "2026", date(2027, 1, 31), True, (Sentence("Bajó"),))
        for who in (MEN, WOMEN)
    )
    (alone,) = released.pairs([his])
    assert isinstance(alone, Box)
    both = [block for block in released.pairs([hers, his]) if isinstance(block, Said)]
    assert len({block.informant for block in both}) == 2
    (mine,) = released.hers(
        [
            Release(
                "k",
                "x",
                WOMEN,
                "x",
                date(2027, 1, 31),
                True,
                (Sentence("Bajó", measure="espacio-ella"),),
            )
        ],
        "safety",
    )
    assert isinstance(mine, Said) and mine.informant == "Lo que cuentan ellas"
