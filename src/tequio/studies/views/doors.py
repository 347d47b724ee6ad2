"""From a study to what the other parts of the room do with it: only doors that open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.studies.models import Study
from tequio.ui.addresses import address
from tequio.ui.parts import Link


@dataclass(frozen=True, slots=True)
class Door:
    """Who may, what it is called, its route (which takes the study alone), and of whose words."""

    permission: Permission
    label: str | Promise
    route: str
    informants: tuple[str, ...] = ("men", "women", "community")
    # Whether it makes sense only once a plan was frozen.
    planned: bool = False

    def opens(self, user: User, study: Study) -> bool:
        """Tell whether it opens for this person and this study."""
        ready = not self.planned or study.state != Study.State.DRAFT
        may = user.scope(self.permission) is not None
        return ready and may and study.informant in self.informants


_DOORS: Final = (
    Door(
        Permission.STUDY_READ,
        gettext_lazy("Sorteo y comparación"),
        "studies:lotteries",
        ("men", "community"),
    ),
    Door(Permission.STUDY_READ, gettext_lazy("Datos y corridas"), "studies:data", planned=True),
)


def doors(user: User, study: Study) -> list[Link]:
    """Return where this person may go on from here."""
    return [
        Link(str(one.label), address(one.route, study.pk), quiet=True)
        for one in _DOORS
        if one.opens(user, study)
    ]
