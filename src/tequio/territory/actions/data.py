"""Putting a set of open data in use: public, of no organisation; who keeps the machine acts."""

from __future__ import annotations

from django.db import transaction

from tequio.core import clock
from tequio.territory.loading.tables import Table
from tequio.territory.models import OpenData
from tequio.territory.queries import atlas


@transaction.atomic
def load(*, table: Table) -> bool:
    """Keep a table if it is another than the one in use; tell whether anything changed."""
    kept = OpenData.objects.select_for_update().filter(kind=table.kind).first()
    in_use = kept.sha256 if kept is not None else atlas.shipped_sha256(table.kind)
    if in_use == table.sha256:
        return False
    if table.sha256 == atlas.shipped_sha256(table.kind) and kept is not None:
        kept.delete()  # what ships is in use again
        return True
    OpenData.objects.update_or_create(
        kind=table.kind,
        defaults={
            "sha256": table.sha256,
            "rows": table.rows,
            "payload": table.pressed,
            "loaded_at": clock.now(),
        },
    )
    return True
