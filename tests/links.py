"""Links that open once, for tests: a man whose moment is open, and a woman who said yes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.programmes import EditionFactory
from tests.telephones_alone import Telephone
from tests.walls import Walled, begin_case, found_wall

from tequio.access.models import User
from tequio.core import clock
from tequio.instruments.actions.links import Given
from tequio.letters import knocking
from tequio.people.actions import links as his_links
from tequio.people.actions.assessments import At
from tequio.survivors.actions import decisions, inviting, sheets
from tequio.survivors.actions.decisions import Heard

__all__ = [
    "NOON",
    "case_id",
    "given",
    "his",
    "noon",
    "other",
    "phone",
    "place",
    "says_yes",
    "walled",
]
FIRST = date(2026, 9, 4)
NOON = datetime(2026, 9, 5, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """A Saturday on which his first moment is open, and nobody has knocked."""
    knocking.forget()
    with clock.at(NOON):
        yield
    knocking.forget()


@pytest.fixture
def place(facilitator: User) -> Any:
    edition = EditionFactory.create(organisation=facilitator.organisation, model_version="2")
    group = GroupFactory.create(
        organisation=facilitator.organisation, edition=edition, facilitators=[facilitator]
    )
    return attend(
        group, sessions_of(group, FIRST + timedelta(weeks=11), 12, held=1), {"Encino": "p"}
    )[0]


@pytest.fixture
def his(facilitator: User, place: Any) -> Given:
    at = At("T0", place.pk)
    return his_links.give(by=facilitator, folio=place.participant.folio, at=at)


@pytest.fixture
def walled(advocate: User) -> Walled:
    return found_wall(advocate)


def says_yes(walled: Walled) -> UUID:
    """Begin to accompany a woman who wants to answer; return her case."""
    made = begin_case(walled.by).pk
    heard = Heard(on=sheets.today(walled.by))
    decisions.decide(
        by=walled.by, case_id=made, purpose="questionnaires", decision="given", heard=heard
    )
    return made


@pytest.fixture
def case_id(walled: Walled) -> UUID:
    return says_yes(walled)


@pytest.fixture
def given(walled: Walled, case_id: UUID) -> Given:
    return inviting.give(by=walled.by, case_id=case_id, wave="T0", how="in_person")


def phone(given: Given) -> Telephone:
    """Return a telephone in which a link was opened."""
    return Telephone(Client(), given.code)


def other(pin: str) -> str:
    """Return a PIN that is wrong."""
    return "000000" if pin != "000000" else "111111"
