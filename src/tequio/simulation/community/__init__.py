"""The community of the demonstration: two neighbourhoods, three years each."""

from __future__ import annotations

from tequio.access.models import User
from tequio.simulation.community import assemblies, literacy, sasa, story


def fill(by: User, *, seed: int) -> None:
    """Write the two neighbourhoods as the promoter would have."""
    place = story.tell(by, seed=seed)
    sasa.tell(by, seed=seed)
    assemblies.tell(by)
    literacy.tell(by, community_id=place.pk)
