"""Finds a session by what is printed on its sheet."""

from __future__ import annotations

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.circles.models import Session
from tequio.circles.policies import sessions_visible_to
from tequio.core.codes import between


def by_code(user: User, code: str) -> Session | None:
    """Return the session of a code among those that this person runs."""
    numbers = between(code)
    if numbers is None:
        return None
    first, last = numbers
    mine = sessions_visible_to(user, Permission.ROUND_KEEP)
    return mine.filter(pk__gte=first, pk__lte=last).first()
