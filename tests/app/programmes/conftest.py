"""The named people, for this room's tests; nobody asks for a diagnosis unless a test says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.people import *  # noqa: F403

from tequio.people import concerns
from tequio.programmes import gates, offers


@pytest.fixture(autouse=True)
def _nobody_else_is_asked() -> Iterator[None]:
    with concerns.without_gates(), gates.only(), offers.only():
        yield
