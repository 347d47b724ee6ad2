"""Having the log checked. The log lies below this room and knows no policies."""

from __future__ import annotations

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit import verification


def check_log(*, by: User) -> verification.Verdict:
    """Recompute the seals of the person's organisation; the verdict itself is recorded."""
    require_everywhere(by, Permission.AUDIT_READ)
    return verification.check(by=by, organisation_id=by.organisation_id)
