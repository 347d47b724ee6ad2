"""What gatherings said of a place, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.access.models import User
from tequio.territory.models import Gathering
from tequio.territory.policies import gatherings_visible_to

_SHOWN = 12
TOPICS: dict[str, str | Promise] = {
    "work": _("En qué se trabaja"),
    "insecurity": _("Qué tan insegura se siente la gente"),
    "school": _("Quién deja la escuela y por qué"),
    "problems": _("Qué problemas hay"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One gathering with what it said, topic by topic."""

    row: Gathering
    topics: tuple[tuple[str, str], ...]


def of_place(user: User, key: str) -> list[Said]:
    """Return what was said of a municipality and still stands."""
    rows = gatherings_visible_to(user).filter(municipality=key, withdrawn_at=None)
    return [
        Said(row, _topics(row)) for row in rows.order_by("-held_on", "-written_at", "-pk")[:_SHOWN]
    ]


def _topics(row: Gathering) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(name), getattr(row, key)) for key, name in TOPICS.items() if getattr(row, key)
    )
