"""The diagnosis of a place, its map and what an assembly said, through the real pages."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.access import UserFactory
from tests.factories.programmes import EditionFactory
from tests.people import signed_in_client
from tests.shared_data import find

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.config import territory as command
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.simulation.community import assemblies
from tequio.territory import places
from tequio.territory.actions import data, gatherings
from tequio.territory.actions.gatherings import Heard
from tequio.territory.loading.tables import made
from tequio.territory.models import Gathering, OpenData
from tequio.territory.queries import atlas

PAGE = "/territorio/09007/"


@pytest.fixture
def client(promoter: User) -> Client:
    """The promoter, signed in."""
    return signed_in_client(promoter)


def _told(by: User, **more: object) -> Gathering:
    heard = {"held_on": date(2026, 10, 24), "way": "assembly", "present": 31, "who": "Vecinas"}
    return gatherings.write(
        by=by, municipality="09007", heard=Heard(**(heard | {"work": "Tianguis"} | more))
    )


def test_the_page_says_how_firmly_and_what_may_not_be_said(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert "1,835,486 personas" in page
    assert page.count("No se puede decir:") >= 12
    assert "Todavía nadie lo ha preguntado" in page
    assert "SESNSP" in page and "CC-BY-4.0" in page
    assert f'hx-get="{PAGE}dibujos/"' in page  # the drawings come by themselves, afterwards


def test_a_place_without_data_says_so(client: Client) -> None:
    page = client.get("/territorio/04012/").content.decode()
    assert "No reportar no es cero" in page
    assert "no se publicó" in page
    assert "un cambio en cómo se anota" in page
    assert client.get("/territorio/99999/").status_code == 404


def test_a_municipality_newer_than_the_census_still_has_its_page(client: Client) -> None:
    page = client.get("/territorio/02007/").content.decode()
    assert "No hay censo de 2020" in page
    assert client.get("/territorio/12082/dibujos/").status_code == 200


def test_drawings_are_a_part_or_a_page(client: Client) -> None:
    part = client.get(f"{PAGE}dibujos/", headers={"HX-Request": "true"}).content.decode()
    assert part.count("<svg") == 4 and "<html" not in part
    assert "<html" in client.get("/territorio/12082/dibujos/").content.decode()


def test_the_paper_leaves_with_a_line_in_the_log(client: Client, promoter: User) -> None:
    _told(promoter)
    answer = client.get(f"{PAGE}pdf/")
    assert answer.content.startswith(b"%PDF") and len(answer.content) < 400_000
    assert Event.objects.filter(kind="context.export").count() == 1


def test_what_an_assembly_said_stands_beside_the_data_of_its_organisation_alone(
    client: Client, promoter: User, outsider: User
) -> None:
    sent = {"held_on": "2026-10-24", "way": "walk", "present": "17", "who": "El comité"}
    answer = client.post(f"{PAGE}asamblea/", sent | {"school": "Dejan la secundaria"})
    assert answer.status_code == 302
    page = client.get(PAGE).content.decode()
    assert "17 personas" in page and "Dejan la secundaria" in page
    theirs = UserFactory.create(organisation=outsider.organisation, roles=["promoter"])
    assert "Dejan la secundaria" not in signed_in_client(theirs).get(PAGE).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"present": "0"}, {"who": ""}, {"work": ""}, {"held_on": "2999-01-01"}]
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client: Client, wrong: dict[str, str]
) -> None:
    sent = {"held_on": "2026-10-24", "way": "assembly", "present": "31", "who": "Vecinas"}
    answer = client.post(f"{PAGE}asamblea/", sent | {"work": "Tianguis de los jueves"} | wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "error-summary" in page or 'role="alert"' in page
    assert "work" in wrong or "Tianguis de los jueves" in page
    assert not Gathering.objects.exists()


def test_what_was_taken_off_is_kept_and_no_longer_shown(client: Client, promoter: User) -> None:
    row = _told(promoter)
    address = reverse("territory:withdraw", args=[row.pk])
    assert client.post(address, {"why": " "}).status_code == 422
    assert client.post(address, {"why": "Era de otra colonia"}).status_code == 302
    assert "Tianguis" not in client.get(PAGE).content.decode()
    assert Gathering.objects.get().withdrawn_why == "Era de otra colonia"


def test_an_assembly_that_is_still_to_come_said_nothing(promoter: User) -> None:
    tomorrow = clock.today("America/Mexico_City") + timedelta(days=1)
    with pytest.raises(DomainError, match="todavía no llega"):
        _told(promoter, held_on=tomorrow)


def test_a_map_and_its_list_say_the_same(client: Client) -> None:
    page = client.get("/territorio/estado/20/").content.decode()
    assert page.count("data-at=") == 570
    assert page.count('tabindex="0"') - page.count('class="canvas" tabindex="0"') == 1
    assert page.count("<path d=") >= 570
    drawn, listed = page.split("map-list", 1)
    for key in ("20067", "20003"):
        assert f'href="/territorio/{key}/"' in drawn and f'href="/territorio/{key}/"' in listed
    assert client.get("/territorio/estado/99/").status_code == 404


# Oaxaca and Veracruz have the most municipalities: they are looked at at every save.
_HEAVIEST = ("20", "30")
_STATES = [
    state.key if state.key in _HEAVIEST else pytest.param(state.key, marks=pytest.mark.thorough)
    for state in places.states()
]


@pytest.mark.parametrize("key", _STATES)
def test_the_page_of_every_state_goes_in_less_than_sixty_thousand_bytes(
    client: Client, key: str
) -> None:
    answer = client.get(f"/territorio/estado/{key}/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 60_000


def test_no_trend_crosses_a_jump_in_what_is_written_down(client: Client) -> None:
    page = client.get("/territorio/20067/").content.decode()
    assert "pasaron de 90 en 2015 a 663 en 2016" in page
    assert "Entre 2016 y 2022 las carpetas por violencia familiar de Oaxaca de Juárez" in page
    assert "Entre 2015 y 2022" not in page
    assert "Entre 2015 y 2022" in client.get(PAGE).content.decode()
    drawn = client.get("/territorio/20067/dibujos/").content.decode()
    assert "ninguna línea lo cruza" in drawn
    assert "ninguna línea lo cruza" not in client.get(f"{PAGE}dibujos/").content.decode()


def test_only_months_that_stand_out_are_named_by_the_day(client: Client) -> None:
    """March and May are the highest of Iztapalapa, by no more than luck; two months are low."""
    page = client.get("/territorio/09007/").content.decode()
    assert "menos carpetas por día en enero y diciembre que en el resto del año" in page
    assert "marzo y mayo" not in page


def test_the_last_jump_is_said_beside_the_largest(client: Client) -> None:
    page = client.get("/territorio/04012/").content.decode()
    assert "pasaron de 45 en 2020 a 314 en 2021" in page
    assert "pasaron de 314 en 2021 a 1,957 en 2022" in page


def test_calls_are_said_and_drawn_with_their_rate_by_month(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert "930 por cada 100 mil personas. En el país fueron 570." in page
    drawn = client.get(f"{PAGE}dibujos/").content.decode()
    assert "Llamadas al 911 por violencia familiar por cada 100 mil personas" in drawn
    assert "9,258" in drawn  # August of 2019
    assert "no se reportó" in drawn  # November of 2020


def test_a_figure_that_nobody_knows_shows_the_first(client: Client) -> None:
    assert client.get("/territorio/?dato=zzz").status_code == 200
    page = client.get("/territorio/").content.decode()
    assert "53.2\u00a0% (51 a 55)" in page  # never without its margin


def test_a_name_leads_to_its_place_or_to_those_to_choose_from(client: Client) -> None:
    assert client.get("/territorio/", {"q": "iztapalapa"}).headers["Location"] == PAGE
    assert "Ajuchitlán" not in client.get("/territorio/", {"q": "Benito Juárez"}).content.decode()
    assert "No hay ninguno" in client.get("/territorio/", {"q": "zzzz"}).content.decode()


def test_loading_what_ships_changes_nothing_and_another_set_is_used_at_once(db: None) -> None:
    raw = atlas.FOLDER / "calls.csv.gz"
    rows = [line.split(",") for line in _text(raw).splitlines()]
    same = made("calls", rows[0], rows[1:])
    assert data.load(table=same) is False
    other = made("calls", rows[0], [["00", "1 1 1 1 1 1 1 1 1 1 1 1", ""]])
    assert data.load(table=other) is True and data.load(table=other) is False
    assert atlas.current().calls.year("00", 2019) == 12
    assert data.load(table=same) is True  # back to what ships: the row goes
    assert not OpenData.objects.exists()
    assert atlas.current().calls.year("00", 2019) == 718_019


def _text(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()


def test_the_command_tells_rows_totals_and_checksum(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.run(["load", str(find("mx_vf_911_salud"))]) == 0
    told = capsys.readouterr().out
    assert "calls · 33 renglones" in told and "ya estaba" in told and "718,019" in told


def test_an_edition_leads_to_the_diagnosis_that_it_cites(coordinator: User) -> None:
    edition = EditionFactory.create(organisation=coordinator.organisation, unsigned=True)
    address = reverse("programmes:sign", args=[edition.pk])
    sent = {"signed_by": "Carmen", "signed_as": "Psicóloga", "diagnosis_title": "Del barrio"}
    client = signed_in_client(coordinator)
    many = client.post(address, sent | {"diagnosis_place": "Benito Juárez"})
    assert many.status_code == 422 and "Hay varios" in many.content.decode()
    assert client.post(address, sent | {"diagnosis_place": "iztapalapa"}).status_code == 302
    assert f'href="{PAGE}"' in client.get(address).content.decode()


def test_the_demonstration_has_two_assemblies_of_its_place(client: Client, promoter: User) -> None:
    assemblies.tell(promoter)
    page = client.get(PAGE).content.decode()
    assert page.count('class="heard"') == 2
    assert page.index("17 personas") < page.index("31 personas")  # the newest first
