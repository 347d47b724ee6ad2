"""The ledger of what she decided, every line of it, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tequio.survivors import words
from tequio.survivors.catalogues import agreements
from tequio.survivors.rules import standing
from tequio.survivors.rules.sheets import Consent, Held
from tequio.survivors.words import word


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision in words."""

    title: str
    said: str
    on: date
    until: date | None
    only: str
    heard: str
    witness: str
    version: str
    fingerprint: str
    recorded_by: str


def ledger(held: Sequence[Held], names: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return every line; nothing in it was ever changed."""
    lines = standing.of([one.body for one in held], Consent)
    lines.sort(key=lambda one: (one.on, one.turn), reverse=True)
    return tuple(
        Entry(
            title=agreements.title(one.purpose),
            said=word(words.DECISIONS, one.decision),
            on=one.on,
            until=one.until,
            only=one.only,
            heard=word(words.HEARD, one.heard),
            witness=one.witness,
            version=one.text_version,
            fingerprint=one.text_sha256[:8],
            recorded_by=names.get(one.recorded_by, one.recorded_by),
        )
        for one in lines
    )
