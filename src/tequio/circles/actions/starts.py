"""A man's start, told once to the slot: the first time that he came, or that he did not.

Asked of the row that a tap has in its hands anyway: a tap that tells nothing asks nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from tequio.circles.models import Membership
from tequio.circles.rules import starts
from tequio.letters import slot
from tequio.letters.slot import News


def tell(organisation_id: UUID, marked: Iterable[tuple[Membership, str]]) -> None:
    """Deposit a letter for each place whose start these marks decide, in the same transaction.

    A place that came with a register began before this house knew of it, and a visit is no start.
    """
    news = []
    for place, status in marked:
        told = starts.to_tell(place.start_told, status)
        if told and not place.visit and place.import_id is None and _first(place, told):
            news.append(News(starts.LETTERS[told], place.participant.folio))
    if news:
        slot.deposit_many(organisation_id=organisation_id, letters=news)


def _first(place: Membership, told: str) -> bool:
    """Write down that it is told; two phones at once tell it once."""
    rows = Membership.objects.filter(pk=place.pk, start_told=place.start_told)
    if not rows.update(start_told=told):
        return False
    place.start_told = told
    return True
