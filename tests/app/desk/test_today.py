"""Hoy, the people and the log: what waits, for whom, and what stays unseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.people import ParticipantFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.models import Group
from tequio.core import clock
from tequio.desk import queries
from tequio.people.models import Participant
from tequio.people.vault import Who

EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _at_eight() -> Iterator[None]:
    with clock.at(EVENING):
        yield


@pytest.fixture
def group(facilitator: User) -> Group:
    """Tonight, one of last week of which nobody said anything, and three held."""
    made = GroupFactory.create(
        organisation=facilitator.organisation, facilitators=[facilitator], name="Viernes"
    )
    planned = sessions_of(made, TODAY, 5, held=3)
    attend(made, planned, {"Abeto": "ppp..", "Bosque": "pff..", "Cedro": "aff.."})
    return made


def test_a_facilitators_evening(facilitator: User, group: Group) -> None:
    today = queries.today(facilitator)
    assert today.day == TODAY
    assert [s.position for s in today.tonight] == [5]
    assert [s.position for s in today.unsaid] == [4]
    assert [(call.alias, call.step) for call in today.to_call] == [
        ("Bosque", "talk"),
        ("Cedro", "talk"),
    ]


@pytest.mark.parametrize("who", ["other_facilitator", "outsider", "evaluator", "administrator"])
def test_others_have_none_of_it(who: str, group: Group, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    today = queries.today(user)
    assert (today.tonight, today.unsaid, today.to_call) == ((), (), ())
    page = signed_in_client(user).get("/").content.decode()
    assert "Viernes" not in page
    assert "Bosque" not in page


def test_a_director_sees_that_there_is_a_session_and_not_whom_to_call(
    director: User, group: Group
) -> None:
    today = queries.today(director)
    assert len(today.tonight) == 1
    assert today.to_call == ()
    page = signed_in_client(director).get(f"/sesiones/{today.tonight[0].pk}/").content.decode()
    assert "de 3" in page
    assert not [alias for alias in ("Abeto", "Bosque", "Cedro") if alias in page]


def test_a_closed_group_waits_for_nobody(facilitator: User, group: Group) -> None:
    Group.objects.filter(pk=group.pk).update(closed_on=TODAY)
    today = queries.today(facilitator)
    assert (today.tonight, today.unsaid, today.to_call) == ((), (), ())


def test_a_path_shows_only_groups_that_the_reader_may_see(
    facilitator: User, other_facilitator: User, group: Group
) -> None:
    man = Participant.objects.get(alias="Abeto")
    elsewhere = GroupFactory.create(
        organisation=group.organisation, facilitators=[other_facilitator], name="Lunes"
    )
    planned = sessions_of(elsewhere, TODAY, 1, held=1)
    elsewhere.memberships.create(participant=man)
    page = signed_in_client(facilitator).get(f"/personas/{man.folio}/").content.decode()
    assert "Viernes" in page
    assert "Lunes" not in page
    assert "Vino a 3 de 3 sesiones" in page
    assert [path.membership.group for path in queries.paths(other_facilitator, man.pk)] == [
        elsewhere
    ]
    assert planned[0].pk


# --- People ---------------------------------------------------------------------------------------


def test_opening_a_file_is_written_down_once_per_quarter_of_an_hour(
    coordinator: User, group: Group
) -> None:
    man = Participant.objects.get(alias="Abeto")
    client = signed_in_client(coordinator)
    for _turn in range(3):
        client.get(f"/personas/{man.folio}/")
    assert Event.objects.filter(kind="participant.open").count() == 1
    log = client.get(f"/personas/{man.folio}/bitacora/").content.decode()
    assert man.folio in log
    assert coordinator.login in log


FIELDS = {"alias": "Roble", "given_names": "Juan", "surnames": "Peña", "phone": "55 5555 0001"}


@pytest.mark.parametrize("same", [{"phone": ""}, {"given_names": "", "surnames": ""}])
def test_a_man_who_may_be_here_already_is_shown_and_not_merged(
    same: dict[str, str], coordinator: User
) -> None:
    known = ParticipantFactory.create(
        organisation=coordinator.organisation,
        alias="Fresno",
        who=Who("JUAN", "peña", "+52 5555550001"),
    )
    client = signed_in_client(coordinator)
    asked = client.post("/personas/nueva/", {**FIELDS, **same})
    assert asked.status_code == 422
    assert known.folio in asked.content.decode()
    assert 'value="Roble"' in asked.content.decode()
    assert Participant.objects.count() == 1
    sure = client.post("/personas/nueva/", {**FIELDS, **same, "sure": "1"})
    assert sure.status_code == 302
    assert Participant.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("phone", "123", "tiene 3 números"),
        ("birth_year", "1850", "no parece correcto"),
        ("birth_year", "mil", "cuatro números"),
        ("alias", "", "Falta cómo le dicen"),
    ],
)
def test_what_cannot_be_is_said_and_stays_typed(
    field: str, typed: str, sentence: str, coordinator: User
) -> None:
    answer = signed_in_client(coordinator).post("/personas/nueva/", {**FIELDS, field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="Peña"' in page
    assert not Participant.objects.exists()


def test_a_name_looked_up_is_in_no_address(coordinator: User) -> None:
    page = signed_in_client(coordinator).get("/personas/?q=Juan").content.decode()
    assert 'method="post"' in page
    assert "Juan" not in page


# --- The log --------------------------------------------------------------------------------------


def test_who_keeps_the_accounts_reads_of_accounts_and_of_no_man(
    administrator: User, coordinator: User, group: Group
) -> None:
    man = Participant.objects.get(alias="Abeto")
    signed_in_client(coordinator).get(f"/personas/{man.folio}/")
    page = signed_in_client(administrator).get("/bitacora/").content.decode()
    assert man.folio not in page
    assert man.folio in signed_in_client(coordinator).get("/bitacora/").content.decode()
