"""Who may do what, as one table that a coordinator can read: `access_matrix.csv`.

Every route is asked, with every method that it takes, by every role, for a thing of the person's
own group, of another group, and of another organisation. A route without a row fails, and so does
a cell that says something else than the house does.

The cells: «sí», «dato» (allowed, but something is missing in what this test sends), «entrar»
(sign in first), «no puede» (403), «no existe» (404).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories.access import OrganisationFactory, UserFactory
from tests.meta import (
    matrix_accounts,
    matrix_costs,
    matrix_house,
    matrix_instruments,
    matrix_lotteries,
    matrix_network,
    matrix_pooling,
    matrix_releases,
    matrix_rights,
    matrix_studies,
    matrix_territory,
    matrix_wall,
)
from tests.meta.matrix_house import KNOWN
from tests.meta.matrix_sent import SENT
from tests.people import signed_in_client
from tests.walls import client_behind, found_wall

from tequio.access import scoped
from tequio.access.models import Organisation, User
from tequio.circles import queries, sheet_paper
from tequio.circles.models import Group
from tequio.circles.retention import paper
from tequio.core import clock, ids
from tequio.costs import paper as cost_paper
from tequio.network import poster
from tequio.reports.accounts import paper as account_paper
from tequio.studies import aside

# The world is made once, outside of what each test takes back.
pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("access_matrix.csv")
EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
LEFT_OUT = {"ui": "the gallery exists in development and in tests only and shows invented words"}

PEOPLE = {
    "anónimo": "",
    "facilitación": "facilitator",
    "psicoterapia": "therapist",
    "acompañamiento": "advocate",
    "promoción": "promoter",
    "coordinación": "coordinator",
    "evaluación": "evaluator",
    "dirección": "director",
    "administración": "administrator",
}
OWN, OTHER = "propio grupo", "otro grupo de la organización"
HOUSE, FOREIGN, NONE = "propia organización", "otra organización", "—"
HEADER = ["ruta", "método", "de quién", *PEOPLE]
# A thing with one of these belongs to a group; the others belong to the organisation.
_OF_A_GROUP = {
    "group_id",
    "session_id",
    "membership_id",
    "telling_id",
    "folio",
    "review_id",
    "enrolment_id",
    "call_id",
    "talk_id",
    "report_id",
} | {"assessment_id", "sitting_id", "way_id"}
_OF_THE_HOUSE = {"edition_id", "user_id", "job_id", "import_id", "certificate_id", "emergency_id"}
_OF_THE_HOUSE |= matrix_wall.KEYS | matrix_rights.KEYS | matrix_instruments.KEYS | {"exception_id"}
_OF_THE_HOUSE |= matrix_accounts.KEYS | matrix_costs.KEYS
_OF_THE_HOUSE |= matrix_network.KEYS | matrix_territory.KEYS | matrix_studies.KEYS
_OF_THE_HOUSE |= matrix_pooling.KEYS | matrix_lotteries.KEYS | matrix_releases.KEYS

_SENT = matrix_network.SENT | matrix_territory.SENT | matrix_studies.SENT | matrix_pooling.SENT
_SENT |= matrix_releases.SENT


@dataclass(frozen=True, slots=True)
class Row:
    route: str
    method: str
    whose: str


Cells = dict[str, str]


# --- What is asked --------------------------------------------------------------------------------


@cache
def routes() -> dict[str, tuple[str, ...]]:
    """Every named route and what its address holds."""
    return {
        name: tuple(pattern.pattern.converters)
        for name, pattern in _walk(get_resolver().url_patterns, "")
        if name.split(":")[0] not in LEFT_OUT
    }


def _walk(patterns: list[Any], space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{space}{pattern.namespace}:")
        else:
            assert pattern.name, f"A route without a name: {pattern}"
            yield f"{space}{pattern.name}", pattern


def whose(holds: tuple[str, ...]) -> tuple[str, ...]:
    if "token" in holds:  # a telephone's own, or nothing
        return (NONE,)
    if _OF_A_GROUP.intersection(holds):
        return (OWN, OTHER, FOREIGN)
    return (HOUSE, FOREIGN) if _OF_THE_HOUSE.intersection(holds) else (NONE,)


@dataclass(frozen=True, slots=True)
class World:
    """Where every row finds what it asks for, and who asks."""

    clients: Mapping[str, Client]
    things: Mapping[str, Mapping[str, object]]

    def ask(self, row: Row, person: str, things: Mapping[str, object] | None = None) -> Any:
        """Ask, and take back whatever it did."""
        holds = routes()[row.route]
        known = {
            **KNOWN,
            "mark_id": uuid4(),
            "event_id": uuid4(),
            "number": 1,
            **(things or self._of(row)),
        }
        address = reverse(row.route, kwargs={name: known[name] for name in holds})
        client = Client(raise_request_exception=False)
        client.cookies.update(self.clients[person].cookies)
        with transaction.atomic():
            if row.method == "GET":
                answer = client.get(address)
            else:
                answer = client.post(address, _sent(row.route))
            answer.getvalue()  # a page is drawn, a file written before its data are taken back
            transaction.set_rollback(True)
        return answer

    def _of(self, row: Row) -> Mapping[str, object]:
        return self.things[HOUSE if row.whose == NONE else row.whose]


def _sent(route: str) -> dict[str, Any]:
    if route == "circles:imports":
        return {"file": SimpleUploadedFile("lista.xlsx", matrix_house.register())}
    return SENT.get(route) or _SENT.get(route, {})


def verdict(answer: HttpResponse) -> str:
    code = answer.status_code
    if 300 <= code < 400:
        return "entrar" if answer["Location"].startswith("/entrar/") else "sí"
    words = {401: "entrar", 403: "no puede", 404: "no existe", 400: "dato", 422: "dato"}
    return "sí" if code < 300 else words.get(code, f"error {code}")


# --- The world ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Two organisations, three groups, and one person of each role: made once, never changed."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        clock.at(EVENING),
        transaction.atomic(),
    ):
        # A file takes seconds, and whoever gets one gets it here too.
        patch.setattr(paper, "pdf", lambda *_report, **_words: b"%PDF")
        patch.setattr(sheet_paper, "pdf", lambda *_sheet: b"%PDF")
        patch.setattr(poster, "pdf", lambda _data: b"%PDF")
        patch.setattr(aside, "paper", lambda **_given: b"%PDF")
        patch.setattr(cost_paper, "result", lambda *_found: b"%PDF")
        patch.setattr(account_paper, "pdf", lambda _shown: b"%PDF")
        yield _made()
        transaction.set_rollback(True)


def _somebody(house: Organisation, role: str) -> User:
    made = UserFactory.create(organisation=house, roles=[role])
    return User.objects.select_related("organisation").get(pk=made.pk)


def _made() -> World:
    norte = OrganisationFactory.create(name="Círculo Norte", slug="circulo-norte")
    sur = OrganisationFactory.create(name="Casa Sur", slug="casa-sur")
    users = {who: _somebody(norte, role) for who, role in PEOPLE.items() if role}
    outsider, hers = _somebody(sur, "coordinator"), _somebody(sur, "advocate")
    walled = found_wall(users["acompañamiento"])
    house = matrix_house.house_things(users["coordinación"]) | matrix_wall.things(walled)
    return World(
        clients={who: signed_in_client(users[who]) if who in users else Client() for who in PEOPLE}
        | {"acompañamiento": client_behind(walled)},
        things={
            OWN: matrix_house.group_things(norte, [users["facilitación"]]),
            OTHER: matrix_house.group_things(norte, [_somebody(norte, "facilitator")]),
            HOUSE: house,
            FOREIGN: matrix_house.group_things(sur, [_somebody(sur, "facilitator")])
            | matrix_house.house_things(outsider)
            | matrix_wall.things(found_wall(hers)),
        },
    )


# --- The table ------------------------------------------------------------------------------------


def table() -> dict[Row, Cells]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == HEADER
        lines = list(reader)
    rows = {Row(line["ruta"], line["método"], line["de quién"]): line for line in lines}
    assert len(rows) == len(lines), "A row stands twice."
    return {row: {who: line[who] for who in PEOPLE} for row, line in rows.items()}


def wanted(world: World, room: str) -> list[Row]:
    """Every row that the table must have: each route with each method that it takes."""
    rows = []
    of_room = {name: holds for name, holds in routes().items() if name.startswith(f"{room}:")}
    for name, holds in of_room.items():
        for method in ("GET", "POST"):
            first = Row(name, method, whose(holds)[0])
            asks = "acompañamiento" if room in matrix_releases.WALLED else "coordinación"
            if world.ask(first, asks).status_code != 405:
                rows += [Row(name, method, thing) for thing in whose(holds)]
    return rows


def differences(world: World, rows: list[Row], said: Mapping[Row, Cells]) -> list[str]:
    """Say in sentences where the table and the house disagree."""
    lines = [f"{row} is in the table and not in the house." for row in said if row not in rows]
    for row in rows:
        if row not in said:
            lines.append(f"{row} has no row in {TABLE.name}.")
            continue
        for person in PEOPLE:
            found = verdict(world.ask(row, person))
            if found != said[row][person]:
                lines.append(
                    f"{row.method} {row.route} ({row.whose}): for {person} the table says "
                    f"«{said[row][person]}» and the house says «{found}»."
                )
    return lines


ROOMS = sorted({name.split(":")[0] for name in routes()})


def _compared(world: World, room: str, *, foreign: bool) -> str:
    def asked(row: Row) -> bool:
        return row.route.startswith(f"{room}:") and (row.whose == FOREIGN) is foreign

    said = {row: cells for row, cells in table().items() if asked(row)}
    return "\n".join(differences(world, list(filter(asked, wanted(world, room))), said))


@pytest.mark.parametrize("room", ROOMS)
def test_the_house_does_what_the_table_says(world: World, room: str) -> None:
    assert _compared(world, room, foreign=False) == ""


@pytest.mark.thorough  # at every save three persons are told apart from nothing, below
@pytest.mark.parametrize("room", ROOMS)
def test_the_house_says_to_strangers_what_the_table_says(world: World, room: str) -> None:
    assert _compared(world, room, foreign=True) == ""


def _nowhere() -> dict[str, object]:
    keys = _OF_A_GROUP | _OF_THE_HOUSE
    return {**{key: uuid4() for key in keys}, "folio": ids.new_folio()}


def _anonymous(answer: HttpResponse, things: Mapping[str, object]) -> tuple[object, ...]:
    """What a stranger sees, without the address that he typed himself."""
    body, headers = answer.content.decode(), str(sorted(answer.headers.items()))
    for value in things.values():
        body, headers = body.replace(str(value), "*"), headers.replace(str(value), "*")
    return answer.status_code, body, headers


_EVERY_TIME = {"anónimo", "coordinación"}
_PERSONS = [p if p in _EVERY_TIME else pytest.param(p, marks=pytest.mark.thorough) for p in PEOPLE]


@pytest.mark.parametrize("person", _PERSONS)
def test_what_is_another_organisations_looks_like_nothing(world: World, person: str) -> None:
    rows = [row for row in table() if row.whose == FOREIGN]
    assert len(rows) > 20
    for row in rows:
        foreign, nowhere = dict(world.things[FOREIGN]), _nowhere()
        for number in ("mark_id", "event_id"):
            foreign[number] = nowhere[number] = uuid4()
        seen = _anonymous(world.ask(row, person, foreign), foreign)
        nothing = _anonymous(world.ask(row, person, nowhere), nowhere)
        assert seen == nothing, f"{row} tells {person} that something is there."


def test_nobody_has_anything_of_another_organisation() -> None:
    allowed = {"no existe", "no puede", "entrar"}
    for row, cells in table().items():
        if row.whose == FOREIGN:
            assert set(cells.values()) <= allowed, row


def test_who_has_not_entered_reaches_only_the_way_in() -> None:
    for row, cells in table().items():
        # One word for who watches the machine; and whether a folio is ours, without a name.
        # And where somebody answers alone: whatever is wrong has one answer.
        of_rooms = matrix_rights.OPEN | matrix_network.OPEN | matrix_instruments.OPEN
        of_rooms |= matrix_lotteries.OPEN
        if row.route in {"config:health", "reports:check"} | of_rooms:
            continue
        if row.route.startswith(matrix_instruments.FOR_TELEPHONES):
            assert set(cells.values()) == {"no existe"}, row
        elif row.route.split(":")[0] in matrix_releases.WALLED:
            assert cells["anónimo"] == "no existe", row
        elif not row.route.startswith("access:") or row.route.startswith("access:user"):
            assert cells["anónimo"] == "entrar", row


# --- It can fail ----------------------------------------------------------------------------------
GROUP = Row("circles:group", "GET", FOREIGN)


def test_a_policy_that_returns_everything_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = table()
    assert differences(world, [GROUP], {GROUP: said[GROUP]}) == []
    monkeypatch.setattr(queries, "groups_visible_to", lambda _user: Group.objects.all())
    with scoped.policies_asked_anew():
        found = differences(world, [GROUP], {GROUP: said[GROUP]})
        monkeypatch.undo()
    assert "«no existe» and the house says «sí»" in found[0]


def test_a_route_without_a_row_and_a_row_without_a_route_are_found(world: World) -> None:
    said = {Row("circles:nothing", "GET", NONE): dict.fromkeys(PEOPLE, "sí")}
    found = differences(world, [GROUP], said)
    assert ["not in the house" in line for line in found] == [True, False]
    assert "has no row" in found[1]


def test_what_stands_in_the_table_is_explained_to_whoever_reads_it() -> None:
    page = Path(__file__).parents[2] / "docs" / "security" / "tabla-de-accesos.md"
    first = [
        line.split("|")[1] for line in page.read_text(encoding="utf-8").splitlines() if "|" in line
    ]
    explained = {word.strip() for cell in first for word in cell.split(",")}

    words = {row.whose for row in table()} | {row.route.partition(":")[0] for row in table()}
    words |= {cell for cells in table().values() for cell in cells.values()}

    assert words - explained == set()


def test_the_table_is_kept_in_the_order_of_the_house() -> None:
    places = [list(routes()).index(row.route) for row in table()]
    assert places == sorted(places)
