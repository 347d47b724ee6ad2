"""Keeping what the organisation's lawyer wrote."""

from __future__ import annotations

from django.db import transaction

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit.record import record
from tequio.territory import places
from tequio.territory.law import Written
from tequio.territory.models import LawText


@transaction.atomic
def write(*, by: User, said: Written) -> LawText:
    """Keep a text with its author and date; the one before stays where it was used."""
    require_everywhere(by, Permission.LAW_WRITE)
    text = LawText.objects.create(
        organisation_id=by.organisation_id,
        state=said.state,
        about=said.about,
        text=said.text,
        author=said.author,
        licence=said.licence,
        dated_on=said.dated_on,
        written_by=by,
    )
    name = next((state.name for state in places.states() if state.key == said.state), said.state)
    record("law.write", by=by, detail={"state": name})
    return text
