"""What a man says of his partner at intake: handed on sealed, and kept by nobody here."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.letters.actions import leaving
from tequio.letters.kinds import Kind
from tequio.letters.models import Receipt
from tequio.people.policies import visible_to


@transaction.atomic
def hand_on(*, by: User, folio: str, says: Mapping[str, object]) -> Receipt:
    """Put what he said into the slot. His intake does not even know that there was a letter."""
    man = pick(visible_to(by), folio=folio)
    require_everywhere(by, Permission.INTAKE_TAKE)
    return leaving.leave(by=by, kind=Kind.SHE_MAY_BE_OFFERED, says=says, folio=man.folio)
