"""Where odd requests go: the demonstration's year, a person of each role, and a stranger house."""

from __future__ import annotations

import pytest
from tests.factories.access import UserFactory

from tequio.access.models import Organisation, User
from tequio.access.roles import ROLES
from tequio.simulation import demonstration


@pytest.fixture
def people(db: None) -> dict[str, User | None]:
    """Who asks, by role; nobody signed in is one of them, and so is another organisation."""
    demonstration.make(men=24, tell=lambda _done, _total: None)
    house = Organisation.objects.get(slug=demonstration.SLUG)
    asking: dict[str, User | None] = {"anonymous": None}
    for role in ROLES:
        asking[role] = UserFactory.create(organisation=house, handle=f"f-{role}", roles=[role])
    asking["lalo"] = User.objects.get(login__startswith="lalo@")
    asking["outsider"] = UserFactory.create(handle="olga", roles=["coordinator", "director"])
    return asking
