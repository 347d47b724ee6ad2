"""Sealing of closed batches, and the check that nothing sealed has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from tequio.audit.models import Event, Seal, SealedEvent
from tequio.audit.rules import chained_root, leaf_hash
from tequio.core import clock

# A transaction that began before the batch closed may still commit; it waits for the next batch.
CLOSED_AFTER = timedelta(minutes=1)
_COLUMNS = [
    "id",
    "organisation_id",
    "at",
    "actor_id",
    "actor_label",
    "kind",
    "subject_type",
    "subject_id",
    "subject_label",
    "detail",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of one organisation's chain found."""

    seals: int
    events: int
    changed: tuple[UUID, ...]
    missing: tuple[UUID, ...]
    broken_seals: tuple[UUID, ...]

    @property
    def sound(self) -> bool:
        """Whether every sealed row is there as it was."""
        return not (self.changed or self.missing or self.broken_seals)


def seal_closed_batches(*, until: datetime | None = None) -> int:
    """Seal every organisation's unsealed events older than a minute; return how many."""
    cutoff = until or clock.now() - CLOSED_AFTER
    open_events = _unsealed(cutoff)
    organisations = list(
        open_events.order_by().values_list("organisation_id", flat=True).distinct()
    )
    return sum(_seal_one(organisation_id, cutoff) for organisation_id in organisations)


@transaction.atomic
def _seal_one(organisation_id: UUID | None, cutoff: datetime) -> int:
    events = list(_unsealed(cutoff).filter(organisation_id=organisation_id).order_by("at", "id"))
    if not events:
        return 0
    leaves = [leaf_hash(_row(event)) for event in events]
    previous = _last_root(organisation_id)
    seal = Seal.objects.create(
        organisation_id=organisation_id,
        size=len(leaves),
        root=chained_root(leaves, previous),
        previous_root=previous,
    )
    SealedEvent.objects.bulk_create(
        [
            SealedEvent(event_id=event.pk, seal=seal, position=position, leaf=leaf)
            for position, (event, leaf) in enumerate(zip(events, leaves, strict=True))
        ],
        batch_size=500,
    )
    return len(leaves)


def verify(organisation_id: UUID | None) -> Verdict:
    """Recompute every leaf and every root of an organisation's chain, in the chain's order."""
    changed: list[UUID] = []
    missing: list[UUID] = []
    broken: list[UUID] = []
    seals = list(_chain(organisation_id))
    events = 0
    for seal in seals:
        leaves = list(seal.leaves.order_by("position"))
        events += len(leaves)
        rows = Event.objects.in_bulk([leaf.event_id for leaf in leaves])
        for leaf in leaves:
            row = rows.get(leaf.event_id)
            if row is None:
                missing.append(leaf.event_id)
            elif leaf_hash(_row(row)) != leaf.leaf:
                changed.append(leaf.event_id)
        sound = chained_root([leaf.leaf for leaf in leaves], seal.previous_root) == seal.root
        if not sound or len(leaves) != seal.size:
            broken.append(seal.pk)
    known = Seal.objects.filter(organisation_id=organisation_id).exclude(
        pk__in=[seal.pk for seal in seals]
    )
    broken.extend(known.values_list("pk", flat=True))
    return Verdict(len(seals), events, tuple(changed), tuple(missing), tuple(broken))


def _chain(organisation_id: UUID | None) -> Iterator[Seal]:
    by_previous = {
        seal.previous_root: seal for seal in Seal.objects.filter(organisation_id=organisation_id)
    }
    seal = by_previous.pop("", None)
    while seal is not None:
        yield seal
        seal = by_previous.pop(seal.root, None)


def _last_root(organisation_id: UUID | None) -> str:
    followed = Seal.objects.filter(organisation_id=organisation_id, previous_root=OuterRef("root"))
    last = (
        Seal.objects.filter(organisation_id=organisation_id)
        .exclude(Exists(followed))
        .values_list("root", flat=True)
        .first()
    )
    return last or ""


def _unsealed(cutoff: datetime) -> QuerySet[Event]:
    sealed = SealedEvent.objects.filter(event_id=OuterRef("pk"))
    return Event.objects.filter(at__lt=cutoff).exclude(Exists(sealed))


def _row(event: Event) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(event, name) for name in _COLUMNS}
    values["at"] = event.at.isoformat()
    return values
