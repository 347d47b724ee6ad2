"""For tests of what she answers: noon, an open wall, and a woman who said yes to being asked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from tests.people import *  # noqa: F403
from tests.wall_at_noon import *  # noqa: F403
from tests.walls import Walled, begin_case

from tequio.core import clock
from tequio.survivors.actions import decisions
from tequio.survivors.actions.decisions import Heard

TODAY = date(2026, 11, 20)
SPACE, BEHAVIOUR = "espacio-ella", "conductas-ella"


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
