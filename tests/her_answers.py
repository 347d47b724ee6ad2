"""For tests of what she answers: noon, an open wall, and a woman who said yes to being asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from tests.people import *  # noqa: F403
from tests.walls import Walled, begin_case, found_wall

from tequio.access.models import User
from tequio.core import clock
from tequio.survivors.actions import decisions
from tequio.survivors.actions.decisions import Heard

NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SPACE, BEHAVIOUR = "espacio-ella", "conductas-ella"


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def walled(advocate: User) -> Walled:
    return found_wall(advocate)


@pytest.fixture
def case(walled: Walled) -> UUID:
    """A woman who said yes to being asked, today."""
    made = begin_case(walled.by, alias="Jacinta").pk
    said(walled, made, "given")
    return made


def said(walled: Walled, case: UUID, decision: str, until: date | None = None) -> None:
    """Write what she decided about being asked."""
    decisions.decide(
        by=walled.by,
        case_id=case,
        purpose="questionnaires",
        decision=decision,
        heard=Heard(clock.today("America/Mexico_City")),
        until=until,
    )
