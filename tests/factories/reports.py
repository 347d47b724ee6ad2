"""Certificates as the database holds them."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from tests.factories.access import OrganisationFactory
from tests.factories.people import ParticipantFactory
from tests.factories.programmes import EditionFactory

from tequio.core import ids
from tequio.reports import vault
from tequio.reports.models import Certificate


class CertificateFactory(factory.django.DjangoModelFactory[Certificate]):
    """A certificate of nine of twelve sessions, for Juan Pérez."""

    class Meta:
        model = Certificate

    organisation = factory.SubFactory(OrganisationFactory)
    participant = factory.SubFactory(
        ParticipantFactory, organisation=factory.SelfAttribute("..organisation")
    )
    edition = factory.SubFactory(
        EditionFactory, organisation=factory.SelfAttribute("..organisation")
    )
    folio = factory.LazyFunction(ids.new_folio)
    wording = 1
    attended = 9
    held = 12
    issued_on = date(2026, 11, 20)
    issued_by = "maru@norte"
    signed_name = "Maru Coordina"
    signed_as = "Coordinadora"

    @classmethod
    def _create(cls, model_class: type[Certificate], *args: Any, **kwargs: Any) -> Certificate:
        made = model_class(*args, **kwargs)
        made.sealed_name = vault.seal_name(made, "Juan Pérez Mora")
        made.save(force_insert=True)
        return made
