"""Telephones, states and torn lines of directories, mended and never guessed."""

from __future__ import annotations

import json
from datetime import date, time

import pytest

from tequio.core.text import fold
from tequio.network.rules.directory import (
    flat,
    freshness,
    hsds,
    meanings,
    merging,
    places,
    salvage,
    searching,
    telephones,
)
from tequio.network.rules.directory.drafts import Draft, Opens, hide_refuge

STATES = {
    fold(name): key
    for key, name in {
        "02": "Baja California", "03": "Baja California Sur", "09": "Ciudad de México",
        "12": "Guerrero", "15": "México", "21": "Puebla", "23": "Quintana Roo",
        "24": "San Luis Potosí",
    }.items()
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5556438483", ["5556438483"]),
        ("01 (614) 429 3300", ["6144293300"]),
        ("31350, 01 (614) 429 3300, 10727", ["6144293300"]),
        ("044 (55) 3989 7734", ["5539897734"]),
        ("01 (866) 641 1585 01 (866) 641 1581", ["8666411585", "8666411581"]),
        ("77171505137711076374", ["7717150513", "7711076374"]),
        ("2764732034 Directo (276) 473 00 67", ["2764732034", "2764730067"]),
        ("9626284074/75", ["9626284074"]),
        ("+52 55 1234 5678", ["5512345678"]),
        # 52 and 01 in the middle of a number are part of it.
        ("55 52 12 34 56", ["5552123456"]),
        ("33 01 22 33 44", ["3301223344"]),
        ("911", ["911"]),
        # Nine digits, eight digits and words are no telephone: nothing is made up.
        ("741414896(045) 75110985092", []),
        ("21160281", []),
        ("123", []),
        ("No Tiene", []),
        ("", []),
    ],
)
def test_a_telephone_has_its_ten_digits_or_is_none(text: str, numbers: list[str]) -> None:
    assert list(telephones.read(text).numbers) == numbers


def test_an_extension_is_kept_apart() -> None:
    found = telephones.read("2234782099 EXT. 2318")
    assert (found.numbers, found.extension) == (("2234782099",), "2318")


@pytest.mark.parametrize(
    ("state", "locality", "key", "rest"),
    [
        ("Ciudad de México (CDMX)", "Tlalpan", "09", "Tlalpan"),
        ("San", "Luis", "24", ""),
        ("Quintana", "Roo", "23", ""),
        ("Estado", "de", "15", ""),
        ("GuerreroTlapa", "", "12", "Tlapa"),
        ("Baja California", "Sur", "03", ""),
        ("Baja California", "Tijuana", "02", "Tijuana"),
        # Two states begin like this: which one is asked, not guessed.
        ("Baja", "California", "", "Baja California"),
        ("Baja", "", "", "Baja"),
        ("Edo. Mex.", "Ecatepec", "15", "Ecatepec"),
        ("S.L.P.", "Valles", "24", "Valles"),
        ("Q. Roo", "Tulum", "23", "Tulum"),
        ("N.L.", "", "19", ""),
    ],
)
def test_a_torn_state_is_put_together(state: str, locality: str, key: str, rest: str) -> None:
    found = places.read(state, locality, STATES)
    assert (found.state, found.locality) == (key, rest)


def test_what_does_not_parse_is_shown_and_does_not_hide_the_rest() -> None:
    good = json.dumps({"institucion": "DIF"})
    odd = good.replace(" ", "\u00a0").replace("{", "{\u00a0")
    found = salvage.objects(f'[{good},\n{{"institucion": ,}}, {odd} broken')
    assert [(one.fields is not None, one.mended) for one in found] == [
        (True, False), (False, True), (True, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "torn"),
    [
        ("Ruth Rocha 4777589377 unemecapa.ro", True),
        ("733 66 20 direccion.capa", True),
        ("(UNEME", True),
        ("7711076374 capasitshgo@", True),
        ("UNEME-CAPA Chiconautla 3000", False),
        ("Centro de Justicia para las Mujeres (CJM)", False),
    ],
)
def test_the_rest_of_a_cut_line_is_no_name(name: str, torn: bool) -> None:
    assert meanings.is_torn(name) is torn


def test_a_refuge_loses_its_address_before_anything_else() -> None:
    said = {"provider": "Refugio Las Jacarandas", "address": "Av. Juárez 1", "state": "Puebla"}
    found = flat.draft(said, STATES)
    assert found is not None
    assert (found.refuge, found.address, found.state) == (True, "", "21")
    assert "refuge_address" in found.mended
    # Without the rule it would have stayed.
    bare = Draft("X", "X", address="Av. Juárez 1")
    assert hide_refuge(bare).address


def test_a_mail_ends_where_the_next_column_ran_into_it() -> None:
    found = flat.draft({"provider": "Centro de Justicia", "email": "a.b@pgj.gob.mxcalle"}, STATES)
    assert found is not None
    assert found.email == "a.b@pgj.gob.mx"


def test_the_same_twice_becomes_one_that_knows_more() -> None:
    first = Draft("DIF Centro", "Psicología", state="09", numbers=("5512345678",))
    again = Draft("dif centro", "psicología", state="09", numbers=("5512345678",), hours="9 a 3")
    other = Draft("DIF Centro", "Psicología", state="09", numbers=("5587654321",))
    kept = merging.together([(1, first), (2, again), (3, other)])
    assert [(one.line, one.also, one.draft.hours) for one in kept] == [
        (1, (2,), "9 a 3"), (3, (), ""),
    ]  # fmt: skip


def test_hsds_tables_are_nested_and_read() -> None:
    tables = {
        "organizations": [{"id": "o", "name": "Casa Abierta"}],
        "services": [{"id": "s", "organization_id": "o", "name": "Asesoría legal"}],
        "locations": [{"id": "l"}],
        "addresses": [
            {"location_id": "l", "address_1": "Calle 1", "city": "Puebla"}
            | {"state_province": "Puebla"}
        ],
        "service_at_location": [{"id": "x", "service_id": "s", "location_id": "l"}],
        "phones": [{"service_id": "s", "number": "01 222 240 5214"}],
        "schedules": [
            {"service_id": "s", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "15:00"},
            {"service_id": "s", "byday": "WE", "opens_at": "x", "closes_at": "15:00"},
        ],
    }
    (found,) = hsds.drafts(hsds.nested(tables)[0], STATES)
    assert (found.provider, found.name) == ("Casa Abierta", "Asesoría legal")
    assert found.needs == ("legal",)
    assert (found.state, found.locality, found.numbers) == ("21", "Puebla", ("2222405214",))
    assert found.openings == (Opens(0, time(9), time(15)), Opens(1, time(9), time(15)))


def test_a_typed_mark_finds_nothing_by_itself() -> None:
    assert searching.words("busco una abogada #legal#") == ["abogada", "legal"]
    assert searching.mark("legal") in searching.line(["legal"], "Casa Abierta")


def test_what_nobody_called_for_half_a_year_is_not_believed() -> None:
    day = date(2026, 11, 20)
    said = [
        freshness.freshness(on, day)
        for on in (None, date(2026, 11, 1), date(2026, 6, 1), date(2026, 1, 1))
    ]
    assert said == ["never", "fresh", "call_again", "stale"]
