"""Nobody gets a second file because his name was spelt otherwise, and nobody is merged."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.people import ConsentFactory, IntakeFactory, ParticipantFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.circles.actions.imports.taking_back import _unused_men
from tequio.circles.models import RegisterImport
from tequio.core import ids
from tequio.core.errors import Forbidden
from tequio.people import actions, queries
from tequio.people.models import Identity, NameSound, Participant
from tequio.people.rules.answers import Answers
from tequio.people.vault import Who

LOOK = {"given_names": "Xavier", "surnames": "Ernandes", "birth_year": "1988", "phone": ""}


@pytest.fixture
def known(coordinator: User) -> Participant:
    man = actions.register(
        by=coordinator,
        alias="Fresno",
        who=Who("Javier", "Hernández Núñez", "55 5555 0001", 1988),
    )
    IntakeFactory.create(
        participant=man, started_by=coordinator, said=Answers(state="15", municipality="15033")
    )
    return man


def test_looking_first_finds_him_however_he_is_spelt(coordinator: User, known: Participant) -> None:
    page = signed_in_client(coordinator).post("/personas/nueva/", LOOK).content.decode()
    assert known.folio in page
    assert "1988" in page
    assert "Ecatepec de Morelos" in page


def test_who_may_be_the_same_is_shown_without_name_alias_or_telephone(
    coordinator: User, known: Participant
) -> None:
    page = signed_in_client(coordinator).post("/personas/nueva/", LOOK).content.decode()
    for word in ("Fresno", "Javier", "Hernández", "Núñez", "5555 0001"):
        assert word not in page


def test_what_was_looked_for_is_typed_only_once(coordinator: User) -> None:
    page = signed_in_client(coordinator).post("/personas/nueva/", LOOK).content.decode()
    assert 'value="Xavier"' in page
    assert 'value="Ernandes"' in page
    assert "No hay nadie parecido" in page


def test_nothing_to_go_by_is_said(coordinator: User) -> None:
    page = signed_in_client(coordinator).post("/personas/nueva/", {"given_names": "Juan"})
    assert "no se puede saber si ya estuvo aquí" in page.content.decode()


@pytest.mark.parametrize("year", [1990, 1988, None])
def test_a_year_that_is_near_or_unknown_does_not_hide_him(
    year: int | None, coordinator: User, known: Participant
) -> None:
    found = queries.alike(coordinator, Who("Javier", "Hernandez", birth_year=year))
    assert [one.folio for one in found] == [known.folio]


def test_a_far_year_hides_who_only_sounds_alike_and_not_who_has_the_same_telephone(
    coordinator: User, known: Participant
) -> None:
    assert queries.alike(coordinator, Who("Javier", "Hernandez", birth_year=1960)) == []
    same = queries.alike(coordinator, Who("Javier", "Hernandez", "5555550001", 1960))
    assert [one.folio for one in same] == [known.folio]
    assert same[0].same_phone


def test_the_likeliest_stands_first(coordinator: User, known: Participant) -> None:
    actions.register(by=coordinator, alias="Pino", who=Who("Javier", "Hernández", "", 1991))
    found = queries.alike(coordinator, Who("Javier", "Hernandes Nunes", "", 1988))
    assert found[0].folio == known.folio
    assert len(found) == 2


def test_another_organisations_men_are_never_alike(outsider: User, known: Participant) -> None:
    assert queries.alike(outsider, Who("Javier", "Hernández Núñez", "55 5555 0001", 1988)) == []


def test_only_who_opens_files_may_look(facilitator: User, known: Participant) -> None:
    with pytest.raises(Forbidden):
        queries.alike(facilitator, Who("Javier", "Hernández"))


def test_a_correction_is_found_by_the_new_name_and_not_by_the_old(
    coordinator: User, known: Participant
) -> None:
    actions.correct(by=coordinator, folio=known.folio, alias="Fresno", who=Who("Luis", "Mora"))
    assert queries.alike(coordinator, Who("Javier", "Hernández")) == []
    assert queries.alike(coordinator, Who("Luis", "Mora"))


def test_the_clock_makes_the_sounds_that_are_missing(coordinator: User, known: Participant) -> None:
    NameSound.objects.all().delete()
    Identity.objects.update(sounds_version=0)
    assert queries.alike(coordinator, Who("Xavier", "Ernandes")) == []
    assert actions.index_sounds() == 1
    assert queries.alike(coordinator, Who("Xavier", "Ernandes"))
    assert actions.index_sounds() == 0


def test_looking_asks_the_database_a_fixed_number_of_times(coordinator: User) -> None:
    rows = [(f"A{n}", Who("Juan", "Hernández", "", 1980)) for n in range(300)]
    actions.register_many(by=coordinator, rows=rows)
    with CaptureQueriesContext(connection) as asked:
        found = queries.alike(coordinator, Who("Juan", "Hernández", "", 1980))
    assert len(found) == queries.alike.__globals__["SHOWN"]
    assert len(asked) <= 7


def test_opening_may_lead_straight_to_the_intake(coordinator: User) -> None:
    answer = signed_in_client(coordinator).post(
        "/personas/nueva/", {**LOOK, "alias": "Roble", "next": "intake"}
    )
    man = Participant.objects.get(alias="Roble")
    assert answer["Location"] == f"/personas/{man.folio}/ingreso/"
    assert man.intakes.count() == 1


# --- The list searches by sound, and pages honestly -----------------------------------------------


def test_everybody_who_was_found_can_be_reached(coordinator: User) -> None:
    rows = [(f"Nogal {n:03}", Who()) for n in range(120)]
    actions.register_many(by=coordinator, rows=rows)
    client = signed_in_client(coordinator)
    seen = set()
    for number in (1, 2, 3):
        page = client.post("/personas/", {"q": "nogal", "page": number}).content.decode()
        assert "120 personas encontradas" in page
        seen |= {n for n in range(120) if f"Nogal {n:03}<" in page}
    assert seen == set(range(120))


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("xavier ernandes", True),
        ("hernandez javier", True),
        ("Javier Hernandes Nunes", True),
        ("Javier Gómez", False),
        ("Javier Gómez Núñez", False),
        ("hernandez", False),
    ],
)
def test_the_list_finds_a_name_by_its_sound_and_not_by_one_word_in_common(
    typed: str, finds: bool, coordinator: User, known: Participant
) -> None:
    actions.register(by=coordinator, alias="Otro", who=Who("Javier", "Mora"))
    found = queries.search(coordinator, typed)
    assert list(found) == ([known] if finds else [])


def test_the_next_page_of_a_search_carries_the_words_in_its_body(coordinator: User) -> None:
    actions.register_many(by=coordinator, rows=[(f"Nogal {n}", Who()) for n in range(60)])
    page = signed_in_client(coordinator).post("/personas/", {"q": "nogal"}).content.decode()
    assert '<button class="button quiet" type="submit" name="page" value="2">' in page
    assert "?page=2" not in page


def test_a_man_of_an_import_who_was_taken_in_stays_when_it_is_undone(coordinator: User) -> None:
    of_import = ids.new_id()
    men = [
        ParticipantFactory.create(organisation=coordinator.organisation, import_id=of_import)
        for _n in range(3)
    ]
    IntakeFactory.create(participant=men[0], started_by=coordinator)
    ConsentFactory.create(participant=men[1], recorded_by=coordinator)
    register = RegisterImport(pk=of_import)
    assert list(_unused_men(register)) == [men[2]]
