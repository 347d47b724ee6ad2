"""Behind the wall no page asks the database more with five hundred women than with ten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.meta import matrix_releases, matrix_wall
from tests.meta.matrix_sent import KNOWN
from tests.meta.test_access_matrix import FOREIGN, routes, table
from tests.meta.test_query_budgets import counted
from tests.people import *  # noqa: F403
from tests.walls import Walled, begin_case, client_behind, found_wall

from tequio.access.models import User
from tequio.core import clock
from tequio.survivors import policies

NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
# Eight open the wall (session, person, roles, opening, turn of keys, idling); six lie in a line of
# the log and in the hour's budget; the rest is the page's own.
MOST = 24
Things = dict[str, object]
World = tuple[Client, Things, Walled]


@pytest.fixture
def world(db: None, advocate: User) -> Iterator[World]:
    with clock.at(NOON):
        walled = found_wall(advocate)
        things = matrix_wall.things(walled)
        for n in range(10):
            begin_case(walled.by, alias=f"Mujer {n}")
        things |= matrix_releases.hers(advocate)
        yield client_behind(walled), {**KNOWN, **things}, walled


def asked_by(client: Client, things: Things) -> dict[str, int]:
    """How many queries each page behind the wall asks."""
    found = {}
    for row, cells in table().items():
        allowed = cells["acompañamiento"] == "sí" and row.method == "GET"
        if (
            not allowed
            or row.whose == FOREIGN
            or row.route.split(":")[0] not in matrix_releases.WALLED
        ):
            continue
        address = reverse(row.route, kwargs={name: things[name] for name in routes()[row.route]})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code in (200, 302, 404), address
        found[row.route] = len(counted(asked))
    return found


def test_every_page_behind_keeps_to_its_budget(world: World) -> None:
    client, things, _walled = world
    found = asked_by(client, things)
    assert len(found) > 20
    assert {route: n for route, n in found.items() if n > MOST} == {}


def test_more_women_are_no_more_queries(world: World) -> None:
    client, things, walled = world
    few = asked_by(client, things)
    for n in range(300):
        begin_case(walled.by, alias=f"Otra {n}")
    many = asked_by(client, things)
    assert {route: (n, many[route]) for route, n in few.items() if many[route] > n} == {}


def test_a_query_for_each_woman_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Covers that asked for their wall one by one would be seen."""
    client, things, _walled = world
    plain = asked_by(client, things)["survivors:home"]
    cases_of = policies.cases_of
    monkeypatch.setattr(
        "tequio.survivors.queries.covers.cases_of", lambda by: cases_of(by).only("pk", "wall_id")
    )
    assert asked_by(client, things)["survivors:home"] > plain + 10
