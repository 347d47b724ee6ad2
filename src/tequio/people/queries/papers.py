"""Finds a man's questionnaire by what is printed on it."""

from __future__ import annotations

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.core import codes
from tequio.people.models import Assessment
from tequio.people.policies import visible_to


def by_code(user: User, code: str) -> Assessment | None:
    """Return the questionnaire of a code among those that this person may ask."""
    numbers = codes.between(code)
    if numbers is None:
        return None
    first, last = numbers
    rows = Assessment.objects.filter(
        organisation=user.organisation_id,
        participant__in=visible_to(user, Permission.ASSESSMENT_ASK),
        pk__gte=first,
        pk__lte=last,
    )
    return rows.defer("answers", "draft").first()
