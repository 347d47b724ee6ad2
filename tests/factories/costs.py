"""Lines of the book of costs as the database holds them."""

from __future__ import annotations

import factory
from tests.factories.access import OrganisationFactory, UserFactory

from tequio.core import ids
from tequio.costs.models import Entry, Income, Terms


class TermsFactory(factory.django.DjangoModelFactory[Terms]):
    """What is assumed for 2026: 120 pesos an hour, 40 of a volunteer."""

    class Meta:
        model = Terms

    organisation = factory.SubFactory(OrganisationFactory)
    year = 2026
    wage_cents = 120_00
    wage_holds = "Salario, IMSS y aguinaldo"
    shadow_cents = 40_00
    shadow_source = "Salario mínimo por hora"
    preparation_minutes = 30
    written_by = factory.SubFactory(
        UserFactory, organisation=factory.SelfAttribute("..organisation")
    )


class EntryFactory(factory.django.DjangoModelFactory[Entry]):
    """A thousand pesos of the place, of the whole organisation, in 2026."""

    class Meta:
        model = Entry

    id = factory.LazyFunction(ids.new_id)
    organisation = factory.SubFactory(OrganisationFactory)
    written_by = factory.SubFactory(
        UserFactory, organisation=factory.SelfAttribute("..organisation")
    )
    year = 2026
    kind = "venue"
    whole_cents = 1_000_00
    cents = factory.SelfAttribute("whole_cents")


class IncomeFactory(factory.django.DjangoModelFactory[Income]):
    """Ten voluntary contributions of fifty pesos."""

    class Meta:
        model = Income

    id = factory.LazyFunction(ids.new_id)
    organisation = factory.SubFactory(OrganisationFactory)
    written_by = factory.SubFactory(
        UserFactory, organisation=factory.SelfAttribute("..organisation")
    )
    year = 2026
    kind = "voluntary"
    whole_cents = 500_00
    cents = factory.SelfAttribute("whole_cents")
    count = 10
