"""What leaves the system is always written down."""

from __future__ import annotations

from django.db import transaction

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require
from tequio.audit.record import record
from tequio.circles.models import Group


@transaction.atomic
def write_down(*, by: User, what: str, group: Group | None) -> None:
    """Record that a report left the system, of one group or of all."""
    require(by, Permission.RETENTION_READ)
    record("export.retention", by=by, subject=group or by.organisation, detail={"what": what})
