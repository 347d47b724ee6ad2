"""Gate 1 can fail: a page outside that looks over the wall, in any way, turns its test red."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.test import Client
from tests import gates
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.walls import begin_case, client_behind, found_wall

from tequio.access.models import User
from tequio.config.middleware import DomainErrors
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.letters.models import Answers, Letter
from tequio.survivors.models import Case, Wall

pytestmark = pytest.mark.django_db
TABLES = sorted(model._meta.db_table for model in apps.get_app_config("survivors").get_models())


def _looks_of(user: User, on_each_page: Callable[[User], object]) -> list[str]:
    """Ask for a page, with something more happening on the way."""
    original = DomainErrors.__call__

    def leaking(self: DomainErrors, request: HttpRequest) -> HttpResponse:
        on_each_page(user)
        return original(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DomainErrors, "__call__", leaking)
        signed_in_client(user).get("/")
    return [look.sql for look in gates.taken()]


@pytest.mark.parametrize("table", TABLES)
def test_every_walled_table_is_watched(table: str) -> None:
    for sql in (
        f'SELECT 1 FROM "{table}"',
        f'INSERT INTO "{table}" VALUES (1)',
        f'DELETE FROM "{table}"',
        f'SELECT 1 FROM "people_participant" WHERE EXISTS(SELECT 1 FROM "{table}")',
    ):
        assert gates.is_look(sql)


def test_the_slot_takes_and_never_answers() -> None:
    assert not gates.is_look('INSERT INTO "letters_letter" ("id") VALUES (%s)')
    assert gates.is_look('SELECT COUNT(*) FROM "letters_letter"')
    assert gates.is_look('UPDATE "letters_letter" SET "epoch" = 1')
    assert gates.is_look('DELETE FROM "letters_letter"')
    assert not gates.is_look('SELECT "letters_slot"."epoch" FROM "letters_slot"')


def test_rooms_outside_have_no_table_with_such_a_name() -> None:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label != "survivors":
            assert not gates.is_look(f'SELECT 1 FROM "{model._meta.db_table}"') or model in (
                Letter,
                Answers,
            )


LEAKS: dict[str, Callable[[User], object]] = {
    "a read": lambda user: Wall.objects.filter(organisation=user.organisation_id).exists(),
    "a count": lambda _user: Case.objects.count(),
    "a write": lambda _user: Case.objects.filter(pk=uuid4()).update(version=1),
    "letters counted": lambda user: Letter.objects.filter(holder_id=user.organisation_id).count(),
    "a letter deleted": lambda _user: Letter.objects.filter(erase_after=date(2000, 1, 1)).delete(),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_page_that_looks_over_the_wall_is_found(facilitator: User, leak: str) -> None:
    assert _looks_of(facilitator, LEAKS[leak])


def test_a_page_that_does_not_look_is_not_blamed(facilitator: User) -> None:
    assert _looks_of(facilitator, lambda user: user.organisation.name) == []


def test_what_goes_into_the_slot_from_a_page_is_no_look(advocate: User, facilitator: User) -> None:
    found_wall(advocate)
    put = {"organisation_id": facilitator.organisation_id, "kind": Kind.START, "folio": "x"}
    assert _looks_of(facilitator, lambda _user: slot.deposit(**put)) == []
    assert Letter.objects.count() == 1


def test_behind_the_wall_its_tables_may_be_asked(advocate: User) -> None:
    walled = found_wall(advocate)
    begin_case(walled.by)
    assert client_behind(walled).get("/muro/").status_code == 200
    assert gates.taken() == []


def test_a_stranger_at_the_wall_asks_its_tables_nothing(advocate: User, facilitator: User) -> None:
    begin_case(found_wall(advocate).by)
    for client in (Client(), signed_in_client(facilitator)):
        with gates.watching("a stranger"):
            assert client.get("/muro/").status_code == 404
        assert gates.taken() == []
