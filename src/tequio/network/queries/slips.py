"""Reading a sealed link with its secret; without it there is nothing to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tequio.core import clock
from tequio.network.models import Slip as Row
from tequio.network.rules import slips
from tequio.network.rules.slips import Slip


@dataclass(frozen=True, slots=True)
class Found:
    """A link that was opened with its secret."""

    row: Row
    slip: Slip
    secret: bytes = field(repr=False)


def found(text: str, *, lock: bool = False, also_over: bool = False) -> Found | None:
    """Return what a secret opens, or None: unknown, taken back and over look alike."""
    secret = slips.secret_of(text)
    if secret is None:
        return None
    rows = Row.objects.select_related("organisation").filter(digest=slips.digest_of(secret))
    row = (rows.select_for_update(of=("self",)) if lock else rows).first()
    slip = slips.unseal(secret, row.pk, row.sealed) if row else None
    if row is None or slip is None:
        return None
    if slip.until < clock.today(row.organisation.timezone) and not also_over:
        return None
    return Found(row, slip, secret)


def answers(text: str) -> Slip | None:
    """Return how a link stands, for who sent it; also after its last day, while the row is kept."""
    there = found(text, also_over=True) if text else None
    return there.slip if there else None


def answers_of(texts: Iterable[str]) -> dict[str, Slip]:
    """Return how many links stand at once, for who sent them; what opens nothing is left out."""
    opens = {text: secret for text in texts if (secret := slips.secret_of(text)) is not None}
    digests = {slips.digest_of(secret): text for text, secret in opens.items()}
    found: dict[str, Slip] = {}
    for row in Row.objects.filter(digest__in=list(digests)):
        text = digests[row.digest]
        slip = slips.unseal(opens[text], row.pk, row.sealed)
        if slip is not None:
            found[text] = slip
    return found
