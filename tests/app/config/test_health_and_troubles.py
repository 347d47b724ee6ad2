"""`/salud` says one word; a full disk is told as a full disk."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Never

import pytest
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError, connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.config import ballast, metrics_page, request_counts, serving, troubles
from tequio.core import clock
from tequio.core.errors import DomainError

pytestmark = pytest.mark.django_db


def _caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def test_a_sound_site_says_so_to_anybody_without_a_count(client: Client) -> None:
    answer = client.get("/salud")
    assert (answer.status_code, answer.json()) == (200, {"salud": "bien"})


def test_a_database_without_our_tables_is_not_well(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")
    assert client.get("/salud").status_code == 503


def test_a_database_that_does_not_answer_is_not_well(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> Never:
        raise OperationalError("gone")

    monkeypatch.setattr(connections["default"], "cursor", fail)
    answer = client.get("/salud")
    assert (answer.status_code, answer.json()) == (503, {"salud": "mal"})


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OperationalError("database or disk is full"), True),
        (OperationalError("disk I/O error"), True),
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OperationalError("no such table: x"), False),
        (ValueError("disk is full"), False),
        (DomainError("x"), False),
    ],
)
def test_only_a_full_disk_is_called_full(error: Exception, full: bool) -> None:
    assert troubles.is_full(error) is full


class _Closing(Exception):
    sqlstate = "57P01"  # what PostgreSQL's library says of a server that is ending


class _Refused(Exception):
    sqlstate = None


class _Twice(Exception):
    sqlstate = "40P01"


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (InterfaceError("the connection is closed"), True),
        (_caused(OperationalError("server closed"), _Closing()), True),
        (_caused(OperationalError("connection refused"), _Refused()), True),
        (_caused(OperationalError("deadlock detected"), _Twice()), False),
        (OperationalError("no such table: x"), False),
        (RuntimeError("a bug"), False),
    ],
)
def test_only_a_database_that_went_away_is_called_so(error: Exception, away: bool) -> None:
    assert troubles.is_away(error) is away


@pytest.mark.parametrize("htmx", [False, True])
def test_a_page_without_its_database_says_so(monkeypatch: pytest.MonkeyPatch, htmx: bool) -> None:
    def fail(*_args: object, **_kwargs: object) -> Never:
        raise InterfaceError("the connection is closed")

    monkeypatch.setattr("tequio.access.sessions.person_of", fail)
    headers = {"HX-Request": "true"} if htmx else {}
    answer = Client(raise_request_exception=False).get("/", headers=headers)
    assert answer.status_code == 503
    assert "La base de datos no contesta" in answer.content.decode()


@pytest.mark.parametrize("htmx", [False, True])
def test_a_page_that_cannot_write_says_that_the_disk_is_full(
    monkeypatch: pytest.MonkeyPatch, htmx: bool
) -> None:
    def fail(*_args: object, **_kwargs: object) -> Never:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("tequio.access.sessions.person_of", fail)
    headers = {"HX-Request": "true"} if htmx else {}
    answer = Client(raise_request_exception=False).get("/", headers=headers)
    assert answer.status_code == 507
    assert "No queda espacio en el disco" in answer.content.decode()


@pytest.mark.parametrize(
    ("why", "status"), [("database or disk is full", 507), ("no such row", 400)]
)
def test_a_session_that_could_not_be_saved_says_why(
    facilitator: User, monkeypatch: pytest.MonkeyPatch, why: str, status: int
) -> None:
    """Django takes it for a session that somebody ended meanwhile."""

    def fail(*_args: object, **_kwargs: object) -> Never:
        raise OperationalError(why)

    client = signed_in_client(facilitator)
    client.raise_request_exception = False
    monkeypatch.setattr(Session, "save", fail)
    with clock.at(clock.now() + timedelta(minutes=10)):
        answer = client.get("/")
    assert answer.status_code == status
    assert ("No queda espacio en el disco" in answer.content.decode()) is (status == 507)


def test_any_other_failure_keeps_its_own_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> Never:
        raise RuntimeError("a bug")

    monkeypatch.setattr("tequio.access.sessions.person_of", fail)
    assert Client(raise_request_exception=False).get("/").status_code == 500


def test_answers_are_counted_by_kind_and_summed_over_processes(tmp_path: Path) -> None:
    for number in (1, 2):
        counts = request_counts.Counts(tmp_path)
        counts._path = tmp_path / request_counts.FOLDER / f"{number}.json"
        counts.note(200, 0.25)
    (tmp_path / request_counts.FOLDER / "torn.json").write_text("{")
    shown = metrics_page.text(tmp_path, [serving.Supervised("El sitio", ["true"])])
    assert 'tequio_requests_total{status="2xx"} 2' in shown
    assert 'tequio_request_seconds_total{status="2xx"} 0.500' in shown
    assert 'tequio_process_up{process="El sitio"} 0' in shown
    request_counts.forget(tmp_path)
    assert "2xx" not in metrics_page.text(tmp_path, [])


def test_a_graph_of_sizes_does_not_show_when_somebody_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind the wall too is written into this file: a page more must not be seen from outside."""
    free = [metrics_page._STEP * 5 // 2]
    monkeypatch.setattr(
        "tequio.config.metrics_page.shutil.disk_usage", lambda _p: SimpleNamespace(free=free[0])
    )
    shown = set()
    for pages in (1000, 1001, 1250):
        (tmp_path / "tequio.sqlite3").write_bytes(bytes(4096 * pages))
        free[0] -= 4096 * pages
        shown.add(metrics_page.text(tmp_path, []))
    assert len(shown) == 1
    assert "tequio_database_bytes 67108864" in shown.pop()


def test_only_production_counts(tmp_path: Path) -> None:
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("x")

    assert troubles.CountRequests(answer)(RequestFactory().get("/")).content == b"x"
    assert troubles.CountRequests(answer).counts is None


def test_only_what_has_a_line_in_the_log_is_counted(tmp_path: Path) -> None:
    """A graph of requests beside the log would else show that somebody read a page of hers."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/info/"):
            request.walled = True  # type: ignore[attr-defined]
        return HttpResponse("x")

    counting = troubles.CountRequests(answer)
    counting.counts = request_counts.Counts(tmp_path)
    for path in ("/info/", "/static/letters/info.js", "/static/survivors/wall.css", "/muro/"):
        counting(RequestFactory().get(path))
    assert not counting.counts._number
    counting(RequestFactory().get("/grupos/"))
    assert counting.counts._number == {"2xx": 1}


def test_the_reserve_is_taken_where_there_is_room_and_given_back_where_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [10**12]
    monkeypatch.setattr(
        "tequio.config.ballast.shutil.disk_usage", lambda _p: type("U", (), {"free": free[0]})
    )
    monkeypatch.setattr(ballast, "SIZE", 64 * 1024)
    assert not ballast.settle(tmp_path)
    assert (tmp_path / ballast.FILE).stat().st_size == 64 * 1024
    free[0] = 10**6
    assert ballast.settle(tmp_path)
    assert not (tmp_path / ballast.FILE).exists()
    assert not ballast.settle(tmp_path)


def test_an_address_of_a_button_opened_as_a_page_says_what_it_is(client: Client) -> None:
    answer = client.get("/salir/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "al apretar un botón" in answer.content.decode()
