"""Men as the database holds them, each with a sealed identity."""

from __future__ import annotations

from typing import Any

import factory
from tests.factories.access import OrganisationFactory

from tequio.core import ids
from tequio.core.text import fold
from tequio.people import vault
from tequio.people.models import Participant
from tequio.people.vault import Who


class ParticipantFactory(factory.django.DjangoModelFactory[Participant]):
    """A man. `who=Who(…)` says who he is; without it only his alias is known."""

    class Meta:
        model = Participant
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    folio = factory.LazyFunction(ids.new_folio)
    alias = factory.Sequence(lambda n: f"Nogal {n}")
    alias_key = factory.LazyAttribute(lambda man: fold(man.alias))

    @factory.post_generation
    def who(self, create: bool, extracted: Who | None, **kwargs: Any) -> None:
        if create:
            vault.seal(self, extracted or Who()).save()
