"""Rows that nobody was ever given, among those that somebody was.

How many links there are, and when one is given, answered or taken back, would tell behind whose
back something happens: men's links are counted elsewhere, and what is left over would be women's.
So real rows take the places of others, and each day some of the others change as real ones do.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction

from tequio.core import entropy
from tequio.instruments.models import OneTimeLink
from tequio.instruments.one_time import codes, sealed

# So many there are at least that are none; when fewer, as many more come at once.
FEWEST: Final = 32
MORE: Final = 64
# Each day one of so many is made anew, and one gets another box.
_OF: Final = 4
# Fourteen days that it opens, and the rest of the month: never longer.
LINKS_STAY: Final = timedelta(days=46)


def take_a_place() -> None:
    """Let a real one stand where one stood that was none."""
    decoys = _decoys()
    if decoys:
        drawn = decoys[entropy.below(len(decoys), stream="walled")]
        OneTimeLink.objects.filter(pk=drawn).delete()


def make_decoys(many: int) -> None:
    """Make rows that are none."""
    day = codes.today()
    OneTimeLink.objects.bulk_create(
        OneTimeLink(
            pk=codes.decoy_row(),
            sealed=codes.decoy_box(sealed.WEIGHS),
            erase_after=codes.some_month(day),
        )
        for _n in range(many)
    )


@transaction.atomic
def stir_links() -> int:
    """Let go what is past its month, and stir the rest. The clock acts; nobody is signed in."""
    gone, _each = OneTimeLink.objects.filter(erase_after__lte=codes.today()).delete()
    decoys = _decoys()
    changed = [row for row in decoys if not entropy.below(_OF, stream="walled")]
    boxed = [
        row for row in decoys if row not in changed and not entropy.below(_OF, stream="walled")
    ]
    OneTimeLink.objects.filter(pk__in=changed).delete()
    for row in boxed:
        OneTimeLink.objects.filter(pk=row).update(sealed=codes.decoy_box(sealed.WEIGHS))
    few = len(decoys) + gone < FEWEST
    make_decoys(gone + len(changed) + (MORE if few else 0))
    return gone


def _decoys() -> list[str]:
    rows = OneTimeLink.objects.values_list("pk", flat=True)
    return [row for row in rows if codes.is_decoy(row)]
