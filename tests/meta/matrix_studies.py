"""Studies in the table: what their addresses hold, and what is sent to them."""

from __future__ import annotations

from typing import Any, Final

from tests.factories import studies

from tequio.access.models import User

# What of an address belongs to an organisation.
KEYS: Final = frozenset({"study_id"})
SENT: Final[dict[str, dict[str, Any]]] = {
    "studies:new-study": {"question": "violencia-hombres"},
    "studies:stop-study": {"why": "Ya no hay dinero"},
}


def things(by: User, how_many: int = 1) -> dict[str, object]:
    """Return one of each for an organisation: a frozen study, amended once, among so many."""
    house = by.organisation
    designer = studies.evaluator_of(house)
    return {"study_id": studies.amended(designer, how_many).pk}
