"""Sealing of closed batches: each minute, each organisation, under one chained Merkle root."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from tequio.audit import anchors
from tequio.audit.models import Event, Seal, SealedEvent
from tequio.audit.record import record
from tequio.audit.rules import chained_root, leaf_hash
from tequio.core import clock

# A transaction that began before the batch closed may still commit; it waits for the next batch.
CLOSED_AFTER: Final = timedelta(minutes=1)
# How far behind the newest seal the minute job looks. What is older still (a clock that was set
# back, a history written by a simulation) is found by the nightly run, which looks at everything.
LOOKS_BACK: Final = timedelta(days=1)
_LARGEST_BATCH: Final = 5000
_COLUMNS: Final = (
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
)


def seal_closed_batches(*, until: datetime | None = None, everything: bool = False) -> int:
    """Seal every organisation's unsealed events older than a minute; return how many."""
    cutoff = until or clock.now() - CLOSED_AFTER
    total = 0
    for organisation_id in organisations():
        while sealed := _seal_batch(organisation_id, cutoff, everything=everything):
            total += sealed
    return total


def organisations() -> Iterator[UUID | None]:
    """Walk the index from one organisation to the next: the table itself may be very long."""
    yield None
    ids = Event.objects.order_by("organisation_id").values_list("organisation_id", flat=True)
    current = ids.filter(organisation_id__isnull=False).first()
    while current is not None:
        yield current
        current = ids.filter(organisation_id__gt=current).first()


def newest(organisation_id: UUID | None) -> Seal | None:
    """Return the end of an organisation's chain."""
    return (
        Seal.objects.filter(organisation_id=organisation_id).order_by("-sealed_at", "-pk").first()
    )


def row_of(event: Event) -> dict[str, object]:
    """Return what a leaf weighs of an event: everything."""
    values: dict[str, object] = {name: getattr(event, name) for name in _COLUMNS}
    values["at"] = event.at.isoformat()
    return values


@transaction.atomic
def _seal_batch(organisation_id: UUID | None, cutoff: datetime, *, everything: bool) -> int:
    last = newest(organisation_id)
    since = last.sealed_at - LOOKS_BACK if last and not everything else None
    events = list(_unsealed(organisation_id, since, cutoff)[:_LARGEST_BATCH])
    if not events:
        return 0
    _notice_a_cut(organisation_id, last)
    leaves = [leaf_hash(row_of(event)) for event in events]
    seal = _make_seal(organisation_id, last, leaves)
    SealedEvent.objects.bulk_create(
        [
            SealedEvent(event_id=event.pk, seal=seal, position=position, leaf=leaf)
            for position, (event, leaf) in enumerate(zip(events, leaves, strict=True))
        ],
        batch_size=500,
    )
    transaction.on_commit(lambda: anchors.keep(organisation_id, seal.root))
    return len(leaves)


def _make_seal(organisation_id: UUID | None, last: Seal | None, leaves: list[str]) -> Seal:
    sealed_at = clock.now()
    if last is not None:
        sealed_at = max(sealed_at, last.sealed_at + timedelta(microseconds=1))
    previous = last.root if last else ""
    return Seal.objects.create(
        organisation_id=organisation_id,
        sealed_at=sealed_at,
        size=len(leaves),
        root=chained_root(leaves, previous_root=previous, sealed_at=sealed_at.isoformat()),
        previous_root=previous,
    )


def _notice_a_cut(organisation_id: UUID | None, last: Seal | None) -> None:
    # Before a new anchor hides it: the loss itself becomes an event that is sealed.
    if is_cut(organisation_id, last):
        record("audit.cut", by=None, organisation_id=organisation_id)


def is_cut(organisation_id: UUID | None, last: Seal | None) -> bool:
    """Tell whether the chain once went on beyond its present end."""
    anchored = anchors.kept(organisation_id)
    if not anchored or (last and last.root == anchored):
        return False
    return not Seal.objects.filter(organisation_id=organisation_id, root=anchored).exists()


def _unsealed(
    organisation_id: UUID | None, since: datetime | None, cutoff: datetime
) -> QuerySet[Event]:
    sealed = SealedEvent.objects.filter(event_id=OuterRef("pk"))
    events = Event.objects.filter(organisation_id=organisation_id, at__lt=cutoff)
    if since is not None:
        events = events.filter(at__gte=since)
    return events.exclude(Exists(sealed)).order_by("at", "id")
