"""The single door through which audit rows are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, Protocol
from uuid import UUID

from tequio.audit.models import Event
from tequio.core import clock
from tequio.core.questions import Addition

READ_WINDOW = timedelta(minutes=15)
SYSTEM = "sistema"
_EVENT: Final = Addition(Event)


class Actor(Protocol):
    """Who does something: a user, seen from below the room of users."""

    @property
    def pk(self) -> UUID: ...
    @property
    def organisation_id(self) -> UUID: ...
    @property
    def login(self) -> str: ...


class Subject(Protocol):
    """What something is done to: any row with a key and a label that names nobody."""

    @property
    def pk(self) -> UUID: ...
    @property
    def audit_type(self) -> str: ...
    @property
    def audit_label(self) -> str: ...


def record(
    kind: str,
    *,
    by: Actor | None,
    subject: Subject | None = None,
    organisation_id: UUID | None = None,
    detail: Mapping[str, object] | None = None,
) -> Event:
    """Write one event inside the caller's transaction.

    `by` is None only for what no person did; then `organisation_id` says whose event it is.
    """
    return _EVENT.put(
        Event(
            organisation_id=organisation_id or (by.organisation_id if by else None),
            actor_id=by.pk if by else None,
            actor_label=by.login if by else SYSTEM,
            kind=kind,
            subject_type=subject.audit_type if subject else "",
            subject_id=subject.pk if subject else None,
            subject_label=subject.audit_label if subject else "",
            detail=dict(detail or {}),
        )
    )


def record_export(what: str, *, by: Actor, rows: int, subject: Subject | None = None) -> Event:
    """Write that data left the system. Every export passes here, each time that it happens."""
    return record("export", by=by, subject=subject, detail={"what": what, "rows": rows})


def record_read(kind: str, *, by: Actor, subject: Subject) -> None:
    """Write that somebody opened a file, once per quarter of an hour."""
    already = Event.objects.filter(
        actor_id=by.pk, subject_id=subject.pk, kind=kind, at__gt=clock.now() - READ_WINDOW
    ).exists()
    if not already:
        record(kind, by=by, subject=subject)
