"""The open data that ship give what was published; maps stay small; files are read strictly."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from tests.shared_data import find

from tequio.core.errors import DomainError
from tequio.territory import geometry, places
from tequio.territory.loading import folders, packing
from tequio.territory.queries import atlas as atlases
from tequio.territory.queries.atlas import COUNTRY, FOLDER, KINDS, Atlas
from tequio.territory.sources import SOURCES

LARGEST = 60_000


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    """What ships, read without a database."""
    raw = {kind: (FOLDER / f"{kind}.csv.gz").read_bytes() for kind in KINDS}
    return Atlas(
        context=atlases._numbers(raw["context"]),
        files=atlases._monthly(raw["files"]),
        calls=atlases._monthly(raw["calls"]),
        survey=atlases._numbers(raw["survey"]),
    )


def test_what_was_published_comes_out_again(atlas: Atlas) -> None:
    assert atlas.people(COUNTRY) == 126_014_024
    assert atlas.files.year(COUNTRY, 2021) == 253_739
    assert atlas.calls.year(COUNTRY, 2019) == 718_019
    assert atlas.survey[COUNTRY]["any_at"] == 43.94
    assert atlas.survey["09"]["any_at"] == 52.65
    assert atlas.survey["09"]["women"] == 3450
    country = [atlas.share(COUNTRY, name) for name in ("poor", "extremely_poor", "schooling_lag")]
    assert [round(one or 0, 2) for one in country] == [52.18, 20.32, 16.33]
    assert round(1e5 * (atlas.files.year("09007", 2020) or 0) / atlas.people("09007"), 1) == 257.3


def test_a_year_without_a_report_is_not_a_zero(atlas: Atlas) -> None:
    assert atlas.files.year("04012", 2020) is None
    assert atlas.files.year("20003", 2022) == 0
    assert atlas.calls.year(COUNTRY, 2020) is None  # two months of it were never published
    assert atlas.homicides("04012") is None  # its deaths were written under another's name


def test_every_municipality_has_its_row_and_its_name(atlas: Atlas) -> None:
    known = set(atlas.known())
    assert len(known) == 2469
    assert all(places.find(key) for key in known)


def test_the_list_beside_the_files_tells_what_they_are() -> None:
    listed = json.loads((FOLDER / packing.MANIFEST).read_text(encoding="utf-8"))
    assert {entry["file"] for entry in listed} == {one.name for one in FOLDER.glob("*.gz")}
    for entry in listed:
        raw = gzip.decompress((FOLDER / entry["file"]).read_bytes())
        assert hashlib.sha256(raw).hexdigest() == entry["sha256"], entry["file"]
        assert set(entry["sources"]) <= set(SOURCES)
    assert sum(one.stat().st_size for one in FOLDER.iterdir()) < 1_000_000


def test_the_shapes_of_a_state_weigh_little() -> None:
    shapes = 0
    for state in places.states():
        drawn = geometry.of_state(state.key)
        shapes += len(drawn.shapes)
        paths = "".join(shape.path for shape in drawn.shapes)
        assert len(gzip.compress(paths.encode())) < LARGEST, state.name
        for shape in drawn.shapes:
            assert 0 <= shape.x <= drawn.width and 0 <= shape.y <= drawn.height
    assert shapes == 2469
    assert len(geometry.of_country().shapes) == 32


def test_the_published_files_give_what_ships() -> None:
    listed = json.loads((FOLDER / packing.MANIFEST).read_text(encoding="utf-8"))
    ships = {entry["kind"]: entry["sha256"] for entry in listed}
    for name in ("mx_municipal_context", "mx_vf_911_salud", "sesnsp_vf_municipal_monthly"):
        for _folder, table in folders.read_all(find(name)):
            assert table.sha256 == ships[table.kind]


def test_a_broken_file_is_one_sentence_and_a_strange_folder_another(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="ningún archivo conocido"):
        list(folders.read_all(tmp_path))
    (tmp_path / "ViolenciaFamiliar2015_2021.csv.gz").write_bytes(b"not pressed")
    with pytest.raises(DomainError, match="no se entiende"):
        list(folders.read_all(tmp_path))
    with pytest.raises(DomainError, match="No hay una carpeta"):
        list(folders.read_all(tmp_path / "none"))


def test_totals_of_a_state_hold_what_no_municipality_has(tmp_path: Path) -> None:
    months = (
        "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre"
    )
    rows = [f"0,2022,1,A,{key},X,Violencia familiar,{','.join(['3'] * 12)}" for key in (1001, 1999)]
    head = f",Año,Clave_Ent,Entidad,Cve. Municipio,Municipio,Tipo de delito,{months}"
    raw = "\n".join([head, *rows, ""]).encode()
    (tmp_path / "ViolenciaFamiliar2015_2021.csv.gz").write_bytes(gzip.compress(raw))
    ((_folder, table),) = folders.read_all(tmp_path)
    found = atlases._monthly(table.pressed)
    assert (found.year("01001", 2022), found.year("01", 2022)) == (36, 72)
    assert found.year("01999", 2022) is None
    assert found.year("01001", 2021) is None


def test_a_place_is_searched_kindly() -> None:
    assert [one.key for one in places.search("iztapalapa")] == ["09007"]
    assert [one.key for one in places.search("15033")] == ["15033"]
    assert [one.key for one in places.search("Ecatepec mexico")] == ["15033"]
    assert len(places.search("san juan")) == 30
    assert places.search("  ") == () == places.search("zzzz")
