"""Sites and signed editions as the database holds them."""

from __future__ import annotations

import factory
from tests.factories.access import OrganisationFactory

from tequio.core import clock
from tequio.programmes.models import Edition, Site


class SiteFactory(factory.django.DjangoModelFactory[Site]):
    """A place where an organisation works."""

    class Meta:
        model = Site

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Sede {n}")


class EditionFactory(factory.django.DjangoModelFactory[Edition]):
    """A signed edition of the model of twelve meetings. `unsigned=True` waits for its signature."""

    class Meta:
        model = Edition

    class Params:
        unsigned = factory.Trait(signed_at=None, signed_by="", signed_as="")

    organisation = factory.SubFactory(OrganisationFactory)
    model_slug = "guia-simetria"
    model_version = factory.Sequence(lambda n: f"1.{n}")
    model_sha256 = "0" * 64
    name = "Guía de doce sesiones"
    sessions_planned = 12
    minutes = 90
    signed_at = factory.LazyFunction(clock.now)
    signed_by = "Carmen Solís"
    signed_as = "Psicóloga"
