"""The tables of the synthetic surveys are those of annexes 2, 3 and 4 of the study."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tequio.instruments.definitions import newest
from tequio.instruments.rules.answered import clean
from tequio.instruments.rules.tables import Row, count, mean, most_chosen, share

FOLDER = Path(__file__).parents[3] / "examples" / "surveys"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of(kind: str) -> list[Row]:
    return [row for row in rows("beneficiarios") if row["quien"] == kind]


@pytest.mark.parametrize("name", ["organizaciones", "beneficiarios"])
def test_the_rows_are_answers_to_the_instrument(name: str) -> None:
    for row in rows(name):
        said = {item: value for item, value in row.items() if value}
        assert clean(newest(name).instrument, said) == said


def test_annex_2_is_the_table_of_the_organisations() -> None:
    eight = rows("organizaciones")
    assert len(eight) == 8
    age = mean(eight, "edad")
    assert (age.rounded(1), age.answered, age.asked) == ("47.7", 7, 8)
    assert share(eight, "sexo", "woman").rounded() == "50"
    assert share(eight, "antiguedad", "10_20").rounded() == "75"
    assert share(eight, "antiguedad", "more_20").rounded() == "25"
    assert mean(eight, "trabajadores").rounded(1) == "24.8"
    assert share(eight, "politica", "yes").rounded() == "75"
    assert count(eight, "linea", "yes") == 1
    assert share(eight, "metodologia", "yes").rounded() == "100"
    assert share(eight, "documenta", "yes").rounded() == "100"
    assert set(most_chosen(eight, "ambitos", 2)) == {"government", "legislative"}
    assert set(most_chosen(eight, "problemas", 2)) == {"poverty", "insecurity"}


MEN = {
    ("civil", "single"): "38",
    ("civil", "married"): "62",
    ("hijos", "yes"): "50",
    ("vive", "yes"): "50",
    ("estudios", "high_incomplete"): "12.5",
    ("estudios", "bachelor"): "75.0",
    ("estudios", "master"): "12.5",
    ("trabaja", "yes"): "100",
}
BOYS = {
    ("civil", "single"): "100",
    ("estudios", "elementary_incomplete"): "25",
    ("estudios", "middle_incomplete"): "25",
    ("estudios", "middle"): "25",
    ("estudios", "high_incomplete"): "25",
    ("trabaja", "yes"): "0",
}


@pytest.mark.parametrize(
    ("kind", "n", "age", "places", "table"),
    [("man", 8, "43", 0, MEN), ("boy", 4, "13.2", 1, BOYS)],
)
def test_annex_3_is_the_table_of_the_beneficiaries(
    kind: str, n: int, age: str, places: int, table: dict[tuple[str, str], str]
) -> None:
    people = of(kind)
    assert len(people) == n and mean(people, "edad").rounded(places) == age
    for (item, code), wanted in table.items():
        found = share(people, item, code).rounded(1 if "." in wanted else 0)
        assert found == wanted, (item, code)


def test_what_boys_were_not_asked_is_not_counted_as_a_no() -> None:
    assert share(of("boy"), "hijos", "yes").rounded() == "—"


def test_annex_4_is_what_the_twelve_said() -> None:
    twelve = rows("beneficiarios")
    assert len(twelve) == 12
    assert [row["se_siente"] for row in twelve[:5]] == [
        "More confidence in myself",
        "Very good",
        "Reconocer y evitar la violencia.",
        "Very good",
        "Protected",
    ]
    assert twelve[11]["beneficio"] == "Self-control, better relationships"
    assert twelve[3]["aplica_como"] == "Yes, I always try to bring the best for my children"
    assert count(twelve, "beneficio", "violence") == 2
    assert (count(twelve, "aplica", "yes"), count(twelve, "aplica", "partly")) == (8, 4)
