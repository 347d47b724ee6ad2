"""Which man has a folio: asked by the wall, which has no user here and leaves no line."""

from __future__ import annotations

from uuid import UUID

from tequio.people.models import Participant


def key_of(organisation_id: UUID, folio: str) -> UUID | None:
    """Return the key of an organisation's man with this folio, and nothing else of him."""
    rows = Participant.objects.filter(organisation=organisation_id, folio=folio)
    return rows.values_list("pk", flat=True).first()
