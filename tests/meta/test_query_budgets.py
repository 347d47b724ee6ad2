"""No page asks the database more than twelve times, at ten rows as at a thousand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import everything
from tests.meta.test_access_matrix import HOUSE, NONE, OWN, routes, table
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.circles import queries, sheet_paper
from tequio.circles.retention import paper
from tequio.core import clock
from tequio.costs import paper as cost_paper
from tequio.network import poster
from tequio.reports import paper as certificate_paper
from tequio.reports.accounts import paper as account_paper
from tequio.studies import aside
from tequio.territory import paper as context_paper

MOST = 12
# A file and no page: it reads the whole register again and writes down that it left.
LARGER = {"circles:import-problems": 14}
# What a test's own transaction makes of BEGIN and COMMIT asks for nothing.
_FRAME = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
THIS = sys.modules[__name__]
ASKS = ("coordinación", "administración", "facilitación", "evaluación", "promoción")


@pytest.fixture(
    params=[10, pytest.param(1000, marks=pytest.mark.thorough)], ids=["10-rows", "1000-rows"]
)
def world(
    db: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[dict[str, User], dict[str, object]]]:
    # The queries of a file on paper are made before it is drawn.
    monkeypatch.setattr(paper, "pdf", lambda *_report, **_words: b"%PDF")
    monkeypatch.setattr(certificate_paper, "pdf", lambda *_certificate, **_words: b"%PDF")
    monkeypatch.setattr(sheet_paper, "pdf", lambda *_sheet: b"%PDF")
    monkeypatch.setattr(poster, "pdf", lambda _data: b"%PDF")
    monkeypatch.setattr(aside, "paper", lambda **_given: b"%PDF")
    monkeypatch.setattr(cost_paper, "result", lambda *_found: b"%PDF")
    monkeypatch.setattr(account_paper, "pdf", lambda _shown: b"%PDF")
    monkeypatch.setattr(context_paper, "pdf", lambda *_diagnosis, **_words: b"%PDF")
    with clock.at(everything.EVENING):
        yield everything.world(request.param)


def _pages() -> Iterator[tuple[str, str]]:
    """Every page with each person of ours who gets it."""
    for row, cells in table().items():
        if row.method == "GET" and row.whose in (OWN, HOUSE, NONE):
            yield from ((row.route, who) for who in ASKS if cells[who] == "sí")


def counted(asked: CaptureQueriesContext) -> list[str]:
    lines = [query["sql"] for query in asked.captured_queries]
    return [sql for sql in lines if not sql.startswith(_FRAME)]


def over_budget(users: dict[str, User], things: dict[str, object]) -> dict[str, int]:
    found = {}
    for route, who in _pages():
        address = reverse(route, kwargs={name: things[name] for name in routes()[route]})
        # Some pages sign people out, and a page that nobody sees asks for nothing.
        client = signed_in_client(users[who])
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code in (200, 302), f"{address}: {answer.status_code}"
        refused = answer.headers.get("Location", "").startswith(reverse("access:sign-in"))
        assert not refused, f"{address} was refused"
        if len(counted(asked)) > LARGER.get(route, MOST):
            found[f"{route} ({who})"] = len(counted(asked))
    return found


def test_every_page_keeps_to_its_budget(
    world: tuple[dict[str, User], dict[str, object]],
) -> None:
    assert over_budget(*world) == {}


def test_a_tap_and_a_search_keep_to_their_budget(
    world: tuple[dict[str, User], dict[str, object]],
) -> None:
    users, things = world
    holds = routes()["circles:mark"]
    client = signed_in_client(users["facilitación"])
    for headers, status in (({}, "late"), ({"HX-Request": "true"}, "present")):
        address = reverse("circles:mark", kwargs={name: things[name] for name in holds})
        things["mark_id"] = uuid4()
        with CaptureQueriesContext(connection) as asked:
            assert client.post(address, {"status": status}, headers=headers).status_code < 400
        assert len(counted(asked)) <= MOST, "\n".join(counted(asked))
    client = signed_in_client(users["coordinación"])
    for text in ("nogal", "Juan Pérez", "55 5555 0000", "nadie"):
        with CaptureQueriesContext(connection) as asked:
            assert client.post(reverse("desk:people"), {"q": text}).status_code == 200
        assert len(counted(asked)) <= MOST


def test_a_query_for_each_row_is_found(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of groups without its prefetch asks once for every group."""
    whole = queries.groups
    monkeypatch.setattr(queries, "groups", lambda user: whole(user).prefetch_related(None))
    monkeypatch.setattr(THIS, "_pages", lambda: iter([("circles:groups", "coordinación")]))
    with clock.at(everything.EVENING):
        users, things = everything.world(200)
        found = over_budget(users, things)
    assert found["circles:groups (coordinación)"] > 2 * MOST
