"""Reading the organisation's log, within what the person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit import queries
from tequio.audit.models import Event
from tequio.audit.topics import TOPICS

_OF_CASES: Final = ("participant", "session", "membership")


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log is sealed, and what the newest check found."""

    sealed_until: datetime | None
    checked_at: datetime | None
    sound: bool


def log(
    by: User, *, topic: str = "", actor_id: UUID | None = None, subject_id: UUID | None = None
) -> QuerySet[Event]:
    """Return the events of the person's organisation, the newest first.

    Who keeps the accounts and sees no case reads here what concerns the accounts: not that some
    folio was absent on some evening.
    """
    require_everywhere(by, Permission.AUDIT_READ)
    kinds = next((known.kinds for known in TOPICS if known.slug == topic), None)
    found = queries.events(by.organisation_id, kinds=kinds, actor_id=actor_id)
    if by.scope(Permission.PERSON_READ) is None:
        found = found.exclude(subject_type__in=_OF_CASES)
    return found.filter(subject_id=subject_id) if subject_id else found


def log_state(by: User) -> LogState:
    """Return the state of the seals."""
    require_everywhere(by, Permission.AUDIT_READ)
    check = queries.last_check(by.organisation_id)
    return LogState(
        queries.sealed_until(by.organisation_id),
        check.at if check else None,
        check is not None and check.kind == "audit.verify",
    )


def colleagues(by: User) -> Sequence[tuple[UUID, str]]:
    """Return everybody who has or had an account, for choosing whose doings to read."""
    require_everywhere(by, Permission.AUDIT_READ)
    rows = User.objects.filter(organisation=by.organisation_id).order_by("name", "pk")
    return list(rows.values_list("pk", "name"))
