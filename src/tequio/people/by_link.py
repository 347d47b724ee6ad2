"""Men's answers that come by a link, as the room of questionnaires knows them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tequio.instruments.one_time import owners
from tequio.instruments.one_time.sealed import Outside
from tequio.instruments.stores import Filled
from tequio.people.actions import links


class His:
    """What a man answers alone."""

    hers = False

    def wanted(self, link: Outside, row: str) -> bool:
        """Not where a worker asks him meanwhile, or another link was given."""
        return links.wanted(rows=_rows(link), link=row)

    def take(self, link: Outside, row: str, filled: Sequence[Filled]) -> tuple[str, ...]:
        """Seal it in his file."""
        flags = links.take(by=row, rows=_rows(link), filled=filled)
        return tuple(dict.fromkeys(flag.kind for flag in flags))

    def locked(self, link: Outside, row: str) -> None:
        """Leave the moment to a person."""
        links.locked(by=row, rows=_rows(link))

    def stopped(self, link: Outside, why: str) -> None:
        """He is not asked whether he is alone: there is nothing to hear."""


def _rows(link: Outside) -> list[UUID]:
    return [UUID(row) for row in link.about[links.ROWS].split()]


def register() -> None:
    """Say where his answers go; called once when the room starts."""
    owners.register(links.OWNER, His())
