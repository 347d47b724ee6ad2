"""Writing down that a file of costs left."""

from __future__ import annotations

from django.db import transaction

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit.record import record


@transaction.atomic
def write_down(*, by: User, what: str) -> None:
    """Write down who took which file."""
    require_everywhere(by, Permission.COST_READ)
    record("cost.export", by=by, subject=by.organisation, detail={"what": what})
