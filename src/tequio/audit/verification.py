"""The check that nothing sealed has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db import transaction

from tequio.audit.models import Event, Seal, SealedEvent
from tequio.audit.record import Actor, record
from tequio.audit.rules import chained_root, leaf_hash
from tequio.audit.seals import is_cut, newest, row_of

_SEALS_AT_ONCE: Final = 200
_ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of one organisation's chain found."""

    seals: int
    events: int
    changed: tuple[UUID, ...]
    missing: tuple[UUID, ...]
    broken_seals: tuple[UUID, ...]
    # The chain once went on beyond its present end: seals were removed, or a backup put back.
    cut: bool

    @property
    def sound(self) -> bool:
        """Whether every sealed row is there as it was."""
        return not (self.changed or self.missing or self.broken_seals or self.cut)


@dataclass(slots=True)
class _Findings:
    events: int = 0
    changed: list[UUID] = field(default_factory=list)
    missing: list[UUID] = field(default_factory=list)
    broken: list[UUID] = field(default_factory=list)


def check(*, by: Actor | None, organisation_id: UUID | None) -> Verdict:
    """Verify an organisation's chain and record the verdict, so that the page can show it."""
    verdict = verify(organisation_id)
    with transaction.atomic():
        record(
            "audit.verify" if verdict.sound else "audit.verify_failed",
            by=by,
            organisation_id=organisation_id,
            detail={
                "events": verdict.events,
                "changed": len(verdict.changed),
                "missing": len(verdict.missing),
                "broken_seals": len(verdict.broken_seals) + int(verdict.cut),
            },
        )
    return verdict


def verify(organisation_id: UUID | None) -> Verdict:
    """Recompute every leaf and every root of an organisation's chain, in the chain's order."""
    all_seals = list(Seal.objects.filter(organisation_id=organisation_id))
    chain = list(_in_order(all_seals))
    found = _Findings()
    for start in range(0, len(chain), _SEALS_AT_ONCE):
        _check_seals(chain[start : start + _SEALS_AT_ONCE], found)
    reached = {seal.pk for seal in chain}
    found.broken.extend(seal.pk for seal in all_seals if seal.pk not in reached)
    return Verdict(
        len(chain),
        found.events,
        tuple(found.changed),
        tuple(found.missing),
        tuple(found.broken),
        is_cut(organisation_id, newest(organisation_id)),
    )


def _in_order(seals: Sequence[Seal]) -> Iterator[Seal]:
    by_previous = {seal.previous_root: seal for seal in seals}
    seal = by_previous.pop("", None)
    while seal is not None:
        yield seal
        seal = by_previous.pop(seal.root, None)


def _check_seals(seals: Sequence[Seal], found: _Findings) -> None:
    rows = SealedEvent.objects.filter(seal__in=seals).order_by("seal_id", "position")
    leaves = {key: list(group) for key, group in groupby(rows, key=lambda leaf: leaf.seal_id)}
    for seal in seals:
        own = leaves.get(seal.pk, [])
        found.events += len(own)
        root = chained_root(
            [leaf.leaf for leaf in own],
            previous_root=seal.previous_root,
            sealed_at=seal.sealed_at.isoformat(),
        )
        if root != seal.root or len(own) != seal.size:
            found.broken.append(seal.pk)
        for start in range(0, len(own), _ROWS_AT_ONCE):
            _check_leaves(own[start : start + _ROWS_AT_ONCE], found)


def _check_leaves(leaves: Iterable[SealedEvent], found: _Findings) -> None:
    expected = {leaf.event_id: leaf.leaf for leaf in leaves}
    rows = Event.objects.in_bulk(list(expected))
    for event_id, leaf in expected.items():
        event = rows.get(event_id)
        if event is None:
            found.missing.append(event_id)
        elif leaf_hash(row_of(event)) != leaf:
            found.changed.append(event_id)
