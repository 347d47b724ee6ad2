"""The services that anybody may read of today."""

from __future__ import annotations

from datetime import date

from tequio.access.models import Organisation
from tequio.letters.models import PublicService
from tequio.letters.rules.services import HOLDS_FOR


def shown(organisation: Organisation, today: date) -> list[PublicService]:
    """Return what somebody called lately, in the order of what it is for."""
    order = list(PublicService.Kind.values)
    found = PublicService.objects.filter(
        organisation=organisation, verified_on__range=(today - HOLDS_FOR, today)
    )
    return sorted(found, key=lambda one: (order.index(one.kind), one.name.casefold()))


def the_only_organisation() -> Organisation | None:
    """Return the organisation of a server that serves one; None where there are several."""
    found = list(Organisation.objects.all()[:2])
    return found[0] if len(found) == 1 else None
