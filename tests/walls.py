"""Walls for tests: founded, opened, and a browser that holds one open."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse
from tests.people import signed_in_client

from tequio.access import key_pairs
from tequio.access.models import User
from tequio.core import clock
from tequio.survivors.actions import cases, founding, unlocking
from tequio.survivors.actions.founding import Founded
from tequio.survivors.models import Case
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.covers import Cover


@dataclass(frozen=True, slots=True)
class Walled:
    """A founded wall, open for its first member, and every word that was shown once."""

    user: User
    founded: Founded
    by: OpenWall


def found_wall(user: User) -> Walled:
    """Found a wall by an advocate and open it for her."""
    founded = founding.found(by=user)
    pair = key_pairs.opened(by=user, passphrase=founded.passphrase)
    return Walled(user, founded, unlocking.open_wall_with(user, pair))


def client_behind(walled: Walled) -> Client:
    """Return a browser in which the wall is open."""
    client = signed_in_client(walled.user)
    answer = client.post(reverse("survivors:unlock"), {"passphrase": walled.founded.passphrase})
    assert answer.status_code == 302, answer.content.decode()[:300]
    return client


def begin_case(by: OpenWall, alias: str = "Jacinta", **cover: object) -> Case:
    """Begin a case with the least that it needs."""
    today = clock.today(by.user.organisation.timezone).isoformat()
    given = {"folio": "4R8Q-TM2X", "alias": alias, "since": today, **cover}
    return cases.begin(by=by, cover=Cover(**given))  # type: ignore[arg-type]
