"""A man's name, said on purpose and written down."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from tequio.access.models import User
from tequio.access.policies import forbidden
from tequio.audit.record import record
from tequio.circles.actions.tellings import place_of
from tequio.people.policies import may_identify
from tequio.people.queries import who_is


@transaction.atomic
def reveal(*, by: User, session_id: UUID, membership_id: UUID) -> str:
    """Return the name behind an alias, for those who may know it."""
    place = place_of(by=by, session_id=session_id, membership_id=membership_id)
    man = place.membership.participant
    if place.membership.visit or not may_identify(by, man):
        raise forbidden()
    who = who_is(by, man)
    record("identity.reveal", by=by, subject=man, detail={"session": str(session_id)})
    return who.full_name if who else ""
