"""Reading the log of one organisation. Who may read it is decided above this room."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tequio.audit.models import Event
from tequio.audit.seals import newest


def events(
    organisation_id: UUID, *, kinds: frozenset[str] | None = None, actor_id: UUID | None = None
) -> QuerySet[Event]:
    """Return an organisation's events, the newest first."""
    found = Event.objects.filter(organisation_id=organisation_id)
    if kinds is not None:
        found = found.filter(kind__in=kinds)
    if actor_id is not None:
        found = found.filter(actor_id=actor_id)
    return found.order_by("-at", "id")


def sealed_until(organisation_id: UUID) -> datetime | None:
    """Return the moment of the newest seal."""
    seal = newest(organisation_id)
    return seal.sealed_at if seal else None


def last_check(organisation_id: UUID) -> Event | None:
    """Return the newest verdict on the chain."""
    kinds = frozenset({"audit.verify", "audit.verify_failed"})
    return events(organisation_id, kinds=kinds).first()
