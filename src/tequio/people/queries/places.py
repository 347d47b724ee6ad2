"""Where men live, as their last intake says."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tequio.people import sealed
from tequio.people.models import Intake
from tequio.people.rules.answers import Answers
from tequio.territory import places


def municipalities_of(participant_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return each man's municipality in words; those who did not say are left out."""
    found: dict[UUID, str] = {}
    # The newest comes last and stays.
    for intake in Intake.objects.filter(participant__in=participant_ids).order_by(
        "started_at", "pk"
    ):
        place = in_words(sealed.answers_of(intake))
        if place:
            found[intake.participant_id] = place
    return found


def in_words(answers: Answers) -> str:
    """Return where somebody lives: by the key in Mexico, as he said it elsewhere."""
    return places.say(answers.municipality) or answers.place
