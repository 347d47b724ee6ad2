"""What the access matrix needs of costs: a line of the book and an income, among so many."""

from __future__ import annotations

from typing import Any, Final

from tests.factories.costs import EntryFactory, IncomeFactory

from tequio.access.models import User
from tequio.costs.models import Entry

KEYS: Final = frozenset({"line_id", "income_id"})
KNOWN: Final = {"year": 2026}
SENT: Final[dict[str, dict[str, Any]]] = {}


def things(by: User, how_many: int = 1) -> dict[str, object]:
    """Return one of each for an organisation."""
    who = {"organisation": by.organisation, "written_by": by}
    rows = [EntryFactory.build(**who) for _one in range(how_many)]
    Entry.objects.bulk_create(rows)
    return {"line_id": rows[0].pk, "income_id": IncomeFactory.create(**who).pk}
