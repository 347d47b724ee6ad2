"""What waits for who works with the communities, as Hoy shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.network.models import Action
from tequio.network.policies.learning import actions_visible_to, findings_visible_to
from tequio.network.queries.communities import open_actions
from tequio.network.queries.findings import nobody_acted

SOON: Final = timedelta(days=7)
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Due:
    """Actions whose day comes or has passed, words to be kept, and findings that wait."""

    day: date
    actions: tuple[Action, ...] = ()
    promises: tuple[Action, ...] = ()
    ignored: int = 0

    @property
    def any(self) -> bool:
        """Whether something waits."""
        return bool(self.actions or self.promises or self.ignored)


def due(user: User, day: date) -> Due:
    """Return what is due to a promoter: nobody else is reminded of it."""
    if user.scope(Permission.NETWORK_WRITE) is None:
        return Due(day)
    actions = open_actions(user).filter(due_on__lte=day + SOON).select_related("community")
    promises = actions_visible_to(user).filter(promised_for__lte=day, kept="")
    return Due(
        day,
        tuple(actions[:_SHOWN]),
        tuple(promises.select_related("community").order_by("promised_for", "pk")[:_SHOWN]),
        nobody_acted(findings_visible_to(user)).count(),
    )
