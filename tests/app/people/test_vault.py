"""A man's name lies in the vault and nowhere else, and comes out only for who may know."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.factories.circles import GroupFactory, attend
from tests.factories.people import ParticipantFactory
from tests.people import signed_in_client

from tequio.access.models import Organisation, User
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.core.sealing import SealBroken
from tequio.people import actions, queries, vault
from tequio.people.models import Identity, Participant
from tequio.people.vault import Who

WHO = Who("Ubaldo Zenón", "Quetzaltzin Ñuño", "55 5555 9731", 1979, "R-7719")
# Everything that would tell who he is, as it might lie in a table, in any spelling.
CANARIES = (
    "ubaldo",
    "zenón",
    "zenon",
    "quetzaltzin",
    "ñuño",
    "5555 9731",
    "5555559731",
    "r-7719",
)


def _sealed(by: User) -> Participant:
    return actions.register(by=by, alias="Encino", who=WHO)


def _everything_written() -> str:
    """Every value of every table but the vault's sealed column, as text."""
    words = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, (bytes, memoryview)) else None
                    words.append(raw.decode("latin-1") if raw is not None else str(value))
    return "\n".join(words).casefold()


def _canaries_in(text: str) -> list[str]:
    return [word for word in CANARIES if word in text]


def test_a_name_is_written_in_no_table(coordinator: User) -> None:
    man = _sealed(coordinator)
    client = signed_in_client(coordinator)
    client.get(f"/personas/{man.folio}/")
    client.post("/personas/", {"q": WHO.full_name})
    client.post("/personas/", {"q": WHO.phone})
    fields = {"given_names": WHO.given_names, "surnames": WHO.surnames, "phone": WHO.phone}
    client.post("/personas/nueva/", {"alias": "Roble", **fields})
    client.post("/personas/nueva/", {"alias": "Roble", **fields, "sure": "1"})
    client.post(f"/personas/{man.folio}/corregir/", {"alias": "Pino", **fields})
    assert Participant.objects.count() == 2

    assert _canaries_in(_everything_written()) == []


def test_a_name_that_slips_into_a_table_is_found(coordinator: User) -> None:
    man = _sealed(coordinator)
    Participant.objects.filter(pk=man.pk).update(alias=WHO.full_name)
    assert "quetzaltzin" in _canaries_in(_everything_written())


def test_the_vault_gives_back_what_it_was_given(coordinator: User) -> None:
    man = _sealed(coordinator)
    assert queries.who_is(coordinator, man) == WHO


def test_an_identity_that_is_moved_to_another_man_does_not_open(coordinator: User) -> None:
    one, other = _sealed(coordinator), actions.register(by=coordinator, alias="B", who=Who("Luis"))
    moved = Identity.objects.get(participant=one).sealed
    Identity.objects.filter(participant=other).update(sealed=moved)
    with pytest.raises(SealBroken):
        vault.unseal(Identity.objects.get(participant=other))


def test_an_identity_under_another_organisations_key_does_not_open(
    coordinator: User, other_organisation: Organisation
) -> None:
    man = _sealed(coordinator)
    identity = Identity.objects.get(participant=man)
    identity.organisation_id = other_organisation.pk
    with pytest.raises(SealBroken):
        vault.unseal(identity)


def test_a_long_name_weighs_as_much_as_a_short_one(coordinator: User) -> None:
    man = _sealed(coordinator)
    short = vault.seal(man, Who("Al"))
    assert len(bytes(short.sealed)) == len(bytes(vault.seal(man, WHO).sealed))


# --- Looking up -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "Ubaldo Zenón Quetzaltzin Ñuño",
        "  quetzaltzin ñuño UBALDO zenon ",
        "55 5555 9731",
        "+52 55-5555-9731",
        "enc",
        "ENCINO",
    ],
)
def test_a_man_is_found_by_whole_name_in_any_order_by_telephone_and_by_alias(
    typed: str, coordinator: User
) -> None:
    man = _sealed(coordinator)
    actions.register(by=coordinator, alias="Roble", who=Who("Ubaldo", "Zenón", "55 5555 0000"))
    assert list(queries.search(coordinator, typed)) == [man]


def test_a_man_is_found_by_folio_however_it_is_typed(coordinator: User) -> None:
    man = _sealed(coordinator)
    for typed in (man.folio, man.folio.lower(), man.folio.replace("-", " "), f" {man.folio} "):
        assert man in queries.search(coordinator, typed)


@pytest.mark.parametrize("typed", ["Ubaldo", "Ubaldo Zenón", "9731", "Nuno", "", "   ", "\0", "%"])
def test_a_part_of_a_name_or_of_a_telephone_finds_nobody(typed: str, coordinator: User) -> None:
    _sealed(coordinator)
    assert list(queries.search(coordinator, typed)) == []


@pytest.mark.parametrize("typed", ["\0", "enc\0", "'; DROP TABLE", "\ud83d\ude00", "a" * 5000])
def test_whatever_is_typed_into_the_search_is_answered(typed: str, coordinator: User) -> None:
    client = signed_in_client(coordinator)
    safe = typed.encode("utf-16", "surrogatepass").decode("utf-16")
    assert client.post("/personas/", {"q": safe}).status_code == 200
    assert client.get("/personas/%00/").status_code == 404


def test_aliases_with_accents_stand_in_their_place(coordinator: User) -> None:
    for alias in ("Álamo", "Alba", "Niebla", "Ñandú", "Abeto"):
        actions.register(by=coordinator, alias=alias, who=Who())
    assert [man.alias for man in queries.search(coordinator, "a")] == ["Abeto", "Álamo", "Alba"]
    assert [man.alias for man in queries.search(coordinator, "ñ")] == ["Ñandú"]


# --- Who may --------------------------------------------------------------------------------------


def test_a_facilitator_finds_the_men_of_his_groups_and_nobody_else(
    facilitator: User, other_facilitator: User
) -> None:
    group = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    (place,) = attend(group, [], {"Encino": ""})
    ParticipantFactory.create(organisation=facilitator.organisation, alias="Encino 2", who=WHO)

    assert list(queries.search(facilitator, "encino")) == [place.participant]
    assert list(queries.search(facilitator, WHO.full_name)) == []
    assert list(queries.search(other_facilitator, "encino")) == []
    assert queries.who_is(facilitator, place.participant) == Who()
    assert queries.who_is(other_facilitator, place.participant) is None


@pytest.mark.parametrize(
    "who", ["evaluator", "director", "administrator", "therapist", "advocate", "promoter"]
)
def test_other_roles_find_nobody_and_open_no_file(
    who: str, coordinator: User, request: pytest.FixtureRequest
) -> None:
    man, user = _sealed(coordinator), request.getfixturevalue(who)
    assert list(queries.search(user, man.folio)) == []
    assert queries.who_is(user, man) is None
    with pytest.raises(NotVisible):
        actions.open_file(by=user, folio=man.folio)
    with pytest.raises(Forbidden):
        actions.register(by=user, alias="X", who=Who())
    with pytest.raises(Forbidden):
        actions.correct(by=user, folio=man.folio, alias="X", who=Who())


def test_the_same_name_in_another_organisation_is_another_index(
    coordinator: User, outsider: User
) -> None:
    _sealed(coordinator)
    actions.register(by=outsider, alias="Encino", who=WHO)
    assert queries.search(coordinator, WHO.full_name).count() == 1
    assert len(set(Identity.objects.values_list("name_index", flat=True))) == 2


@pytest.mark.parametrize("alias", ["", "   ", "x" * 41])
def test_without_an_alias_that_fits_nothing_is_opened(alias: str, coordinator: User) -> None:
    with pytest.raises(DomainError, match="Falta cómo le dicen"):
        actions.register(by=coordinator, alias=alias, who=WHO)
    assert not Participant.objects.exists()


def test_an_alias_of_letters_that_fold_into_many_fits_its_column(coordinator: User) -> None:
    man = actions.register(by=coordinator, alias="ß" * 40, who=Who())
    assert len(man.alias_key) <= 60
