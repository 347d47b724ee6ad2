"""The list of who was erased, as this house writes it: named by a hash under its own key."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tequio.access.vault import key_of
from tequio.core import erased
from tequio.core.erased import Line
from tequio.people.models import Participant


def remember(participant: Participant, on: date, reason: str) -> None:
    """Write an erasure down outside the database, once it is committed."""
    organisation = participant.organisation_id
    line = Line(str(organisation), name_of(organisation, participant.pk), on.isoformat(), reason)
    transaction.on_commit(lambda: erased.write_down(folder(), [line]))


def name_of(organisation: UUID, key: UUID) -> str:
    """Return what stands in the list for a man's row."""
    return key_of(organisation).blind_index(str(key), purpose=erased.PURPOSE)


def folder() -> Path:
    """Return where the list lies: beside the key files, and never in a back-up of the database."""
    return Path(settings.KEY_FOLDER)
