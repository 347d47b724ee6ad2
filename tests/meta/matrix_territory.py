"""The territory in the table: what its addresses hold, and what is sent to them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from tequio.access.models import User
from tequio.territory.models import Gathering

# What of an address belongs to an organisation. A municipality belongs to nobody.
KEYS: Final = frozenset({"heard_id"})
KNOWN: Final = {"municipality": "09007", "state": "09"}
SENT: Final[dict[str, dict[str, Any]]] = {
    "territory:gathering": {"present": "24"},
    "territory:withdraw": {"reason": ""},
}


def things(by: User, how_many: int = 1) -> dict[str, object]:
    """Return one of each for an organisation, among so many."""
    rows = [
        Gathering(
            organisation=by.organisation,
            municipality="09007",
            held_on=date(2026, 11, 14),
            present=24,
            who="Vecinas y vecinos",
            work="Comercio",
            written_by=by,
        )
        for _one in range(how_many)
    ]
    return {"heard_id": Gathering.objects.bulk_create(rows)[0].pk}
