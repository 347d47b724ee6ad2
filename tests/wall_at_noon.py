"""A wall that an advocate founded, at one held noon. A test file takes both by a star."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.walls import Walled, found_wall

from tequio.access.models import User
from tequio.core import clock

NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def walled(advocate: User) -> Walled:
    return found_wall(advocate)
