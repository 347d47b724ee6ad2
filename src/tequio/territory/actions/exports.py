"""Writing down that a diagnosis left as a file."""

from __future__ import annotations

from django.db import transaction

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit.record import record


@transaction.atomic
def write_down(*, by: User, place: str) -> None:
    """Keep who took the diagnosis of a place as a PDF."""
    require_everywhere(by, Permission.CONTEXT_READ)
    record("context.export", by=by, subject=by.organisation, detail={"place": place})
