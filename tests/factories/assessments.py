"""What men were asked and answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from tequio.access.models import User
from tequio.core import clock
from tequio.people.actions import assessments
from tequio.people.actions.assessments import At
from tequio.people.models import Assessment, Participant


def asked(
    by: User, man: Participant, slug: str = "phq-9", *, wave: str = "", way: UUID | None = None
) -> Assessment:
    """Begin to ask him."""
    at = At(wave, way) if wave else None
    return assessments.begin(by=by, folio=man.folio, instrument=slug, at=at)


def answered(
    by: User,
    man: Participant,
    answers: Mapping[str, str],
    slug: str = "phq-9",
    *,
    wave: str = "",
    way: UUID | None = None,
    on: datetime | None = None,
) -> Assessment:
    """Ask him and keep what he answers."""
    with clock.at(on or clock.now()):
        row = asked(by, man, slug, wave=wave, way=way)
        assessments.finish(by=by, assessment_id=row.pk, answers=answers)
    row.refresh_from_db()
    return row
