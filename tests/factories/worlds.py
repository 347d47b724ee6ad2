"""An invented organisation, small enough for a test."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.factories.access import OrganisationFactory, UserFactory

from tequio.access.models import User
from tequio.simulation import world
from tequio.simulation.men import MODEL

MORNING = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def fill(seed: int, men: int = 12, slug: str = MODEL) -> None:
    """Write a world."""
    house = OrganisationFactory.create(slug="circulo")
    people = [
        UserFactory.create(organisation=house, handle=name, roles=[role])
        for name, role in (
            ("carmen", "coordinator"),
            ("tere", "therapist"),
            ("lalo", "facilitator"),
            ("maru", "facilitator"),
        )
    ]
    carmen, tere, *team = (User.objects.select_related("organisation").get(pk=p.pk) for p in people)
    world.fill(world.Staff(carmen, team, tere), men=men, seed=seed, slug=slug)
