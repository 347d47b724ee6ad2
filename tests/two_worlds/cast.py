"""Who is there in both worlds, and what lies outside the wall in both of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import factory
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import get_resolver, reverse
from tests import telephones
from tests.factories.access import OrganisationFactory, UserFactory
from tests.meta import matrix_house
from tests.meta import test_access_matrix as matrix
from tests.people import sign_in
from tests.walls import Walled, found_wall

from tequio.access.models import Organisation, User
from tequio.core import clock, entropy
from tequio.core.sealing import KeyRing
from tequio.letters import knocking, once
from tequio.ui import printing

BEGAN = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
STEP = timedelta(minutes=20)
ROLES = {who: role for who, role in matrix.PEOPLE.items() if role}
_make_for = KeyRing.make_for
WALLED_ROLE = "acompañamiento"
NOBODY, OUTSIDER = "anónimo", "otra organización"


@dataclass(slots=True)
class World:
    """One world while it lasts: who is in it, what they may ask for, and her team's browser."""

    users: Mapping[str, User]
    things: Mapping[str, Mapping[str, object]]
    walled: Walled
    second: User
    browser: Client
    # What the wall's history made, for addresses that only exist behind it.
    cases: list[UUID] = field(default_factory=list)
    # Who behind the wall drew from the public stream: nobody may.
    drawn: list[str] = field(default_factory=list)

    def client_of(self, who: str) -> Client:
        """Return a browser in which nobody has been before."""
        client = browser()
        return sign_in(client, self.users[who]) if who in self.users else client

    def address(self, route: str, holds: tuple[str, ...], whose: str) -> str:
        """Return the address of a thing; what nobody knows yet is a key that leads nowhere."""
        known: dict[str, object] = {
            **matrix.KNOWN, "number": 1,
            **self.things[matrix.HOUSE if whose == matrix.NONE else whose],
        }  # fmt: skip
        return reverse(
            route, kwargs={name: known.get(name) or _anything(route, name) for name in holds}
        )


def _anything(route: str, name: str) -> object:
    """Return what fits into an address and leads nowhere, the same in both worlds."""
    converter = _patterns()[route].pattern.converters[name]
    for value in (fixed(name), 1, "nada", "0000-0000"):
        with suppress(ValueError, AttributeError):
            if re.fullmatch(converter.regex, str(converter.to_url(value))):
                return value
    raise LookupError(f"Nothing fits into {route}: {name}")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, Any]:
    return dict(matrix._walk(get_resolver().url_patterns, ""))


def browser() -> Client:
    """Return a browser that shows a page for bugs as it would be shown."""
    client = Client(raise_request_exception=False)
    client.handler = _server()
    return client


@lru_cache(maxsize=1)
def _server() -> ClientHandler:
    """One server for all browsers: making another reads every file that it would serve."""
    return ClientHandler(enforce_csrf_checks=False)


def fixed(name: str) -> UUID:
    """Return a key that is the same in both worlds."""
    return uuid5(NAMESPACE_URL, name)


@contextmanager
def world(seed: str) -> Iterator[World]:
    """Make a world, and take all of it back at the end."""
    _begin_numbers_anew()
    cache.clear()
    knocking.forget()
    once.forget()
    with (
        transaction.atomic(),
        entropy.replay(seed),
        clock.at(BEGAN),
        pytest.MonkeyPatch.context() as patch,
    ):
        # What stands in a file counts; how it is drawn takes seconds.
        patch.setattr(printing, "pdf", _drawn)
        numbers = count()
        drawn = SimpleNamespace(uuid4=lambda: fixed(f"uuid4 {next(numbers)}"))
        for module in (matrix, matrix_house):
            patch.setattr(module, "uuid4", drawn.uuid4)
        patch.setattr(telephones, "uuid", drawn)
        yield _made()
        transaction.set_rollback(True)
    cache.clear()


def _drawn(template: object, data: Any, figures: Any = None, **_more: object) -> bytes:
    return b"%PDF " + repr((str(template), data, figures)).encode()


def _made() -> World:
    norte = _house("Círculo Norte", "circulo-norte")
    users = {
        who: UserFactory.create(organisation=norte, handle=role, roles=[role])
        for who, role in ROLES.items()
    }
    other = UserFactory.create(organisation=norte, handle="beto", roles=["facilitator"])
    second = UserFactory.create(organisation=norte, handle="cata", roles=["advocate"])
    sur = _house("Casa Sur", "casa-sur")
    olga = UserFactory.create(organisation=sur, handle="olga", roles=["coordinator", "director"])
    stranger = UserFactory.create(organisation=sur, handle="omar", roles=["facilitator"])
    users = {who: _read(user) for who, user in {**users, OUTSIDER: olga}.items()}
    # Another member, so that the wall's browser is nobody's who is asked outside.
    hers = _read(UserFactory.create(organisation=norte, handle="ana", roles=["advocate"]))
    walled = found_wall(hers)
    things = {
        matrix.OWN: _group_things(norte, [users["facilitación"]]),
        matrix.OTHER: _group_things(norte, [other]),
        matrix.HOUSE: matrix_house.house_things(users["coordinación"]),
        matrix.FOREIGN: {
            **_group_things(sur, [stranger]),
            **matrix_house.house_things(users[OUTSIDER]),
        },
    }
    world = World(users, things, walled, _read(second), Client())
    world.browser = sign_in(browser(), hers)
    return world


def _group_things(house: Organisation, people: list[User]) -> dict[str, object]:
    things = matrix_house.group_things(house, people)
    return {"mark_id": matrix.uuid4(), "event_id": matrix.uuid4(), **things}


def _house(name: str, slug: str) -> Organisation:
    """The same key in every world: the file of the last one is taken away first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tequio.core.sealing.KeyRing.make_for", _make_again)
        return OrganisationFactory.create(name=name, slug=slug)


def _make_again(ring: Any, organisation: UUID) -> None:
    ring._path(organisation).unlink(missing_ok=True)
    _make_for(ring, organisation)


def _read(user: User) -> User:
    return User.objects.select_related("organisation").get(pk=user.pk)


def _begin_numbers_anew() -> None:
    assert settings.MODE == "test"
    left = [factory.django.DjangoModelFactory]
    while left:
        kind = left.pop()
        left += kind.__subclasses__()
        if not kind._meta.abstract and kind._meta.model is not None:
            kind.reset_sequence(0, force=True)
    # PostgreSQL counts on when a transaction is taken back; SQLite does not.
    with connection.cursor() as cursor:
        found = connection.introspection.sequence_list()
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), found):
            if connection.vendor == "postgresql":
                cursor.execute(statement)
